// biome-ignore lint/correctness/noUnresolvedImports: Jest provides it.
import { expect as jestExpect, test as jestTest } from '@jest/globals';
import type { BridgeOptions } from './bridge/options.js';
import type { DefinedEvent } from './contracts/event-definition.js';
import { matchers } from './matchers.js';
import type { Stack } from './templates/deploy/stack.js';
import type { LoadOptions } from './templates/load/load-options.js';
import { type AppOptions as AnyAppOptions, type WithApp, withApp } from './testing/fixture/app-fixture.js';
import { type WithBridge, withBridge } from './testing/fixture/bridge-fixture.js';
import { createFixtureTest, type FixtureTest, type RunnerTests } from './testing/fixture/jest-test.js';
import type { AsymmetricBridgeMatchers, BridgeMatchers } from './testing/matchers/bridge-matchers.js';

// biome-ignore lint/correctness/noUnresolvedImports: Jest provides it.
export { afterAll, afterEach, beforeAll, beforeEach, describe, jest } from '@jest/globals';
export type { WithApp } from './testing/fixture/app-fixture.js';
export type { WithBridge } from './testing/fixture/bridge-fixture.js';
export type { FixtureTest, RegisterTest } from './testing/fixture/jest-test.js';
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

/** Jest's `test`, whose tests receive `{ bridge, clock }`. */
export type BridgeTest<Event extends DefinedEvent = DefinedEvent> = FixtureTest<WithBridge<Event>>;

/**
 * Returns a `test` whose bridges have these options.
 *
 * @param options - The options of each test's bridge.
 * @returns Jest's `test`, whose tests receive `{ bridge, clock }`.
 * @example const test = bridgeTest({ buses: ['orders'] });
 */
export function bridgeTest<Event extends DefinedEvent = DefinedEvent>(
  options?: BridgeOptions<Event>,
): BridgeTest<Event> {
  return createFixtureTest(jestTest as RunnerTests, (body, timeout) => withBridge(body, options, timeout));
}

/**
 * Jest's `test`, whose tests receive a bridge and a clock of their own: `{ bridge, clock }`.
 *
 * After the test the bridge is checked and closed as by `withBridge`.
 *
 * @example test('publishes', async ({ bridge }) => { await bridge.publish(order); });
 */
export const test: BridgeTest = bridgeTest();

/** The same as `test`. */
export const it: BridgeTest = test;

/** An application under test: its template, functions and clients. */
export type AppOptions = AnyAppOptions<LoadOptions>;

/**
 * Returns a `test` for an application that a template deploys.
 *
 * For each test it loads the template, registers the functions as handlers, sets the environment variables that the template gives
 * them, and sends the requests of the given SDK clients to the bridge. After the test it restores the environment and the clients.
 *
 * @param options - The template, its functions and the clients to retarget.
 * @returns Jest's `test`, whose tests receive `{ bridge, clock, stack }`.
 * @throws {TemplateError} in each test, when the template cannot be loaded.
 * @example const test = appTest({ template: 'template.yaml', functions: { Bill }, retarget: EventBridgeClient });
 */
export function appTest(options: AppOptions): FixtureTest<WithApp<Stack>> {
  return createFixtureTest(jestTest as RunnerTests, (body, timeout) => withApp(loadTemplate, body, options, timeout));
}

/** Imported when needed, because most tests have no template. */
const loadTemplate = async (...args: Parameters<typeof import('./templates.js').loadTemplate>): Promise<Stack> =>
  (await import('./templates.js')).loadTemplate(...args);
