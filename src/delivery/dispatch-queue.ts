import { nextTurn } from '../base/clock/real-timers.js';
import { Fifo } from '../base/fifo.js';
import { Signal } from '../base/signal.js';
import type { ChaosPolicy } from './chaos-policy.js';
import type { Delivery } from './delivery.js';

const maxStartsPerTurn = 100;
const turnRequestThreshold = maxStartsPerTurn / 2;

/**
 * The deliveries that are ready, in order. Each starts a microtask after the call that caused it has returned. After a hundred
 * in one turn of the event loop the rest waits for the next turn.
 */
export class DispatchQueue {
  readonly #start: (delivery: Delivery) => void;
  readonly #queue = new Fifo<Delivery>();
  #started = 0;
  #scheduled = false;
  /** The queue continues in the next turn of the event loop. */
  #isThrottled = false;
  readonly #turnStarted = new Signal();
  /** Those that chaos reorders. */
  #reordered: Delivery[] = [];

  constructor(start: (delivery: Delivery) => void) {
    this.#start = start;
  }

  get size(): number {
    return this.#queue.size + this.#reordered.length;
  }

  add(delivery: Delivery): void {
    this.#queue.add(delivery);
    this.#schedule();
  }

  /** Adds a new delivery. If chaos reorders it, it starts in the next turn of the event loop, shuffled with others like it. */
  admit(delivery: Delivery, chaosPolicy: ChaosPolicy | undefined): void {
    if (chaosPolicy?.isReordered() !== true) {
      this.add(delivery);
      return;
    }
    if (this.#reordered.push(delivery) > 1) return;
    nextTurn(() => {
      const reordered = this.#reordered;
      this.#reordered = [];
      for (const next of chaosPolicy.shuffle(reordered)) this.add(next);
    });
  }

  list(): Delivery[] {
    return [...this.#queue.items(), ...this.#reordered];
  }

  takeAll(): Delivery[] {
    const all = [...this.#queue.dequeueAll(), ...this.#reordered];
    this.#reordered = [];
    return all;
  }

  /** While deliveries wait for the next turn of the event loop, resolves with that turn, before they start. */
  nextTurn(): Promise<void> | undefined {
    return this.#isThrottled ? this.#turnStarted.wait() : undefined;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    if (this.#started >= maxStartsPerTurn) {
      this.#isThrottled = true;
    } else {
      this.#scheduleRun();
    }
  }

  /** In two steps: the first comes before the caller's `await` continues, the second after it. */
  #scheduleRun(): void {
    void Promise.resolve()
      .then(() => {})
      .then(this.#run);
  }

  readonly #onNewTurn = (): void => {
    this.#started = 0;
    if (!this.#isThrottled) return;
    this.#isThrottled = false;
    this.#turnStarted.notifyAll();
    this.#scheduleRun();
  };

  readonly #run = (): void => {
    this.#scheduled = false;
    while (this.#queue.size > 0 && this.#started < maxStartsPerTurn) {
      // Requested early and rarely: few deliveries in a turn need no request, and are not counted as many in a row.
      if (++this.#started === turnRequestThreshold) nextTurn(this.#onNewTurn);
      this.#start(this.#queue.dequeue() as Delivery);
    }
    if (this.#queue.size > 0) this.#schedule();
  };
}
