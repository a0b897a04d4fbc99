import { Fifo } from './fifo.js';

/** Resolves the promises of waiters when notified, as a condition variable does. */
export class Signal {
  readonly #waiting = new Fifo<() => void>();

  /** Resolves at the next notification. */
  wait(): Promise<void> {
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  notifyAll(): void {
    if (this.#waiting.size === 0) return;
    for (const wake of this.#waiting.dequeueAll()) wake();
  }

  /** Resolves the promise that has waited longest. */
  notifyOne(): void {
    this.#waiting.dequeue()?.();
  }
}
