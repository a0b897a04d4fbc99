import { toHaveDeliveredTo } from './testing/delivered-matcher.js';
import { toEventuallyReceiveEvent } from './testing/eventually.js';
import { toHaveDeadLetters, toHaveNoFailures } from './testing/failure-matchers.js';
import { eventMatching, toBeValidEventPattern, toMatchEventPattern } from './testing/pattern-matchers.js';
import {
  toHaveReceivedEvent,
  toHaveReceivedEvents,
  toHaveReceivedEventTimes,
  toHaveReceivedEventWith,
} from './testing/received-matchers.js';

export type { AsymmetricBridgeMatchers, BridgeMatchers, EventValues } from './testing/bridge-matchers.js';
export type { DeliveredOptions } from './testing/delivered-matcher.js';
export type { MatcherContext, MatcherResult } from './testing/matcher.js';
export type { EventuallyOptions, ReceivedOptions } from './testing/received-options.js';

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
 *
 * Where Jest runs ES modules nothing else is needed. Where it runs CommonJS it has to make that of this package too, by
 * babel-jest (which comes with Jest) and `@babel/plugin-transform-modules-commonjs`:
 *
 * ```js
 * transform: { '\\.js$': ['babel-jest', { plugins: ['@babel/plugin-transform-modules-commonjs'] }] },
 * transformIgnorePatterns: ['/node_modules/(?!footbridge/)'],
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
