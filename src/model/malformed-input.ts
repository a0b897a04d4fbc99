import { ServiceError } from '../base/service-error.js';

/**
 * An input of the wrong shape: a number where the API has a string. A call in process is refused as
 * `ValidationException`; over the wire the same fault is a `SerializationException`, as the service names it.
 * The sentences are Footbridge's.
 */
export class MalformedInput extends ServiceError {
  constructor(message: string) {
    super('ValidationException', message);
  }
}
