/** A key and a value on a bus or a rule. */
export interface Tag {
  readonly Key: string | undefined;
  readonly Value: string | undefined;
}

/**
 * A target of a rule, as the AWS API has it. A bridge uses the Id, the Arn, the three ways to make an input, the
 * MessageGroupId of an SQS queue, DeadLetterConfig and RetryPolicy; all else is validated, stored and returned.
 */
export interface Target {
  /** Unique among the targets of one rule. */
  readonly Id: string | undefined;
  /** What receives the events. */
  readonly Arn: string | undefined;
  readonly RoleArn?: string | undefined;
  /** A JSON text that is sent in place of the event, byte for byte; at most 8,192 characters. Of the three at most one. */
  readonly Input?: string | undefined;
  /** Which part of the event is sent, as its JSON text: `$.detail.items[0]`. */
  readonly InputPath?: string | undefined;
  readonly InputTransformer?: InputTransformer | undefined;
  readonly KinesisParameters?: KinesisParameters | undefined;
  readonly RunCommandParameters?: RunCommandParameters | undefined;
  readonly EcsParameters?: EcsParameters | undefined;
  readonly BatchParameters?: BatchParameters | undefined;
  readonly SqsParameters?: SqsParameters | undefined;
  readonly HttpParameters?: HttpParameters | undefined;
  readonly RedshiftDataParameters?: RedshiftDataParameters | undefined;
  readonly SageMakerPipelineParameters?: SageMakerPipelineParameters | undefined;
  readonly DeadLetterConfig?: DeadLetterConfig | undefined;
  readonly RetryPolicy?: RetryPolicy | undefined;
  readonly AppSyncParameters?: AppSyncParameters | undefined;
}

/** A body made from parts of the event. */
export interface InputTransformer {
  /** At most 100 variables: a name, and the path of its value in the event. */
  readonly InputPathsMap?: Readonly<Record<string, string>> | undefined;
  /**
   * The body, with `<name>` for a variable or one of `<aws.events.rule-arn>`, `<aws.events.rule-name>`,
   * `<aws.events.event>` (without its detail), `<aws.events.event.json>`, `<aws.events.event.ingestion-time>`; at most 8,192
   * characters. One that begins with a quote is text; every other must become JSON, or the delivery ends as `INVALID_JSON`,
   * and has no placeholder in the name of a member.
   */
  readonly InputTemplate: string | undefined;
}

/** How often and how long a delivery that failed is tried again: until the first of the two limits is reached. */
export interface RetryPolicy {
  /** Attempts after the first, 0 to 185. 185. */
  readonly MaximumRetryAttempts?: number | undefined;
  /** Seconds from when the event was accepted, 60 to 86,400. 86,400. */
  readonly MaximumEventAgeInSeconds?: number | undefined;
}

/** A target once its input was checked. */
export type TargetRecord = Target & { readonly Id: string; readonly Arn: string };

// Parameters for the service of a target, as in the AWS API. Stored and returned; a bridge only reads whether there are
// SqsParameters.

/** For a Kinesis stream. */
export interface KinesisParameters {
  /** Path of the partition key in the event. */
  readonly PartitionKeyPath: string | undefined;
}

/** For SSM Run Command. */
export interface RunCommandParameters {
  readonly RunCommandTargets: RunCommandTarget[] | undefined;
}

/** Instances by tag or id. */
export interface RunCommandTarget {
  readonly Key: string | undefined;
  readonly Values: string[] | undefined;
}

/** For an ECS task. */
export interface EcsParameters {
  readonly TaskDefinitionArn: string | undefined;
  readonly TaskCount?: number | undefined;
  readonly LaunchType?: 'EC2' | 'FARGATE' | 'EXTERNAL' | undefined;
  readonly NetworkConfiguration?: NetworkConfiguration | undefined;
  readonly PlatformVersion?: string | undefined;
  readonly Group?: string | undefined;
  readonly CapacityProviderStrategy?: CapacityProviderStrategyItem[] | undefined;
  readonly EnableECSManagedTags?: boolean | undefined;
  readonly EnableExecuteCommand?: boolean | undefined;
  readonly PlacementConstraints?: PlacementConstraint[] | undefined;
  readonly PlacementStrategy?: PlacementStrategy[] | undefined;
  readonly PropagateTags?: 'TASK_DEFINITION' | undefined;
  readonly ReferenceId?: string | undefined;
  readonly Tags?: Tag[] | undefined;
}

/** Where a task's network is. */
export interface NetworkConfiguration {
  readonly awsvpcConfiguration?:
    | {
        readonly Subnets: string[] | undefined;
        readonly SecurityGroups?: string[] | undefined;
        readonly AssignPublicIp?: 'ENABLED' | 'DISABLED' | undefined;
      }
    | undefined;
}

/** What a task's capacity is taken from. */
export interface CapacityProviderStrategyItem {
  readonly capacityProvider: string | undefined;
  readonly weight?: number | undefined;
  readonly base?: number | undefined;
}

/** Where a task may be placed. */
export interface PlacementConstraint {
  readonly type?: 'distinctInstance' | 'memberOf' | undefined;
  readonly expression?: string | undefined;
}

/** How a task is placed. */
export interface PlacementStrategy {
  readonly type?: 'random' | 'spread' | 'binpack' | undefined;
  readonly field?: string | undefined;
}

/** For an AWS Batch job. */
export interface BatchParameters {
  readonly JobDefinition: string | undefined;
  readonly JobName: string | undefined;
  readonly ArrayProperties?: { readonly Size?: number | undefined } | undefined;
  readonly RetryStrategy?: { readonly Attempts?: number | undefined } | undefined;
}

/** For a FIFO queue. */
export interface SqsParameters {
  readonly MessageGroupId?: string | undefined;
}

/** For an API Gateway endpoint or an API destination. */
export interface HttpParameters {
  /** Values for the `*` of the endpoint's path, in order. */
  readonly PathParameterValues?: string[] | undefined;
  readonly HeaderParameters?: Readonly<Record<string, string>> | undefined;
  readonly QueryStringParameters?: Readonly<Record<string, string>> | undefined;
}

/** For the Redshift Data API. */
export interface RedshiftDataParameters {
  readonly SecretManagerArn?: string | undefined;
  readonly Database: string | undefined;
  readonly DbUser?: string | undefined;
  readonly Sql?: string | undefined;
  readonly StatementName?: string | undefined;
  readonly WithEvent?: boolean | undefined;
  readonly Sqls?: string[] | undefined;
}

/** For a SageMaker pipeline. */
export interface SageMakerPipelineParameters {
  readonly PipelineParameterList?:
    | { readonly Name: string | undefined; readonly Value: string | undefined }[]
    | undefined;
}

/** For an AppSync API. */
export interface AppSyncParameters {
  readonly GraphQLOperation?: string | undefined;
}

/** Where undeliverable events go. */
export interface DeadLetterConfig {
  /** ARN of a standard SQS queue. */
  readonly Arn?: string | undefined;
}
