import type { DeadLetterQueue } from '../delivery/dead-letter.js';
import type { Lane, Receiver, Recipient } from '../delivery/recipient.js';
import { readRetryPolicy } from '../delivery/retry-policy.js';
import type { BusEvent } from '../events/bus-event.js';
import type { TargetInput } from '../inputs/target-input.js';
import type { TargetRecord } from '../model/target.js';
import { functionReceiver } from '../targets/function-receiver.js';
import type { Host } from './host.js';
import type { ServiceKey } from './plugin.js';

/** Makes what targets are sent that do not want the event as it is. */
export interface TargetInputs {
  /** Throws a ValidationException for what a target asks of its input. */
  check(target: TargetRecord): void;
  /** `undefined` for a target that is sent each event as it is. */
  compile(
    target: TargetRecord,
    rule: { readonly Name: string; readonly Arn: string },
  ): ((event: BusEvent, acceptedAt: number) => TargetInput) | undefined;
}

/** Finds the queues that dead letters go to. */
export interface DeadLetterQueues {
  deadLetterQueue(arn: string): DeadLetterQueue;
}

export const targetInputs: ServiceKey<TargetInputs> = { plugin: 'inputTransformers' };
export const deadLetterQueues: ServiceKey<DeadLetterQueues> = { plugin: 'queues' };

/** The recipient of a target of a rule: what receives, how often it is tried, and where its dead letters go. */
export function makeRecipient(
  host: Host,
  rule: { readonly Name: string; readonly Arn: string },
  target: TargetRecord,
  lane: Lane,
): Recipient {
  const { Arn: arn, Id: targetId, DeadLetterConfig, RetryPolicy } = target;
  const address = { kind: 'target', rule: rule.Name, ruleArn: rule.Arn, targetId, arn } as const;
  const kind = host.targetKind(arn);
  const handled = functionReceiver(address, host.functions, host.safeClock, host.templateSources);
  const byHandler = kind?.adaptHandler?.(handled) ?? handled;
  const builtIn = kind?.receiver?.(target);
  const receiver = builtIn === undefined ? byHandler : preferHandler(() => host.functions.has(arn), byHandler, builtIn);
  return {
    address,
    target,
    lane,
    receiver: host.parts.reduce((inner, part) => part.wrapReceiver?.(inner, arn) ?? inner, receiver),
    retryLimits: readRetryPolicy(RetryPolicy),
    input: host.find(targetInputs)?.compile(target, rule),
    deadLetters:
      DeadLetterConfig?.Arn === undefined
        ? undefined
        : host.find(deadLetterQueues)?.deadLetterQueue(DeadLetterConfig.Arn),
  };
}

/** A handler that is registered for the ARN of a queue, a log group or a bus stands before it. */
function preferHandler(isHandled: () => boolean, byHandler: Receiver, builtIn: Receiver): Receiver {
  const current = () => (isHandled() ? byHandler : builtIn);
  return {
    refuse: () => current().refuse(),
    terms: () => current().terms(),
    attempt: (attempt) => current().attempt(attempt),
    judge: (error) => current().judge(error),
  };
}
