import { createFailure } from '../delivery/outcome.js';
import type { Receiver, Recipient, RecipientQueue } from '../delivery/recipient.js';
import { readRetryPolicy } from '../delivery/transition.js';
import { compileInput } from '../inputs/target-input.js';
import type { RuleRecord } from '../state/rule-record.js';
import type { TargetRecord } from '../state/target-record.js';
import { actionFor, noPermissions } from './aws-failures.js';
import { otherTargets } from './function.js';
import { deadLetterQueue, type Queues } from './queue.js';
import type { ResourcePolicies } from './resource-policy.js';
import { type TargetFaults, withFaults } from './target-faults.js';
import type { RuleTarget, TargetHost, TargetKind } from './target-kind.js';

/** What recipients of targets are made from. */
export interface TargetDependencies extends TargetHost {
  /** The first that accepts a target's ARN makes its receiver. */
  readonly kinds: readonly TargetKind[];
  readonly faults: TargetFaults;
  readonly policies: ResourcePolicies;
  /** Where dead letters go. */
  readonly queues: Queues;
}

/** The recipient of deliveries to a target: where they go, how often they are tried, and where they go in the end. */
export function targetRecipient(
  dependencies: TargetDependencies,
  rule: Pick<RuleRecord, 'Name' | 'Arn'>,
  target: TargetRecord,
  recipientQueue: RecipientQueue,
): Recipient {
  const { clock, faults, kinds, policies } = dependencies;
  const { Arn: arn, Id: targetId, DeadLetterConfig, RetryPolicy } = target;
  const names = { rule: rule.Name, ruleArn: rule.Arn, targetId, arn };
  const ruleTarget: RuleTarget = { ...target, ...names };
  const kind = kinds.find(({ accepts }) => accepts(arn)) ?? otherTargets;
  const receiver = withPolicy(kind.receiver(ruleTarget, dependencies), ruleTarget, policies);
  const makeInput = compileInput(target);
  return {
    address: { kind: 'target', ...names },
    target,
    recipientQueue,
    receiver: withFaults(receiver, target, faults, clock),
    retryLimits: readRetryPolicy(RetryPolicy),
    input:
      makeInput && ((event, acceptedAt) => makeInput({ event, acceptedAt, ruleArn: rule.Arn, ruleName: rule.Name })),
    deadLetterQueue:
      DeadLetterConfig?.Arn === undefined ? undefined : deadLetters(DeadLetterConfig.Arn, rule, dependencies),
  };
}

/** A dead letter is sent by the service itself, whatever the role of the target. */
function deadLetters(arn: string, rule: Pick<RuleRecord, 'Arn'>, { policies, queues }: TargetDependencies) {
  const queue = queues.get(arn);
  const call = { action: 'sqs:SendMessage', resource: queue.arn, role: undefined, ruleArn: rule.Arn };
  return deadLetterQueue(queue, () => policies.decide(call) === 'allowed');
}

/** Fails attempts that the target's resource policy does not allow. */
function withPolicy(
  receiver: Receiver,
  { arn, ruleArn, RoleArn: role }: RuleTarget,
  policies: ResourcePolicies,
): Receiver {
  const action = actionFor(arn);
  if (action === undefined) return receiver;
  return {
    get attemptOptions() {
      return receiver.attemptOptions;
    },
    attempt: (request) => {
      const decision = policies.decide({ action, resource: arn, role, ruleArn });
      if (decision === 'allowed') return receiver.attempt(request);
      const failure = createFailure('handler', 'NO_PERMISSIONS', noPermissions(arn, role, decision));
      return { kind: 'failure', failure };
    },
  };
}
