import { nextTurn } from '../base/clock/real-timers.js';
import { Fifo } from '../base/fifo.js';
import { Bell } from '../base/signal.js';
import type { Delivery } from './delivery.js';
import type { Disorder } from './disorder.js';

const startsPerTurn = 100;
const turnAskedFor = startsPerTurn / 2;

/**
 * Deliveries that are to start. Each does so a microtask after the answer of the call that caused it; after a hundred in
 * one turn of the event loop the rest waits for the next.
 */
export class Starts {
  readonly #start: (delivery: Delivery) => void;
  readonly #queue = new Fifo<Delivery>();
  #started = 0;
  #scheduled = false;
  /** The next turn of the event loop is to go on with the queue. */
  #held = false;
  readonly #turned = new Bell();
  /** Those that are to come late. */
  #late: Delivery[] = [];

  constructor(start: (delivery: Delivery) => void) {
    this.#start = start;
  }

  get size(): number {
    return this.#queue.size + this.#late.length;
  }

  /** Those that are to start, the first in front. */
  add(delivery: Delivery): void {
    this.#queue.add(delivery);
    this.#schedule();
  }

  /** Adds a new one. One that is to come late starts in the next turn of the event loop, in no order with others like it. */
  admit(delivery: Delivery, disorder: Disorder | undefined): void {
    if (disorder?.isReordered() !== true) {
      this.add(delivery);
      return;
    }
    if (this.#late.push(delivery) > 1) return;
    nextTurn(() => {
      const late = this.#late;
      this.#late = [];
      for (const next of disorder.shuffle(late)) this.add(next);
    });
  }

  list(): Delivery[] {
    return [...this.#queue.items(), ...this.#late];
  }

  takeAll(): Delivery[] {
    const all = [...this.#queue.takeAll(), ...this.#late];
    this.#late = [];
    return all;
  }

  /** While deliveries wait for the next turn of the event loop, resolves with that turn, and before they go on. */
  turn(): Promise<void> | undefined {
    return this.#held ? this.#turned.wait() : undefined;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    if (this.#started >= startsPerTurn) {
      this.#held = true;
    } else {
      this.#runSoon();
    }
  }

  /** Two steps: the first comes before the caller's `await` goes on, the second after it. */
  #runSoon(): void {
    void Promise.resolve()
      .then(() => {})
      .then(this.#run);
  }

  readonly #newTurn = (): void => {
    this.#started = 0;
    if (!this.#held) return;
    this.#held = false;
    this.#turned.ring();
    this.#runSoon();
  };

  readonly #run = (): void => {
    this.#scheduled = false;
    while (this.#queue.size > 0 && this.#started < startsPerTurn) {
      // Asked for early, and rarely: few deliveries a turn neither pay for one each nor are taken for many in a row.
      if (++this.#started === turnAskedFor) nextTurn(this.#newTurn);
      this.#start(this.#queue.take() as Delivery);
    }
    if (this.#queue.size > 0) this.#schedule();
  };
}
