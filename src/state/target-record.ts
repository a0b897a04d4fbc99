import type { DeadLetterConfig } from './bus-record.js';
import type {
  AppSyncParameters,
  BatchParameters,
  EcsParameters,
  HttpParameters,
  KinesisParameters,
  RedshiftDataParameters,
  RunCommandParameters,
  SageMakerPipelineParameters,
  SqsParameters,
} from './target-parameters.js';

/**
 * A target of a rule, as the AWS API has it. A Bridge goes by the Id, the Arn, the three ways to make an input, the
 * MessageGroupId of an SQS queue, DeadLetterConfig and RetryPolicy; all else is checked, kept and given back.
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
