import type { Attempt } from './attempt.js';
import type { Verdict } from './outcome.js';

/**
 * The attempts that run. Most end while they are being called: a place in a set, which costs more than all else, is for those
 * that go on.
 */
export class Running {
  #calling: Attempt | undefined;
  readonly #others = new Set<Attempt>();

  get size(): number {
    return this.#others.size + (this.#calling === undefined ? 0 : 1);
  }

  /** In the order in which they began. */
  list(): Attempt[] {
    return this.#calling === undefined ? [...this.#others] : [...this.#others, this.#calling];
  }

  /** Begins an attempt, which stays here until `delete` or `clear`. */
  run(attempt: Attempt, settle: (attempt: Attempt, verdict: Verdict) => void): void {
    this.#calling = attempt;
    attempt.run(settle);
    if (this.#calling === undefined) return;
    this.#calling = undefined;
    this.#others.add(attempt);
  }

  delete(attempt: Attempt): void {
    if (this.#calling === attempt) this.#calling = undefined;
    else this.#others.delete(attempt);
  }

  clear(): void {
    this.#calling = undefined;
    this.#others.clear();
  }
}
