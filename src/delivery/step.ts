import type { Clock } from '../base/clock/clock.js';
import type { Again } from './again.js';
import type { Delivery } from './delivery.js';
import { makeDeadLetter } from './make-dead-letter.js';
import { delivered, type ExhaustedCondition, type Failure, type Outcome, type Verdict } from './outcome.js';
import { exhaustedBy, retryDelay } from './retry-policy.js';

/** What follows from an attempt. */
export type Step =
  | { readonly kind: 'end'; readonly outcome: Outcome }
  | Again
  /** It threw for the last time. */
  | { readonly kind: 'give-up'; readonly error: unknown }
  /** It threw before, and this time did not. */
  | { readonly kind: 'recovered' };

/** Lambda invokes a function that threw up to twice more, after one and after two minutes. */
const invocationDelays = [60_000, 120_000];

const ended: Step = { kind: 'end', outcome: delivered };

/** The clock is read only where something follows. */
export function stepAfter(delivery: Delivery, verdict: Verdict, clock: Pick<Clock, 'now'>, random: () => number): Step {
  if (delivery.isHandedOver) {
    if (verdict.kind === 'delivered') return { kind: 'recovered' };
    return stepAfterThrow(delivery, verdict.kind === 'failure' ? errorOf(verdict.failure) : verdict.error, clock.now());
  }
  switch (verdict.kind) {
    case 'delivered':
      return ended;
    case 'function-error':
      return stepAfterThrow(delivery, verdict.error, clock.now());
    case 'failure':
      return stepAfterFailure(delivery, verdict.failure, clock.now(), random);
  }
}

/** The end of a delivery that has waited for a retry until it was too old for one; `undefined` if it is not. */
export function expiry(delivery: Delivery, now: number): Outcome | undefined {
  const { recipient, last } = delivery;
  if (last?.kind !== 'retry') return undefined;
  const { retryLimits } = recipient;
  const exhausted = exhaustedBy(retryLimits, { attempts: 0, acceptedAt: delivery.acceptedAt, now });
  return exhausted === undefined ? undefined : undeliverable(delivery, last.failure, exhausted);
}

function stepAfterFailure(delivery: Delivery, failure: Failure, now: number, random: () => number): Step {
  if (!failure.retryable) return { kind: 'end', outcome: undeliverable(delivery, failure, undefined) };
  const { attempts, acceptedAt, recipient } = delivery;
  const { retryLimits } = recipient;
  const exhausted = exhaustedBy(retryLimits, { attempts, acceptedAt, now });
  if (exhausted !== undefined) return { kind: 'end', outcome: undeliverable(delivery, failure, exhausted) };
  const delay = Math.max(retryDelay(attempts, random), failure.retryAfter);
  return { kind: 'retry', at: Math.min(now + delay, acceptedAt + retryLimits.age), failure };
}

/** Invocations count from the one that threw first: deliveries that failed before it were none. */
function stepAfterThrow(delivery: Delivery, error: unknown, now: number): Step {
  const delay = invocationDelays[delivery.throws];
  return delay === undefined ? { kind: 'give-up', error } : { kind: 'invoke-again', at: now + delay, error };
}

/** To the dead-letter queue, if there is one. */
function undeliverable(delivery: Delivery, failure: Failure, exhausted: ExhaustedCondition | undefined): Outcome {
  const { deadLetters } = delivery.recipient;
  const letter = makeDeadLetter(delivery, failure, exhausted);
  if (deadLetters === undefined || letter === undefined) return { kind: 'failed', failure, exhausted };
  deadLetters.send(letter);
  return { kind: 'dead-lettered', queue: deadLetters.arn, failure, exhausted };
}

function errorOf({ error, errorCode, errorMessage }: Failure): unknown {
  return error ?? new Error(`${errorCode}: ${errorMessage}`);
}
