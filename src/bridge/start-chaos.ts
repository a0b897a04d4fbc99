import { dispose, type Handle } from '../base/disposable.js';
import { invalid } from '../base/service-error.js';
import { ChaosPolicy } from '../delivery/chaos-policy.js';
import type { Core } from './core.js';

/** What `chaos` does to deliveries. At least one of the two rates is given. */
export interface ChaosOptions {
  /** Which part of the deliveries is made twice, 0 to 1. None. */
  readonly duplicate?: number | undefined;
  /** Which part of the deliveries starts late, 0 to 1. None. */
  readonly reorder?: number | undefined;
  /** A whole number from 0 to 4,294,967,295: with the same one the same calls come in the same order. By chance. */
  readonly seed?: number | undefined;
}

/** Deliveries as AWS warns of them, until it is disposed, or the bridge reset or restored. */
export interface Chaos extends Handle {
  /** The seed: what to give to see the same again. */
  readonly seed: number;
  /** How many deliveries were made twice. */
  readonly duplicated: number;
  /** How many deliveries started late. */
  readonly reordered: number;
}

/** Seeds are whole numbers below this one. */
export const seeds = 2 ** 32;

/** `core` throws if the bridge is closed. */
export function startChaos(core: Core, { duplicate = 0, reorder = 0, seed }: ChaosOptions): Chaos {
  const { inFlight } = core.context;
  if (inFlight.chaosPolicy !== undefined) {
    throw invalid('chaos: the bridge is in chaos already: dispose that first.');
  }
  // Not by the bridge's `random`: a test that fixes it would get the same chaos everywhere.
  const chosen = seed ?? Math.floor(Math.random() * seeds);
  const policy = new ChaosPolicy({ duplicate, reorder }, chosen);
  inFlight.chaosPolicy = policy;
  const end = () => {
    if (inFlight.chaosPolicy === policy) inFlight.chaosPolicy = undefined;
  };
  return {
    seed: chosen,
    get duplicated() {
      return policy.duplicated;
    },
    get reordered() {
      return policy.reordered;
    },
    dispose: end,
    [dispose]: end,
  };
}
