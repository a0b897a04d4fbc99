import { type DisposableHandle, dispose } from '../base/disposable.js';
import { invalid } from '../base/service-error.js';
import { rate, readCallOptions } from '../core/call-options.js';
import type { Host } from '../core/plugin.js';
import { pluginNeeded } from '../core/responses.js';

import { ChaosPolicy } from '../delivery/chaos-policy.js';
import { internalsOf } from './internals.js';

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
export interface Chaos extends DisposableHandle {
  /** The seed: what to give to see the same again. */
  readonly seed: number;
  /** How many deliveries were made twice. */
  readonly duplicated: number;
  /** How many deliveries started late. */
  readonly reordered: number;
}

/** Seeds are whole numbers below this one. */
export const seeds = 2 ** 32;

export function startChaosOn({ inFlight }: Host, { duplicate = 0, reorder = 0, seed }: ChaosOptions): Chaos {
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

const checks = {
  duplicate: rate,
  reorder: rate,
  seed: {
    holds: (value: unknown) => Number.isInteger(value) && (value as number) >= 0 && (value as number) < seeds,
    wanted: 'a whole number from 0 to 4294967295',
  },
};

/**
 * Delivers as AWS warns that it may: at least once, and in any order. A duplicate is a delivery of its own to the same target or
 * subscription: it has its own attempts and its own outcome, counts in every report, and its records say `duplicate: true`. A
 * delivery that is reordered starts in the next turn of the event loop, after what has been published by then, and in no order
 * with others of its kind; it is waited for by `idle`, and nothing is lost. Retries come when they are due. What starts from
 * now on is concerned, until `dispose`. Throws `ValidationException` for options that are wrong, for a bridge that is in chaos
 * already, and for what is no bridge of this version.
 */
export function chaos(bridge: object, options: ChaosOptions): Chaos {
  const { disturb } = internalsOf(bridge, 'chaos');
  if (disturb === undefined) throw pluginNeeded('chaos', 'faults');
  const read = readCallOptions('chaos', options, checks);
  if (read.duplicate === undefined && read.reorder === undefined) {
    throw invalid('chaos: a duplicate or a reorder must be given.');
  }
  return disturb(read);
}
