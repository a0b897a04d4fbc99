import { isInstance, symbolOf } from './copies.js';

const brand = symbolOf('ServiceError');

/**
 * A call that EventBridge refuses. Its shape is the one that AWS SDK v3 errors have, so
 * `error.name === 'ResourceNotFoundException'` and the SDK's own `instanceof` checks both hold.
 */
export class ServiceError extends Error {
  /** Who is at fault: the caller, but for an error of the service, which only a fault makes. */
  readonly $fault: 'client' | 'server';
  /** What the SDK calls response metadata; a call without HTTP has only a status code. */
  readonly $metadata: { readonly httpStatusCode: number };

  /** Holds for those of every copy of the package in this process. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: it may be a class derived from this one.
    return isInstance(value, this, ServiceError, brand);
  }

  /** `name` is the error code AWS uses, `message` its sentence; 500 and 503 stand for an error of the service. */
  constructor(name: string, message: string, httpStatusCode: 400 | 500 | 503 = 400) {
    super(message);
    this.name = name;
    this.$fault = httpStatusCode >= 500 ? 'server' : 'client';
    this.$metadata = { httpStatusCode };
    Object.defineProperty(this, brand, { value: true });
  }
}

/** The refusal of what breaks a constraint of the API, or of a method of Footbridge. */
export function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}

/** Whether it is a refusal, also of a second copy of the package. */
export function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && '$fault' in error && '$metadata' in error;
}
