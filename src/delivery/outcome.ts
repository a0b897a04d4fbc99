import { describeError } from '../base/describe.js';
import { isRetryableCode, readTargetError } from '../base/target-error.js';

/** How a delivery ended. */
export type Outcome = Delivered | DeadLettered | Failed;

export interface Delivered {
  readonly kind: 'delivered';
}

export interface DeadLettered extends UndeliveredOutcome {
  readonly kind: 'dead-lettered';
  /** ARN of the queue. */
  readonly queue: string;
}

export interface Failed extends UndeliveredOutcome {
  readonly kind: 'failed';
}

interface UndeliveredOutcome {
  readonly failure: Failure;
  /** The limit that ended the retries; absent if the failure is not retried. */
  readonly exhausted: ExhaustedCondition | undefined;
}

/** The limit of a retry policy that was reached. */
export type ExhaustedCondition = 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';

/** How one attempt ended. */
export type AttemptResult =
  | Delivered
  | { readonly kind: 'failure'; readonly failure: Failure }
  /** A Lambda function received the event, and threw. */
  | { readonly kind: 'function-error'; readonly error: unknown };

/** Why an attempt failed. */
export interface Failure {
  readonly errorCode: string;
  readonly errorMessage: string;
  /** What to do about it, in Footbridge's words: for people, not in dead letters. */
  readonly hint?: string | undefined;
  /** On AWS there is no dead letter for it. */
  readonly isSilent?: boolean | undefined;
  /** What the handler threw, if one ran. */
  readonly error: unknown;
  /** Which policy applies: nothing handles the target (`unhandled`), or the bridge or subscription ended (`cancelled`). */
  readonly reason: 'handler' | 'unhandled' | 'cancelled';
  readonly retryable: boolean;
  /** The shortest delay of a retry, in milliseconds. */
  readonly retryAfter: number;
}

export const delivered: Delivered = { kind: 'delivered' };

/** The outcome of a delivery that ends because its bridge or subscription has ended. */
export function cancelled(failure: Failure): Failed {
  return { kind: 'failed', failure, exhausted: undefined };
}

/** A failure that no handler has thrown. */
export function createFailure(
  reason: Failure['reason'],
  errorCode: string,
  errorMessage: string,
  retryable = isRetryableCode(errorCode),
): Failure {
  return { errorCode, errorMessage, error: undefined, reason, retryable, retryAfter: 0 };
}

/** The result of an attempt whose handler threw: the code of a `TargetError`, otherwise `ERROR_FROM_TARGET`. */
export function resultOfError(error: unknown): AttemptResult {
  const { code, message, retryable, retryAfter } = readTargetError(error) ?? {
    code: 'ERROR_FROM_TARGET',
    message: describeError(error),
    retryable: true,
    retryAfter: 0,
  };
  return {
    kind: 'failure',
    failure: { errorCode: code, errorMessage: message, error, reason: 'handler', retryable, retryAfter },
  };
}

/**
 * Calls a handler and waits for the promise it returns, if any. Never throws or rejects: `failed` makes a result from what the
 * handler throws or rejects with.
 */
export function attemptResult(
  handler: () => unknown,
  failed: (error: unknown) => AttemptResult = resultOfError,
): AttemptResult | Promise<AttemptResult> {
  let value: unknown;
  try {
    value = handler();
  } catch (error) {
    return failed(error);
  }
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return delivered;
  // `then` of the value may be a getter that throws: the constructor turns that into a rejection.
  return new Promise((resolve) => resolve(value)).then(() => delivered, failed);
}
