import type { DeadLetterQueue } from '../delivery/dead-letter.js';
import type { Recipient, RecipientQueue } from '../delivery/recipient.js';
import { readRetryPolicy } from '../delivery/transition.js';
import { compileInput } from '../inputs/target-input.js';
import type { RuleRecord } from '../state/rule-record.js';
import type { TargetRecord } from '../state/target-record.js';
import { otherTargets } from './function.js';
import { type TargetFaults, withFaults } from './target-faults.js';
import type { TargetHost, TargetKind } from './target-kind.js';

/** What recipients of targets are made from. */
export interface TargetDependencies extends TargetHost {
  /** The first that accepts a target's ARN makes its receiver. */
  readonly kinds: readonly TargetKind[];
  readonly faults: TargetFaults;
  deadLetterQueue(arn: string): DeadLetterQueue;
}

/** The recipient of deliveries to a target: where they go, how often they are tried, and where they go in the end. */
export function targetRecipient(
  dependencies: TargetDependencies,
  rule: Pick<RuleRecord, 'Name' | 'Arn'>,
  target: TargetRecord,
  recipientQueue: RecipientQueue,
): Recipient {
  const { Arn: arn, Id: targetId, DeadLetterConfig, RetryPolicy } = target;
  const address = { kind: 'target', rule: rule.Name, ruleArn: rule.Arn, targetId, arn } as const;
  const kind = dependencies.kinds.find(({ accepts }) => accepts(arn)) ?? otherTargets;
  const receiver = kind.receiver({ ...target, rule: rule.Name, targetId, arn }, dependencies);
  const makeInput = compileInput(target);
  return {
    address,
    target,
    recipientQueue,
    receiver: withFaults(receiver, arn, dependencies.faults, dependencies.clock),
    retryLimits: readRetryPolicy(RetryPolicy),
    input:
      makeInput && ((event, acceptedAt) => makeInput({ event, acceptedAt, ruleArn: rule.Arn, ruleName: rule.Name })),
    deadLetterQueue:
      DeadLetterConfig?.Arn === undefined ? undefined : dependencies.deadLetterQueue(DeadLetterConfig.Arn),
  };
}
