import type { Tag } from './bus-record.js';

/** Whether a rule receives events. */
export type RuleState = 'ENABLED' | 'DISABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

/** A rule on a bus; its targets are a record of their own. */
export interface RuleRecord {
  readonly Name: string;
  readonly Arn: string;
  readonly EventBusName: string;
  readonly EventPattern?: string | undefined;
  readonly ScheduleExpression?: string | undefined;
  /** Since when its schedule runs, in epoch milliseconds; absent if it has none, or is disabled. */
  readonly ScheduledSince?: number | undefined;
  readonly State: RuleState;
  readonly Description?: string | undefined;
  readonly RoleArn?: string | undefined;
  readonly CreatedBy: string;
  readonly Tags: readonly Tag[];
}
