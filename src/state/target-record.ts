import type { Anything } from '../base/anything.js';
import type { DeadLetterConfig } from './bus-record.js';

/** A target of a rule, as the AWS API has it. */
export interface Target {
  /** Unique among the targets of one rule. */
  readonly Id: string | undefined;
  /** What receives the events. */
  readonly Arn: string | undefined;
  readonly RoleArn?: string | undefined;
  readonly Input?: string | undefined;
  readonly InputPath?: string | undefined;
  readonly InputTransformer?: InputTransformer | undefined;
  readonly KinesisParameters?: { readonly PartitionKeyPath: string | undefined } | undefined;
  readonly RunCommandParameters?: Anything;
  readonly EcsParameters?: Anything;
  readonly BatchParameters?: Anything;
  readonly SqsParameters?: { readonly MessageGroupId?: string | undefined } | undefined;
  readonly HttpParameters?: Anything;
  readonly RedshiftDataParameters?: Anything;
  readonly SageMakerPipelineParameters?: Anything;
  readonly DeadLetterConfig?: DeadLetterConfig | undefined;
  readonly RetryPolicy?: RetryPolicy | undefined;
  readonly AppSyncParameters?: Anything;
}

/** A body made from parts of the event. */
export interface InputTransformer {
  readonly InputPathsMap?: Readonly<Record<string, string>> | undefined;
  readonly InputTemplate: string | undefined;
}

/** How long and how often a delivery is tried. */
export interface RetryPolicy {
  readonly MaximumRetryAttempts?: number | undefined;
  readonly MaximumEventAgeInSeconds?: number | undefined;
}

/** A target once its input was checked. */
export type TargetRecord = Target & { readonly Id: string; readonly Arn: string };
