import { expect as jestExpect, test as jestTest } from '@jest/globals';
import type { BridgeOptions } from './bridge/options.js';
import type { DefinedEvent } from './contracts/event-definition.js';
import { matchers } from './matchers.js';
import { type BridgeTest, createBridgeTest, type RunnerTests } from './testing/fixture/jest-test.js';
import type { AsymmetricBridgeMatchers, BridgeMatchers } from './testing/matchers/bridge-matchers.js';

export { afterAll, afterEach, beforeAll, beforeEach, describe, jest } from '@jest/globals';
export type { WithBridge } from './testing/fixture/bridge-fixture.js';
export type { BridgeTest, BridgeTestBody, RegisterTest } from './testing/fixture/jest-test.js';
export type { AsymmetricBridgeMatchers, BridgeMatchers, EventValues } from './testing/matchers/bridge-matchers.js';
export type { DeliveredOptions } from './testing/matchers/delivered-matcher.js';
export type { EventuallyOptions, ReceivedOptions } from './testing/matchers/received-options.js';

jestExpect.extend(matchers as never);

/** Jest's `expect` with the assertion matchers for events and bridges. */
export type BridgeExpect = (<Actual = unknown>(
  actual: Actual,
) => ReturnType<typeof jestExpect<Actual>> & BridgeMatchers<void> & { not: BridgeMatchers<void> }) &
  typeof jestExpect &
  AsymmetricBridgeMatchers;

/**
 * Jest's `expect` with the matchers of `BridgeMatchers`.
 *
 * @example expect(bridge).toHaveReceivedEvent({ source: ['com.shop'] });
 */
export const expect: BridgeExpect = jestExpect as never;

/**
 * Returns a `test` whose bridges have these options.
 *
 * @param options - The options of each test's bridge.
 * @returns Jest's `test`, whose tests receive `{ bridge, clock }`.
 * @example const test = createTest({ buses: ['orders'] });
 */
export function createTest<Event extends DefinedEvent = DefinedEvent>(
  options?: BridgeOptions<Event>,
): BridgeTest<Event> {
  return createBridgeTest(jestTest as unknown as RunnerTests, options);
}

/**
 * Jest's `test`, whose tests receive a bridge and a clock of their own: `{ bridge, clock }`.
 *
 * After the test the bridge is checked and closed as by `withBridge`.
 *
 * @example test('publishes', async ({ bridge }) => { await bridge.publish(order); });
 */
export const test: BridgeTest = createTest();

/** The same as `test`. */
export const it: BridgeTest = test;
