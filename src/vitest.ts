import { expect, type TestAPI, test as vitestTest } from 'vitest';
import { matchers } from './matchers.js';
import type { Stack } from './templates/deploy/stack.js';
import type { LoadOptions } from './templates/load/load-options.js';
import { type AppOptions as AnyAppOptions, createAppFixture } from './testing/fixture/app-fixture.js';
import { type BridgeFixtures, bridgeFixture } from './testing/fixture/bridge-fixture.js';
import type { AsymmetricBridgeMatchers, BridgeMatchers } from './testing/matchers/bridge-matchers.js';

export {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  onTestFailed,
  onTestFinished,
  vi,
} from 'vitest';
export type { BridgeFixture, BridgeFixtures, Fixture } from './testing/fixture/bridge-fixture.js';
export { bridgeFixture } from './testing/fixture/bridge-fixture.js';
export type { AsymmetricBridgeMatchers, BridgeMatchers, EventValues } from './testing/matchers/bridge-matchers.js';
export type { DeliveredOptions } from './testing/matchers/delivered-matcher.js';
export type { EventuallyOptions, ReceivedOptions } from './testing/matchers/received-options.js';

declare global {
  // vitest 4 and 5 differ in the type parameters of their matchers; Chai's interfaces reach every version.
  // biome-ignore lint/style/noNamespace: the only way to extend it.
  namespace Chai {
    interface Assertion extends BridgeMatchers<void> {}
    interface ExpectStatic extends AsymmetricBridgeMatchers {}
  }
}

expect.extend(matchers as never);

/**
 * vitest's `test` with the fixtures `bridge`, `clock` and `bridgeOptions`: a bridge and a clock of its own for each test.
 *
 * Set options with `test.override('bridgeOptions', { buses: ['orders'] })`; with vitest 3.2 use
 * `test.scoped({ bridgeOptions: … })`.
 *
 * @see {@link bridgeFixture} for the checks after each test.
 * @example test('publishes', async ({ bridge }) => { await bridge.publish(order); });
 */
export const test: TestAPI<BridgeFixtures> = vitestTest.extend<BridgeFixtures>(bridgeFixture() as never) as never;

/** The same as `test`. */
export const it: TestAPI<BridgeFixtures> = test;

/** vitest's `expect` with the matchers of `BridgeMatchers`. */
export { expect };

/** An application under test: its template, functions and clients. */
export type AppOptions = AnyAppOptions<LoadOptions>;

/** What a test of an application receives. */
export type AppFixtures = BridgeFixtures & {
  /** The loaded template. */
  readonly stack: Stack;
};

/**
 * Returns a `test` for an application that a template deploys.
 *
 * For each test it loads the template, registers the functions as handlers, sets the environment variables that the template gives
 * them, and sends the requests of the given SDK clients to the bridge. After the test it restores the environment and the clients.
 *
 * @param options - The template, its functions and the clients to retarget.
 * @returns vitest's `test` with the fixtures `bridge`, `clock` and `stack`.
 * @throws {TemplateError} in each test, when the template cannot be loaded.
 * @example const test = appTest({ template: 'template.yaml', functions: { Bill }, retarget: EventBridgeClient });
 */
export function appTest(options: AppOptions): TestAPI<AppFixtures> {
  const { stack, ...fixtures } = createAppFixture<Stack>(loadTemplate, options);
  // Every test needs the application, also one that does not ask for `stack`.
  return vitestTest.extend<AppFixtures>({ ...fixtures, stack: [stack, { auto: true }] } as never) as never;
}

/** Imported when needed, because most tests have no template. */
const loadTemplate = async (...args: Parameters<typeof import('./templates.js').loadTemplate>): Promise<Stack> =>
  (await import('./templates.js')).loadTemplate(...args);
