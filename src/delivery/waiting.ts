import type { TimedClock } from '../base/clock/clock.js';
import type { Again } from './again.js';
import type { Delivery } from './delivery.js';

/** Deliveries that wait for the time of their `last` step. */
export class Waiting {
  readonly #clock: TimedClock;
  readonly #wake: (delivery: Delivery, at: number) => void;
  readonly #waiting = new Map<Delivery, { readonly at: number; readonly cancel: () => void }>();

  /** `wake` is called when it is time. */
  constructor(clock: TimedClock, wake: (delivery: Delivery, at: number) => void) {
    this.#clock = clock;
    this.#wake = wake;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** When the first is due, in epoch milliseconds. */
  get nextAt(): number | undefined {
    let first: number | undefined;
    for (const { at } of this.#waiting.values()) if (first === undefined || at < first) first = at;
    return first;
  }

  has(delivery: Delivery): boolean {
    return this.#waiting.has(delivery);
  }

  list(): Delivery[] {
    return [...this.#waiting.keys()];
  }

  add(delivery: Delivery, again: Again): void {
    const { at } = again;
    delivery.last = again;
    const cancel = this.#clock.schedule(at, () => {
      this.#waiting.delete(delivery);
      this.#wake(delivery, at);
    });
    this.#waiting.set(delivery, { at, cancel });
  }

  /** Takes out those that are wanted, in the order in which they are due. */
  take(isWanted: (delivery: Delivery) => boolean = () => true): Delivery[] {
    const taken = [...this.#waiting].filter(([delivery]) => isWanted(delivery)).sort(([, a], [, b]) => a.at - b.at);
    return taken.map(([delivery, { cancel }]) => {
      cancel();
      this.#waiting.delete(delivery);
      return delivery;
    });
  }
}
