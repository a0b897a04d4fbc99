import type { Clock } from '../base/clock/clock.js';
import type { RetryPolicy } from '../model/target.js';
import type { Delivery, NextAttempt } from './delivery.js';
import {
  type AttemptResult,
  cancelled,
  type Delivered,
  delivered,
  type ExhaustedCondition,
  type Failed,
  type Failure,
} from './outcome.js';
import type { RetryLimits } from './recipient.js';

/** What follows from an attempt. `Dispatcher` applies it. */
export type Transition =
  | { readonly kind: 'end'; readonly outcome: Delivered | Failed }
  /** No retry is left. It goes to the dead-letter queue, if there is one. */
  | { readonly kind: 'undeliverable'; readonly failure: Failure; readonly exhausted: ExhaustedCondition | undefined }
  | NextAttempt
  /** The Lambda function threw for the last time. */
  | { readonly kind: 'give-up'; readonly error: unknown }
  /** A reinvocation of the Lambda function succeeded. */
  | { readonly kind: 'recovered' };

export const noRetries: RetryLimits = { retries: 0, maxAge: Number.POSITIVE_INFINITY };

/** AWS's defaults. */
const defaultRetryLimits: RetryLimits = { retries: 185, maxAge: 86_400_000 };
const firstDelay = 1000;
const maxDelay = 900_000;
/** Lambda invokes a function that threw up to twice more, after one and after two minutes. */
const reinvocationDelays = [60_000, 120_000];

const deliveredTransition: Transition = { kind: 'end', outcome: delivered };

/** What a policy leaves out is AWS's default. */
export function readRetryPolicy(policy: RetryPolicy | undefined): RetryLimits {
  const { MaximumRetryAttempts: retries, MaximumEventAgeInSeconds: seconds } = policy ?? {};
  return {
    retries: retries ?? defaultRetryLimits.retries,
    maxAge: seconds === undefined ? defaultRetryLimits.maxAge : seconds * 1000,
  };
}

/** Decides what follows from the result of an attempt. Has no effect. */
export function transitionAfter(
  delivery: Delivery,
  result: AttemptResult,
  clock: Pick<Clock, 'now'>,
  random: () => number,
): Transition {
  if (result.kind === 'delivered') return delivery.isDelivered ? { kind: 'recovered' } : deliveredTransition;
  if (result.kind === 'function-error') return reinvocation(delivery, result.error, clock.now());
  const { failure } = result;
  if (delivery.isDelivered) return reinvocation(delivery, errorOf(failure), clock.now());
  if (!failure.retryable) return { kind: 'undeliverable', failure, exhausted: undefined };
  const now = clock.now();
  const exhausted = exhaustedBy(delivery, now);
  if (exhausted !== undefined) return { kind: 'undeliverable', failure, exhausted };
  const { attempts, acceptedAt, recipient } = delivery;
  if (recipient.recipientQueue.closedBy !== undefined) return { kind: 'end', outcome: cancelled(failure) };
  const delay = Math.max(retryDelay(attempts, random), failure.retryAfter);
  return { kind: 'retry', at: Math.min(now + delay, acceptedAt + recipient.retryLimits.maxAge), failure };
}

/** Decides what a delivery that is due does instead of another attempt; `undefined` if it makes one. Has no effect. */
export function transitionBefore(
  { acceptedAt, nextAttempt, recipient }: Delivery,
  now: () => number,
): Transition | undefined {
  const { recipientQueue, retryLimits } = recipient;
  if (recipientQueue.closedBy !== undefined) return { kind: 'end', outcome: cancelled(recipientQueue.closedBy) };
  if (nextAttempt?.kind !== 'retry' || now() - acceptedAt < retryLimits.maxAge) return undefined;
  return { kind: 'undeliverable', failure: nextAttempt.failure, exhausted: 'MaximumEventAgeInSeconds' };
}

/** Reinvocations are counted from the first time the function threw: failed attempts before it did not invoke it. */
function reinvocation({ invocationErrors }: Delivery, error: unknown, now: number): Transition {
  const delay = reinvocationDelays[invocationErrors];
  return delay === undefined ? { kind: 'give-up', error } : { kind: 'reinvoke', at: now + delay, error };
}

function errorOf({ error, errorCode, errorMessage }: Failure): unknown {
  return error ?? new Error(`${errorCode}: ${errorMessage}`);
}

function exhaustedBy({ attempts, acceptedAt, recipient }: Delivery, now: number): ExhaustedCondition | undefined {
  const { retries, maxAge } = recipient.retryLimits;
  if (attempts > retries) return 'MaximumRetryAttempts';
  return now - acceptedAt >= maxAge ? 'MaximumEventAgeInSeconds' : undefined;
}

/**
 * The delay of a retry (the first is 1): a random part of a span that doubles from 1 s up to 15 min ("full jitter"). AWS
 * documents neither. With this choice 185 retries take 22 hours on average, so that either default limit may come first.
 */
function retryDelay(retry: number, random: () => number): number {
  const span = Math.min(maxDelay, firstDelay * 2 ** (retry - 1));
  const part = random();
  // At least a millisecond, so that a retry always waits for the clock, whatever `random` returns.
  return Math.max(1, Math.ceil(span * part));
}
