import type { RetryPolicy } from '../model/target.js';
import type { ExhaustedCondition } from './outcome.js';

/** How often and how long a delivery is tried again. */
export interface RetryLimits {
  /** Attempts after the first. */
  readonly retries: number;
  /** Milliseconds from the acceptance of the event. */
  readonly age: number;
}

/** What AWS does for a target without a RetryPolicy. */
const defaultRetryLimits: RetryLimits = { retries: 185, age: 86_400_000 };

export const noRetries: RetryLimits = { retries: 0, age: Number.POSITIVE_INFINITY };

const firstDelay = 1000;
const longestDelay = 900_000;

/** A policy as the API has it; what it leaves out is AWS's default. */
export function readRetryPolicy(policy: RetryPolicy | undefined): RetryLimits {
  const { MaximumRetryAttempts: retries, MaximumEventAgeInSeconds: seconds } = policy ?? {};
  return {
    retries: retries ?? defaultRetryLimits.retries,
    age: seconds === undefined ? defaultRetryLimits.age : seconds * 1000,
  };
}

/**
 * How long to wait before a retry (the first is 1): a random part of a span that doubles from 1 s up to 15 min ("full
 * jitter"). AWS documents neither; so chosen, 185 retries take 22 hours on average, and either default limit may come first.
 */
export function retryDelay(retry: number, random: () => number): number {
  const span = Math.min(longestDelay, firstDelay * 2 ** (retry - 1));
  const part = random();
  // At least a millisecond, so that a retry always waits for the clock, whatever `random` answers.
  return Math.max(1, Math.ceil(span * part));
}

/** Which limit ends the retries now, after so many attempts. */
export function exhaustedBy(
  { retries, age }: RetryLimits,
  { attempts, acceptedAt, now }: { readonly attempts: number; readonly acceptedAt: number; readonly now: number },
): ExhaustedCondition | undefined {
  if (attempts > retries) return 'MaximumRetryAttempts';
  return now - acceptedAt >= age ? 'MaximumEventAgeInSeconds' : undefined;
}
