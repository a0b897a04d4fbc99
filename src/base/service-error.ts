import { isInstance, symbolOf } from './copies.js';

const brand = symbolOf('ServiceError');

/**
 * The error of a call that EventBridge rejects. Its shape is the one that AWS SDK v3 errors have, so
 * `error.name === 'ResourceNotFoundException'` and the SDK's own `instanceof` checks both hold.
 */
export class ServiceError extends Error {
  /** `client`, except for an error of the service, which only an injected fault causes. */
  readonly $fault: 'client' | 'server';
  /** What the SDK calls response metadata; a call without HTTP has only a status code. */
  readonly $metadata: { readonly httpStatusCode: number };

  /** Holds for those of every copy of the package in this process. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: it may be a class derived from this one.
    return isInstance(value, this, ServiceError, brand);
  }

  /** `name` is AWS's error code, `message` its sentence; status 500 and 503 mean an error of the service. */
  constructor(name: string, message: string, httpStatusCode: 400 | 500 | 503 = 400) {
    super(message);
    this.name = name;
    this.$fault = httpStatusCode >= 500 ? 'server' : 'client';
    this.$metadata = { httpStatusCode };
    Object.defineProperty(this, brand, { value: true });
  }
}

/** Makes a ValidationException: the input violates a constraint of the API or of a method of Footbridge. */
export function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}

/** Returns whether an error is a ServiceError, also of another copy of the package. */
export function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && '$fault' in error && '$metadata' in error;
}
