import type { Tag } from './tag.js';

// What a target says to the service behind it, as the AWS API has it. Kept and given back; a Bridge reads none of it but
// whether SqsParameters are there.

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
  /** For the `*` of the endpoint's path, in their order. */
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
