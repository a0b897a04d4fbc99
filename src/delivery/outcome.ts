import { describeError } from '../base/describe-error.js';
import { targetErrorCode } from '../base/target-error.js';

/** How a delivery ended; there is no third way but the dead-letter queue, which comes with retries. */
export type Outcome = Delivered | Failed;

export interface Delivered {
  readonly kind: 'delivered';
  /** What a Lambda function threw: the event has reached it all the same. */
  readonly functionError?: { readonly error: unknown };
}

export interface Failed {
  readonly kind: 'failed';
  readonly errorCode: string;
  readonly errorMessage: string;
  /** What the handler threw, if one ran. */
  readonly error: unknown;
  /** Who is to be told: `unhandled` and `ended` are no failure of any handler. */
  readonly reason: 'handler' | 'unhandled' | 'ended';
}

export const delivered: Delivered = { kind: 'delivered' };

/** The outcome of a handler that threw: the code of a `TargetError`, else `ERROR_FROM_TARGET`. */
export function failedBy(error: unknown): Failed {
  const errorCode = targetErrorCode(error) ?? 'ERROR_FROM_TARGET';
  return { kind: 'failed', errorCode, errorMessage: describeError(error), error, reason: 'handler' };
}

/** The outcome of a delivery that never reached a handler. */
export function failedBefore(reason: 'unhandled' | 'ended', errorCode: string, errorMessage: string): Failed {
  return { kind: 'failed', errorCode, errorMessage, error: undefined, reason };
}
