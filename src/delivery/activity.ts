import type { SchedulingClock } from '../base/clock/clock.js';
import type { Delivery } from './delivery.js';

/** Work that keeps a bridge busy without a delivery and without time passing, such as a replay. */
export interface BackgroundTask {
  /** Reports progress. */
  reportProgress(): void;
  /** Reports the end. */
  end(): void;
}

interface WaitingTask {
  readonly at: number;
  readonly begin: () => void;
  readonly cancelTimer: () => void;
}

/** The background tasks that have not ended, and those that wait for their time to begin. */
export class BackgroundTasks {
  readonly #onProgress: () => void;
  readonly #waiting = new Set<WaitingTask>();
  #size = 0;

  /** `onProgress` is called with each step of each task. */
  constructor(onProgress: () => void) {
    this.#onProgress = onProgress;
  }

  get size(): number {
    return this.#size;
  }

  /** How many wait for their time. */
  get waitingCount(): number {
    return this.#waiting.size;
  }

  /** When the first of those begins, in epoch milliseconds; Infinity if none waits. */
  get nextAt(): number {
    return Math.min(...Array.from(this.#waiting, ({ at }) => at));
  }

  /** Begins a task at a time in epoch milliseconds, or when those that wait are told to begin. */
  startAt(clock: SchedulingClock, at: number, begin: () => void): void {
    const task: WaitingTask = {
      at,
      begin,
      cancelTimer: clock.schedule(at, () => {
        if (this.#waiting.delete(task)) begin();
      }),
    };
    this.#waiting.add(task);
    this.#onProgress();
  }

  /** Begins all that wait, in the order of their times. */
  beginWaiting(): void {
    for (const { begin } of this.#takeWaiting()) begin();
  }

  /** None that waits begins any more. */
  cancelWaiting(): void {
    this.#takeWaiting();
  }

  #takeWaiting(): WaitingTask[] {
    const taken = [...this.#waiting].sort((a, b) => a.at - b.at);
    this.#waiting.clear();
    for (const { cancelTimer } of taken) cancelTimer();
    return taken;
  }

  start(): BackgroundTask {
    this.#size++;
    this.#onProgress();
    return {
      reportProgress: this.#onProgress,
      end: () => {
        this.#size--;
        this.#onProgress();
      },
    };
  }
}

/** Counts pending deliveries by cascade: those that the ones before may have caused. An endless chain of them is noticed. */
export class CascadeCounter {
  #current = 0;
  #currentPending = 0;
  #earlierPending = 0;

  admit(delivery: Delivery): void {
    delivery.cascade = this.#current;
    this.#currentPending++;
  }

  release(delivery: Delivery): void {
    if (delivery.cascade === this.#current) this.#currentPending--;
    else this.#earlierPending--;
  }

  /** Starts the next cascade if all deliveries of earlier ones have ended while others have come. Returns whether it did. */
  advance(): boolean {
    if (this.#earlierPending > 0 || this.#currentPending === 0) return false;
    this.#current++;
    this.#earlierPending = this.#currentPending;
    this.#currentPending = 0;
    return true;
  }
}
