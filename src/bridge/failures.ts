import { asError } from '../base/describe.js';

const mostKept = 100;

/** What the next `idle`, `drain` or `close` rejects with: of more than a hundred errors the first, and the count of the others. */
export class Failures {
  #errors: Error[] = [];
  #count = 0;

  add(error: Error): void {
    this.#count++;
    if (this.#errors.length < mostKept) this.#errors.push(error);
  }

  /** Does what no call is there to throw an error for. Also console.warn throws, as test set-ups make it. */
  guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.add(asError(error));
    }
  }

  /** Throws what has gathered, and forgets it. */
  throwAll(): void {
    const errors = this.#errors;
    const count = this.#count;
    this.#errors = [];
    this.#count = 0;
    if (count === 1) throw errors[0];
    if (count === 0) return;
    const more = count > errors.length ? [`and ${count - errors.length} more`] : [];
    const lines = [`${count} deliveries failed:`, ...errors.map(({ message }) => message), ...more];
    throw new AggregateError(errors, lines.join('\n  '));
  }
}
