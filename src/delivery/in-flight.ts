import { nextTurn } from '../base/real-timers.js';
import type { Delivery } from './delivery.js';
import { delivered, failedBefore, type Outcome } from './outcome.js';

const startsPerTurn = 100;
const turnAskedFor = startsPerTurn / 2;

/**
 * Every delivery that has not ended. A delivery starts a microtask after the answer of the call that caused it; after
 * a hundred in one turn of the event loop the rest waits for the next. Each ends exactly once: by its outcome or by `end`.
 */
export class InFlight {
  readonly #ended: (delivery: Delivery, outcome: Outcome) => void;
  readonly #running = new Set<Delivery>();
  #queue: Delivery[] = [];
  #next = 0;
  #started = 0;
  #scheduled = false;
  /** The next turn of the event loop is to go on with the queue. */
  #held = false;
  #turnWaiting: (() => void)[] = [];
  #over: Outcome | undefined;
  #waiting: (() => void)[] = [];

  /** `ended` hears of every delivery once. */
  constructor(ended: (delivery: Delivery, outcome: Outcome) => void) {
    this.#ended = ended;
  }

  get size(): number {
    return this.#queue.length - this.#next + this.#running.size;
  }

  get running(): readonly Delivery[] {
    return [...this.#running];
  }

  add(delivery: Delivery): void {
    delivery.recipient.lane.unfinished++;
    delivery.event.hold();
    if (this.#over !== undefined) {
      this.#finish(delivery, this.#over);
      return;
    }
    this.#queue.push(delivery);
    this.#schedule();
  }

  /** Resolves when the next delivery ends. */
  next(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /**
   * While deliveries wait for the next turn of the event loop, resolves with that turn, and before they go on. A publisher
   * whose answer waits for it cannot pile up deliveries faster than they start.
   */
  turn(): Promise<void> | undefined {
    return this.#held ? new Promise((resolve) => this.#turnWaiting.push(resolve)) : undefined;
  }

  /** Ends all deliveries as failed with this code, also those that are added later; what their handlers do from now on counts no more. */
  end(errorCode: string, errorMessage: string): void {
    const outcome = failedBefore('ended', errorCode, errorMessage);
    this.#over = outcome;
    const running = [...this.#running];
    const queued = this.#queue.slice(this.#next);
    // Emptied before anybody hears of it, lest a listener that comes back here ends a delivery a second time.
    this.#running.clear();
    this.#queue = [];
    this.#next = 0;
    for (const delivery of running) {
      this.#finish(delivery, outcome);
      delivery.abort(new Error(errorMessage));
    }
    for (const delivery of queued) this.#finish(delivery, outcome);
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
    const waiting = this.#turnWaiting;
    this.#turnWaiting = [];
    for (const wake of waiting) wake();
    this.#runSoon();
  };

  readonly #run = (): void => {
    this.#scheduled = false;
    while (this.#next < this.#queue.length && this.#started < startsPerTurn) {
      // Asked for early, and rarely: few deliveries a turn neither pay for one each nor are taken for many in a row.
      if (++this.#started === turnAskedFor) nextTurn(this.#newTurn);
      const delivery = this.#queue[this.#next++] as Delivery;
      if (this.#next === this.#queue.length) {
        this.#queue = [];
        this.#next = 0;
      } else if (this.#next > 1024 && this.#next * 2 > this.#queue.length) {
        this.#queue = this.#queue.slice(this.#next);
        this.#next = 0;
      }
      this.#start(delivery);
    }
    if (this.#next < this.#queue.length) this.#schedule();
  };

  #start(delivery: Delivery): void {
    const { receiver } = delivery.recipient;
    const refusal = receiver.refuse();
    if (refusal !== undefined) {
      this.#finish(delivery, refusal);
      return;
    }
    this.#running.add(delivery);
    let result: unknown;
    try {
      result = receiver.attempt(delivery);
    } catch (error) {
      this.#settle(delivery, receiver.judge(error));
      return;
    }
    if ((typeof result !== 'object' && typeof result !== 'function') || result === null) {
      this.#settle(delivery, delivered);
      return;
    }
    // `then` of what a handler answers may be a getter that throws: the constructor turns that into a rejection.
    new Promise((resolve) => resolve(result)).then(
      () => this.#settle(delivery, delivered),
      (error: unknown) => this.#settle(delivery, receiver.judge(error)),
    );
  }

  #settle(delivery: Delivery, outcome: Outcome): void {
    if (this.#running.delete(delivery)) this.#finish(delivery, outcome);
  }

  #finish(delivery: Delivery, outcome: Outcome): void {
    delivery.recipient.lane.unfinished--;
    this.#ended(delivery, outcome);
    delivery.event.release();
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}
