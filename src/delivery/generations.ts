import type { Delivery } from './delivery.js';

/** Counts the deliveries that have not ended, those that the others may have caused apart from those: the chain has an end. */
export class Generations {
  #present = 0;
  #young = 0;
  /** Of all generations before the present one. */
  #old = 0;

  admit(delivery: Delivery): void {
    delivery.generation = this.#present;
    this.#young++;
  }

  release(delivery: Delivery): void {
    if (delivery.generation === this.#present) this.#young--;
    else this.#old--;
  }

  /** Begins a generation if all have ended that were there when the last began, while others have come. */
  next(): boolean {
    if (this.#old > 0 || this.#young === 0) return false;
    this.#present++;
    this.#old = this.#young;
    this.#young = 0;
    return true;
  }
}
