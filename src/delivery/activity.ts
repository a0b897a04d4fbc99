import type { Delivery } from './delivery.js';

/** Work that keeps a bridge busy without a delivery and without time passing, such as a replay. */
export interface BackgroundTask {
  /** Reports progress. */
  reportProgress(): void;
  /** Reports the end. */
  end(): void;
}

/** The background tasks that have not ended. */
export class BackgroundTasks {
  readonly #onProgress: () => void;
  #size = 0;

  /** `onProgress` is called with each step of each task. */
  constructor(onProgress: () => void) {
    this.#onProgress = onProgress;
  }

  get size(): number {
    return this.#size;
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
