import { Fifo } from './fifo.js';

/** Limits how many operations run at once. The others wait in order. */
export class Semaphore {
  #free: number;
  readonly #waiting = new Fifo<() => boolean>();

  constructor(permits: number) {
    this.#free = permits;
  }

  /**
   * Takes a permit if one is free and returns true. If not, `grant` is called once a permit is: it returns whether it takes
   * the permit, which goes to the next in the queue otherwise.
   */
  acquire(grant: () => boolean): boolean {
    if (this.#free === 0) {
      this.#waiting.add(grant);
      return false;
    }
    this.#free--;
    return true;
  }

  release(): void {
    for (let grant = this.#waiting.dequeue(); grant !== undefined; grant = this.#waiting.dequeue()) if (grant()) return;
    this.#free++;
  }

  /** Runs `work` while it holds a permit. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    await new Promise<void>((resolve) => {
      const isFree = this.acquire(() => {
        resolve();
        return true;
      });
      if (isFree) resolve();
    });
    try {
      return await work();
    } finally {
      this.release();
    }
  }
}
