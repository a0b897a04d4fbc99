import { expect, type TestAPI, test as vitestTest } from 'vitest';
import { matchers } from './matchers.js';
import { type BridgeFixtures, bridgeFixture } from './testing/fixture/bridge-fixture.js';
import type { AsymmetricBridgeMatchers, BridgeMatchers } from './testing/matchers/bridge-matchers.js';

export type { BridgeFixture, BridgeFixtures, Fixture } from './testing/fixture/bridge-fixture.js';
export { bridgeFixture } from './testing/fixture/bridge-fixture.js';
export type { AsymmetricBridgeMatchers, BridgeMatchers, EventValues } from './testing/matchers/bridge-matchers.js';
export type { DeliveredOptions } from './testing/matchers/delivered-matcher.js';
export type { EventuallyOptions, ReceivedOptions } from './testing/matchers/received-options.js';

declare global {
  // Matchers of vitest 4 and 5 differ in their type parameters; what stands here reaches every version.
  // biome-ignore lint/style/noNamespace: only so can it be added to.
  namespace Chai {
    interface Assertion extends BridgeMatchers<void> {}
    interface ExpectStatic extends AsymmetricBridgeMatchers {}
  }
}

expect.extend(matchers as never);

/**
 * The `test` of vitest with the fixtures `bridge`, `clock` and `bridgeOptions`, as `bridgeFixture` makes them: a bridge and a
 * clock for each test. `test.override('bridgeOptions', { buses: ['orders'] })` sets options (vitest 3.2:
 * `test.scoped({ bridgeOptions: … })`).
 */
export const test: TestAPI<BridgeFixtures> = vitestTest.extend<BridgeFixtures>(bridgeFixture() as never) as never;

/** The `expect` of vitest with the matchers of `BridgeMatchers`. */
export { expect };
