import { isServiceError, ServiceError } from '../base/service-error.js';

const brand = Symbol.for('footbridge.MalformedInput');

/**
 * An input of the wrong shape: a number where the API has a string. A call in process is refused as
 * `ValidationException`; over the wire the same fault is a `SerializationException`, as the service names it.
 * The sentences are Footbridge's.
 */
export class MalformedInput extends ServiceError {
  constructor(message: string) {
    super('ValidationException', message);
  }

  /** Recognises errors of a second copy of the package too. */
  get [brand](): true {
    return true;
  }
}

export function isMalformedInput(error: unknown): error is MalformedInput {
  return isServiceError(error) && brand in error;
}
