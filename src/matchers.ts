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

export type { MatcherContext, MatcherResult } from './testing/matcher-call.js';
export type { AsymmetricBridgeMatchers, BridgeMatchers, EventValues } from './testing/matchers/bridge-matchers.js';
export type { DeliveredOptions } from './testing/matchers/delivered-matcher.js';
export type { EventuallyOptions, ReceivedOptions } from './testing/matchers/received-options.js';

/**
 * The matchers for any `expect` that has `extend` as Jest and vitest have it: `expect.extend(matchers)`. `footbridge/vitest`
 * has done so. Their types are `BridgeMatchers` and `AsymmetricBridgeMatchers`; for Jest:
 *
 * ```ts
 * declare module 'expect' {
 *   interface Matchers<R, T> extends BridgeMatchers<R> {}
 *   interface AsymmetricMatchers extends AsymmetricBridgeMatchers {}
 * }
 * ```
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
