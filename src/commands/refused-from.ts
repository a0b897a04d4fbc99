import { isServiceError } from '../base/service-error.js';
import { UnusableInput } from './unusable-input.js';

/** Runs what the service may refuse, and puts before its sentence where the text came from. */
export function refusedFrom<T>(origin: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (isServiceError(error)) throw new UnusableInput(origin + error.message);
    throw error;
  }
}
