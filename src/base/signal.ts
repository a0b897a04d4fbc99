import { Fifo } from './fifo.js';

/** Wakes those that wait for something to happen. */
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

  /** Wakes the one that has waited longest. */
  notifyOne(): void {
    this.#waiting.dequeue()?.();
  }
}
