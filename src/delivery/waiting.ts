import type { TimedClock } from '../base/clock.js';
import type { Delivery } from './delivery.js';
import type { Step } from './step.js';

/** What a delivery waits for: a retry, or the next invocation of the function that threw. */
export type Wait = Extract<Step, { kind: 'retry' | 'invoke-again' }>;

/** Deliveries that wait for their time. */
export class Waiting {
  readonly #clock: TimedClock;
  readonly #wake: (delivery: Delivery, wait: Wait) => void;
  readonly #waiting = new Map<Delivery, { readonly wait: Wait; readonly cancel: () => void }>();

  /** `wake` is called when it is time. */
  constructor(clock: TimedClock, wake: (delivery: Delivery, wait: Wait) => void) {
    this.#clock = clock;
    this.#wake = wake;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** When the first is due, in epoch milliseconds. */
  get nextAt(): number | undefined {
    let first: number | undefined;
    for (const { wait } of this.#waiting.values()) if (first === undefined || wait.at < first) first = wait.at;
    return first;
  }

  /** One of them. */
  get any(): Delivery | undefined {
    const [delivery] = this.#waiting.keys();
    return delivery;
  }

  has(delivery: Delivery): boolean {
    return this.#waiting.has(delivery);
  }

  list(): [Delivery, Wait][] {
    return Array.from(this.#waiting, ([delivery, { wait }]) => [delivery, wait]);
  }

  add(delivery: Delivery, wait: Wait): void {
    const cancel = this.#clock.schedule(wait.at, () => {
      if (this.#waiting.delete(delivery)) this.#wake(delivery, wait);
    });
    this.#waiting.set(delivery, { wait, cancel });
  }

  /** They wait no longer. */
  takeAll(isWanted: (delivery: Delivery) => boolean = () => true): [Delivery, Wait][] {
    const taken = this.list().filter(([delivery]) => isWanted(delivery));
    for (const [delivery] of taken) {
      this.#waiting.get(delivery)?.cancel();
      this.#waiting.delete(delivery);
    }
    return taken;
  }
}
