import type { DeadLetterQueue, Recipient, RecipientQueue } from '../delivery/recipient.js';
import { readRetryPolicy } from '../delivery/transition.js';
import type { BusEvent } from '../events/bus-event.js';
import type { InputResult } from '../inputs/target-input.js';
import type { TargetRecord } from '../model/target.js';
import { otherTargets } from '../targets/function.js';
import type { Host, ServiceKey } from './plugin.js';

/** Makes what targets are sent that do not want the event as it is. */
export interface TargetInputs {
  /** Throws a ValidationException for what a target asks of its input. */
  check(target: TargetRecord): void;
  /** `undefined` for a target that is sent each event as it is. */
  compile(
    target: TargetRecord,
    rule: { readonly Name: string; readonly Arn: string },
  ): ((event: BusEvent, acceptedAt: number) => InputResult) | undefined;
}

/** Finds the queues that dead letters go to. */
export interface DeadLetterQueues {
  /** The queue of an ARN, for the dead letters of a rule. */
  deadLetterQueue(arn: string, ruleArn: string): DeadLetterQueue;
}

export const targetInputs: ServiceKey<TargetInputs> = { plugin: 'inputTransformers' };
export const deadLetterQueues: ServiceKey<DeadLetterQueues> = { plugin: 'queues' };

/** The recipient of a target of a rule: what receives, how often it is tried, and where its dead letters go. */
export function makeRecipient(
  host: Host,
  rule: { readonly Name: string; readonly Arn: string },
  target: TargetRecord,
  recipientQueue: RecipientQueue,
): Recipient {
  const { Arn: arn, Id: targetId, DeadLetterConfig, RetryPolicy } = target;
  const { functions, safeClock, templateSources } = host;
  const kind = host.targetKind(arn) ?? otherTargets;
  const names = { rule: rule.Name, ruleArn: rule.Arn, targetId, arn };
  const ruleTarget = { ...target, ...names };
  const receiver = kind.receiver(ruleTarget, { clock: safeClock, functions, targetNames: templateSources });
  return {
    address: { kind: 'target', ...names },
    target,
    recipientQueue,
    receiver: host.parts.reduce((inner, part) => part.wrapReceiver?.(inner, ruleTarget) ?? inner, receiver),
    retryLimits: readRetryPolicy(RetryPolicy),
    input: host.find(targetInputs)?.compile(target, rule),
    deadLetterQueue:
      DeadLetterConfig?.Arn === undefined
        ? undefined
        : host.find(deadLetterQueues)?.deadLetterQueue(DeadLetterConfig.Arn, rule.Arn),
  };
}
