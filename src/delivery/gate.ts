import { Fifo } from '../base/fifo.js';
import type { Delivery } from './delivery.js';

/** Lets so many attempts through at once; the others wait in their order. */
export class Gate {
  readonly #width: number;
  readonly #parked = new Fifo<Delivery>();
  #inside = 0;

  constructor(width: number) {
    this.#width = width;
  }

  /** Whether the delivery may go on; if not, `leave` will answer it when it is its turn. */
  enter(delivery: Delivery): boolean {
    if (this.#inside >= this.#width) {
      this.#parked.add(delivery);
      return false;
    }
    this.#inside++;
    return true;
  }

  /** One goes out. Answers the next, which is inside from now on. */
  leave(): Delivery | undefined {
    const next = this.#parked.take();
    if (next === undefined) this.#inside--;
    return next;
  }
}
