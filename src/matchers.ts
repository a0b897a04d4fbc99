import { toHaveDeliveredTo } from './testing/matchers/delivered-matcher.js';
import { toHaveDeadLetters, toHaveNoFailures } from './testing/matchers/failure-matchers.js';
import { eventMatching, toBeValidEventPattern, toMatchEventPattern } from './testing/matchers/pattern-matchers.js';
import {
  toEventuallyReceiveEvent,
  toHaveReceivedEvent,
  toHaveReceivedEvents,
  toHaveReceivedEventTimes,
  toHaveReceivedEventWith,
} from './testing/matchers/received-matchers.js';

export { type WithBridge, withBridge } from './testing/fixture/bridge-fixture.js';
export type { MatcherContext, MatcherResult } from './testing/matcher-call.js';
export type { AsymmetricBridgeMatchers, BridgeMatchers, EventValues } from './testing/matchers/bridge-matchers.js';
export type { DeliveredOptions } from './testing/matchers/delivered-matcher.js';
export type { EventuallyOptions, ReceivedOptions } from './testing/matchers/received-options.js';

/**
 * The assertion matchers for any `expect` with an `extend` like that of Jest and vitest.
 *
 * `footbridge/vitest` and `footbridge/jest` have already added them. The types are `BridgeMatchers` and `AsymmetricBridgeMatchers`; for
 * the package `expect`:
 *
 * ```ts
 * declare module 'expect' {
 *   interface Matchers<R, T> extends BridgeMatchers<R> {}
 *   interface AsymmetricMatchers extends AsymmetricBridgeMatchers {}
 * }
 * ```
 *
 * @example expect.extend(matchers);
 */
export const matchers = {
  toMatchEventPattern,
  toBeValidEventPattern,
  toHaveReceivedEvent,
  toHaveReceivedEventWith,
  toHaveReceivedEventTimes,
  toHaveReceivedEvents,
  toEventuallyReceiveEvent,
  toHaveDeliveredTo,
  toHaveDeadLetters,
  toHaveNoFailures,
  eventMatching,
};
