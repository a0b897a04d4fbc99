import type { Clock } from '../base/clock.js';
import type { Lane, Recipient } from '../delivery/recipient.js';
import { readRetryPolicy } from '../delivery/retry-policy.js';
import type { RuleRecord } from '../state/rule-record.js';
import type { TargetRecord } from '../state/target-record.js';
import { functionReceiver } from './function-receiver.js';
import { recipientInput } from './recipient-input.js';
import type { HandledFunction } from './target-function.js';

/** What stands behind the ARNs of targets. */
export interface TargetContents {
  readonly clock: Clock;
  /** By ARN. */
  readonly functions: ReadonlyMap<string, HandledFunction>;
}

/** Whom deliveries to a target are for, how often they are tried, and where they go in the end. */
export function targetRecipient(
  { functions, clock }: TargetContents,
  rule: RuleRecord,
  target: TargetRecord,
  lane: Lane,
): Recipient {
  const address = {
    kind: 'target',
    rule: rule.Name,
    ruleArn: rule.Arn,
    targetId: target.Id,
    arn: target.Arn,
  } as const;
  return {
    address,
    lane,
    input: recipientInput(rule, target),
    receiver: functionReceiver(address, functions, clock),
    retryLimits: readRetryPolicy(target.RetryPolicy),
  };
}
