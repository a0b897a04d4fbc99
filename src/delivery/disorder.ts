import { seededRandom } from '../base/random.js';
import type { Delivery } from './delivery.js';

/** How likely each is, from 0 to 1. */
export interface DisorderRates {
  readonly duplicate: number;
  readonly reorder: number;
}

/** Decides which deliveries are made twice and which come late: by its seed alone, and in the order of the deliveries. */
export class Disorder {
  readonly #rates: DisorderRates;
  readonly #random: () => number;
  /** Of its own: how many come late together depends on the turns of the event loop, and nothing else is to. */
  readonly #order: () => number;
  duplicated = 0;
  reordered = 0;

  constructor(rates: DisorderRates, seed: number) {
    this.#rates = rates;
    this.#random = seededRandom(seed);
    this.#order = seededRandom(~seed);
  }

  isDuplicated(): boolean {
    return this.#happens(this.#rates.duplicate, 'duplicated');
  }

  isReordered(): boolean {
    return this.#happens(this.#rates.reorder, 'reordered');
  }

  /** In another order; each order is as likely as any other. */
  shuffle(deliveries: readonly Delivery[]): readonly Delivery[] {
    const shuffled = [...deliveries];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const place = Math.floor(this.#order() * (last + 1));
      [shuffled[last], shuffled[place]] = [shuffled[place] as Delivery, shuffled[last] as Delivery];
    }
    return shuffled;
  }

  #happens(rate: number, counter: 'duplicated' | 'reordered'): boolean {
    const happens = this.#random() < rate;
    if (happens) this[counter]++;
    return happens;
  }
}
