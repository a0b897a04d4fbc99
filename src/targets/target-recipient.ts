import { isBusArn } from '../base/arn.js';
import type { TimedClock } from '../base/clock/clock.js';
import { failedBy } from '../delivery/outcome.js';
import type { Lane, Receiver, Recipient } from '../delivery/recipient.js';
import { readRetryPolicy } from '../delivery/retry-policy.js';
import { compileInput } from '../inputs/target-input.js';
import type { TargetRecord } from '../model/target.js';
import type { RuleRecord } from '../resources/rules/rule-record.js';
import { endpointReceiver, isApiDestinationArn } from './api-destination.js';
import { type BusFinder, busReceiver } from './bus-receiver.js';
import type { Citation } from './citation.js';
import { functionReceiver } from './function-receiver.js';
import { unbounded } from './handler-options.js';
import { isLogGroupArn, isQueueArn, type Places } from './places.js';
import type { TargetFaults } from './target-faults.js';
import type { HandledFunction } from './target-function.js';
import { withFaults } from './with-faults.js';

/** What stands behind the ARNs of targets. */
export interface TargetContents {
  readonly clock: TimedClock;
  /** By ARN. */
  readonly functions: ReadonlyMap<string, HandledFunction>;
  /** By ARN. */
  readonly targetNames: ReadonlyMap<string, Citation>;
  readonly places: Places;
  readonly buses: BusFinder;
  readonly faults: TargetFaults;
}

/** Whom deliveries to a target are for, how often they are tried, and where they go in the end. */
export function targetRecipient(
  contents: TargetContents,
  rule: Pick<RuleRecord, 'Name' | 'Arn'>,
  target: TargetRecord,
  lane: Lane,
): Recipient {
  const { Arn: arn, Id: targetId, DeadLetterConfig, RetryPolicy } = target;
  const address = { kind: 'target', rule: rule.Name, ruleArn: rule.Arn, targetId, arn } as const;
  const handled = functionReceiver(address, contents.functions, contents.clock, contents.targetNames);
  const byFunction = isApiDestinationArn(arn) ? endpointReceiver(handled, contents.clock) : handled;
  const builtIn = builtInReceiver(target, contents);
  const receiver =
    builtIn === undefined ? byFunction : handledFirst(() => contents.functions.has(arn), byFunction, builtIn);
  const makeInput = compileInput(target);
  const queue = DeadLetterConfig?.Arn === undefined ? undefined : contents.places.queue(DeadLetterConfig.Arn);
  return {
    address,
    target,
    lane,
    receiver: withFaults(receiver, arn, contents.faults, contents.clock),
    retryLimits: readRetryPolicy(RetryPolicy),
    input:
      makeInput && ((event, acceptedAt) => makeInput({ event, acceptedAt, ruleArn: rule.Arn, ruleName: rule.Name })),
    deadLetters: queue && { arn: queue.arn, send: ({ body, attributes }) => queue.send(body, { ...attributes }) },
  };
}

/** Queues, log groups and buses need no handler. */
function builtInReceiver(
  { Arn: arn, SqsParameters }: TargetRecord,
  { places, buses }: TargetContents,
): Receiver | undefined {
  if (isQueueArn(arn)) {
    const queue = places.queue(arn);
    return collector((body) => queue.send(body, {}, SqsParameters?.MessageGroupId));
  }
  if (isLogGroupArn(arn)) {
    const logs = places.logs(arn);
    return collector((body) => logs.write(body));
  }
  return isBusArn(arn) ? busReceiver(arn, buses) : undefined;
}

function collector(take: (body: string) => void): Receiver {
  return { refuse: () => undefined, terms: () => unbounded, attempt: ({ body }) => take(body), judge: failedBy };
}

function handledFirst(isHandled: () => boolean, handled: Receiver, builtIn: Receiver): Receiver {
  const current = () => (isHandled() ? handled : builtIn);
  return {
    refuse: () => current().refuse(),
    terms: () => current().terms(),
    attempt: (attempt) => current().attempt(attempt),
    judge: (error) => current().judge(error),
  };
}
