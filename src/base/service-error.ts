/**
 * A call that EventBridge refuses. Its shape is the one that AWS SDK v3 errors have, so
 * `error.name === 'ResourceNotFoundException'` and the SDK's own `instanceof` checks both hold.
 */
export class ServiceError extends Error {
  /** Who is at fault: always the caller. */
  readonly $fault = 'client';
  /** What the SDK calls response metadata; a call without HTTP has only a status code. */
  readonly $metadata: { readonly httpStatusCode: number } = { httpStatusCode: 400 };

  /** `name` is the error code AWS uses, `message` its sentence. */
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}
