import { invalid } from '../base/service-error.js';
import { inside } from './brand.js';
import type { Bridge } from './bridge.js';
import { rate, readCallOptions } from './read-call-options.js';
import { type Chaos, type ChaosOptions, seeds } from './start-chaos.js';

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
export function chaos(bridge: Bridge, options: ChaosOptions): Chaos {
  const { disturb } = inside(bridge, 'chaos');
  const read = readCallOptions('chaos', options, checks);
  if (read.duplicate === undefined && read.reorder === undefined) {
    throw invalid('chaos: a duplicate or a reorder must be given.');
  }
  return disturb(read);
}
