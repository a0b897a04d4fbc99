import { Fifo } from './fifo.js';

/** Wakes those who wait for the next time that something happens. */
export class Bell {
  readonly #waiting = new Fifo<() => void>();

  wait(): Promise<void> {
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  /** Wakes all. */
  ring(): void {
    if (this.#waiting.size === 0) return;
    for (const wake of this.#waiting.takeAll()) wake();
  }

  /** Wakes the one who has waited longest. */
  ringOnce(): void {
    this.#waiting.take()?.();
  }
}
