import { type Duration, readDuration } from './clock/clock.js';
import { isInstance, symbolOf } from './copies.js';

const brand = symbolOf('TargetError');

/** Error codes after which the service does not retry. */
const nonRetryableCodes = new Set([
  'NO_RESOURCE',
  'NO_PERMISSIONS',
  'FAILED_TO_ASSUME_ROLE',
  'INVALID_PARAMETER',
  'INVALID_JSON',
  'THIRD_ACCOUNT_HOP_DETECTED',
  'THIRD_REGION_HOP_DETECTED',
]);

/** Options of a `TargetError`. */
export interface TargetErrorOptions {
  /** The sentence of the failure; the code if absent. */
  readonly message?: string | undefined;
  /** The cause of the error, as of any Error. */
  readonly cause?: unknown;
  /**
   * Whether the delivery is tried again. If absent, the code decides: `NO_RESOURCE`, `NO_PERMISSIONS`,
   * `FAILED_TO_ASSUME_ROLE`, `INVALID_PARAMETER`, `INVALID_JSON`, `THIRD_ACCOUNT_HOP_DETECTED` and `THIRD_REGION_HOP_DETECTED`
   * are not retried, everything else is.
   */
  readonly retryable?: boolean | undefined;
  /** How long a retry waits at least, on the bridge's clock. */
  readonly retryAfter?: Duration | undefined;
}

/**
 * Thrown by a handler, it makes the attempt fail with an error code of your choice, as if the service had met it:
 * `throw new TargetError('THROTTLING')`. Any other error of a Lambda function leaves its delivery *delivered*,
 * and any other error of another handler fails the attempt with `ERROR_FROM_TARGET`.
 */
export class TargetError extends Error {
  /** The error code of the delivery, one of those AWS writes into dead letters or one of your own. */
  readonly code: string;
  /** Whether the delivery is tried again. */
  readonly retryable: boolean;
  /** How long a retry waits at least, in milliseconds. */
  readonly retryAfter: number;

  /** Holds for those of every copy of the package in this process. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: it may be a class derived from this one.
    return isInstance(value, this, TargetError, brand);
  }

  /** The message is the code unless `options.message` is given. An invalid `retryAfter` counts as 0. */
  constructor(code: string, options: TargetErrorOptions = {}) {
    super(options.message ?? code, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'TargetError';
    this.code = code;
    this.retryable = options.retryable ?? isRetryableCode(code);
    this.retryAfter = readDuration(options.retryAfter) ?? 0;
    Object.defineProperty(this, brand, { value: true });
  }
}

/** Returns whether the service retries after a failure with this code. */
export function isRetryableCode(code: string): boolean {
  return !nonRetryableCodes.has(code);
}

/** Reads a `TargetError`; returns `undefined` for everything else that can be thrown. */
export function readTargetError(
  error: unknown,
): Pick<TargetError, 'code' | 'message' | 'retryable' | 'retryAfter'> | undefined {
  try {
    if (typeof error !== 'object' || error === null || !(brand in error)) return undefined;
    const { code, message, retryable, retryAfter } = error as TargetError;
    const text = String(code);
    return {
      code: text,
      message: String(message),
      retryable: typeof retryable === 'boolean' ? retryable : isRetryableCode(text),
      retryAfter: readDuration(retryAfter) ?? 0,
    };
  } catch {
    return undefined;
  }
}
