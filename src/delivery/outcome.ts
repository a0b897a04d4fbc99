import { describeError } from '../base/describe.js';
import { isRetried, readTargetError } from '../base/target-error.js';

/** How a delivery ended. There is no fourth way, and each delivery has exactly one. */
export type Outcome = Delivered | DeadLettered | Failed;

export interface Delivered {
  readonly kind: 'delivered';
}

export interface DeadLettered extends Ending {
  readonly kind: 'dead-lettered';
  /** ARN of the queue. */
  readonly queue: string;
}

export interface Failed extends Ending {
  readonly kind: 'failed';
}

interface Ending {
  readonly failure: Failure;
  /** What ended the retries; absent for what is not retried. */
  readonly exhausted: ExhaustedCondition | undefined;
}

/** Which limit of a retry policy was reached. */
export type ExhaustedCondition = 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';

/** What one attempt came to. */
export type Verdict =
  | Delivered
  | { readonly kind: 'failure'; readonly failure: Failure }
  /** A Lambda function has got the event, and threw. */
  | { readonly kind: 'function-error'; readonly error: unknown };

/** Why an attempt failed. */
export interface Failure {
  readonly errorCode: string;
  readonly errorMessage: string;
  /** What the handler threw, if one ran. */
  readonly error: unknown;
  /** Who is to be told: `unhandled` and `ended` are no failure of any handler. */
  readonly reason: 'handler' | 'unhandled' | 'ended';
  readonly retryable: boolean;
  /** Milliseconds that a retry waits at least. */
  readonly retryAfter: number;
}

export const delivered: Delivered = { kind: 'delivered' };

/** How a delivery ends for which nothing more is to be tried, since its bridge or its lane has ended. */
export function cutShort(failure: Failure): Failed {
  return { kind: 'failed', failure, exhausted: undefined };
}

/** The verdict on a handler that threw: the code of a `TargetError`, else `ERROR_FROM_TARGET`. */
export function failedBy(error: unknown): Verdict {
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

/** A failure for which no handler is to blame, or which none has thrown. */
export function makeFailure(
  reason: Failure['reason'],
  errorCode: string,
  errorMessage: string,
  retryable = isRetried(errorCode),
): Failure {
  return { errorCode, errorMessage, error: undefined, reason, retryable, retryAfter: 0 };
}
