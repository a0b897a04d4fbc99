import { seededRandom } from '../base/random.js';
import type { Delivery } from './delivery.js';

/** Probabilities from 0 to 1. */
export interface ChaosRates {
  readonly duplicate: number;
  readonly reorder: number;
}

/** Decides which deliveries are duplicated and which come late: by its seed alone, in the order of the deliveries. */
export class ChaosPolicy {
  readonly #rates: ChaosRates;
  readonly #random: () => number;
  /** Separate, because how many deliveries come late together depends on the turns of the event loop. */
  readonly #shuffleRandom: () => number;
  duplicated = 0;
  reordered = 0;

  constructor(rates: ChaosRates, seed: number) {
    this.#rates = rates;
    this.#random = seededRandom(seed);
    this.#shuffleRandom = seededRandom(~seed);
  }

  isDuplicated(): boolean {
    return this.#roll(this.#rates.duplicate, 'duplicated');
  }

  isReordered(): boolean {
    return this.#roll(this.#rates.reorder, 'reordered');
  }

  /** Returns the deliveries in another order; every order has the same probability. */
  shuffle(deliveries: readonly Delivery[]): readonly Delivery[] {
    const shuffled = [...deliveries];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = Math.floor(this.#shuffleRandom() * (last + 1));
      [shuffled[last], shuffled[other]] = [shuffled[other] as Delivery, shuffled[last] as Delivery];
    }
    return shuffled;
  }

  #roll(rate: number, counter: 'duplicated' | 'reordered'): boolean {
    const isHit = this.#random() < rate;
    if (isHit) this[counter]++;
    return isHit;
  }
}
