import { type Home, makeRuleArn } from '../../base/arn.js';
import type { Tag, TargetRecord } from '../../model/target.js';

/** Whether a rule receives events. */
export type RuleState = 'ENABLED' | 'DISABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

/** A rule on a bus, with its targets. */
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
  /** The service that made the rule, and alone may change it. */
  readonly ManagedBy?: string | undefined;
  readonly Tags: readonly Tag[];
  readonly Targets: readonly TargetRecord[];
}

/** The name in the ARN of a rule on this bus, whether there is one or not; `undefined` for any other text. */
export function ruleNameOf(home: Home, bus: string, arn: string): string | undefined {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  return name !== '' && arn === makeRuleArn(home, bus, name) ? name : undefined;
}
