import { isInstance, symbolOf } from '../base/copies.js';

const brand = symbolOf('PutEventsError');

/** Why one of the events given to `publish` was not accepted. */
export interface PublishFailure {
  /** Its place among the events, from 0. */
  readonly index: number;
  /** As PutEvents answered. */
  readonly errorCode: string;
  /** As PutEvents answered. */
  readonly errorMessage: string;
}

const maxShown = 10;

/** Some of the events given to `publish` were not accepted; the others were, and are on their way. */
export class PutEventsError extends Error {
  /** Which failed, and why. */
  readonly failures: readonly PublishFailure[];
  /** For each event its id, or `undefined` if it failed. */
  readonly ids: readonly (string | undefined)[];

  /** Holds for those of every copy of the package in this process. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: it may be a class derived from this one.
    return isInstance(value, this, PutEventsError, brand);
  }

  constructor(failures: readonly PublishFailure[], ids: readonly (string | undefined)[]) {
    const shown = failures.slice(0, maxShown).map(({ index, errorCode, errorMessage }) => {
      return `event ${index}: ${errorCode}: ${errorMessage}`;
    });
    const more = failures.length > maxShown ? [`and ${failures.length - maxShown} more`] : [];
    super(`${failures.length} of ${ids.length} events not accepted: ${[...shown, ...more].join('; ')}`);
    this.name = 'PutEventsError';
    this.failures = failures;
    this.ids = ids;
    Object.defineProperty(this, brand, { value: true });
  }
}

/** Whether it is one, also of a second copy of the package. */
export function isPutEventsError(error: unknown): error is PutEventsError {
  return error instanceof Error && error.name === 'PutEventsError' && 'failures' in error && 'ids' in error;
}
