const brand = Symbol.for('footbridge.TargetError');

/**
 * Thrown by a handler, it makes the delivery fail with an error code of your choice, as if the service had met it:
 * `throw new TargetError('NO_PERMISSIONS')`. Any other error of a Lambda function leaves its delivery *delivered*,
 * and any other error of another handler fails it with `ERROR_FROM_TARGET`.
 */
export class TargetError extends Error {
  /** The error code of the delivery, one of those AWS writes into dead letters or one of your own. */
  readonly code: string;
  /** Recognises errors of a second copy of the package too. */
  readonly [brand] = true;

  /** `code` as above; the message says the code unless `options.message` says more. */
  constructor(code: string, options: { readonly message?: string; readonly cause?: unknown } = {}) {
    super(options.message ?? code, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'TargetError';
    this.code = code;
  }
}

/** The code of a `TargetError`, `undefined` for everything else that can be thrown. */
export function targetErrorCode(error: unknown): string | undefined {
  try {
    if (typeof error !== 'object' || error === null || !(brand in error)) return undefined;
    return String((error as TargetError).code);
  } catch {
    return undefined;
  }
}
