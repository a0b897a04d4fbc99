import { type VirtualClock, virtualClock } from '../base/clock/virtual-clock.js';
import { sequentialIds } from '../base/random.js';
import type { Bridge } from '../bridge/bridge.js';
import { makeBridge } from '../bridge/create-bridge.js';
import type { BridgeOptions } from '../bridge/options.js';
import type { DefinedEvent, PublishedBy } from '../contracts/event-definition.js';
import { patienceWithin } from './patience.js';
import { watchFailures } from './watch-failures.js';

/** What a test is given. */
export interface BridgeFixtures<Event extends DefinedEvent = DefinedEvent> {
  /** A bridge of this test alone, on `clock`, with sequential ids. */
  bridge: Bridge<PublishedBy<Event>>;
  /** The virtual clock of this bridge. It starts at 2026-01-01T00:00:00Z. */
  clock: VirtualClock;
  /** How the bridge is to be; what is given here comes before the clock and ids of the fixture. */
  bridgeOptions: BridgeOptions<Event>;
}

/** A fixture as `test.extend` takes it: it gives a value to `use`, and goes on when the test is over. */
export type Fixture<Needs, Value> = (needs: Needs, use: (value: Value) => Promise<void>) => Promise<void>;

/** The three fixtures, for `test.extend`. */
export interface BridgeFixture<Event extends DefinedEvent = DefinedEvent> {
  /** The options that were given, `{}` if none. */
  bridgeOptions: BridgeOptions<Event>;
  /** Makes the clock. */
  clock: Fixture<Pick<BridgeFixtures<Event>, 'bridgeOptions'>, VirtualClock>;
  /** Makes the bridge, and closes it after the test. `task` is what vitest knows of the test, from which its timeout is read. */
  bridge: Fixture<
    Pick<BridgeFixtures<Event>, 'bridgeOptions' | 'clock'> & { readonly task?: object },
    Bridge<PublishedBy<Event>>
  >;
}

/**
 * The fixtures `bridge`, `clock` and `bridgeOptions` for the `test.extend` of a vitest: `base.extend(bridgeFixture())`.
 *
 * After the test the bridge comes to rest as by `idle`, and is closed; retries that still wait are not made. The test fails
 * for each delivery that failed or was dead-lettered, each Lambda function that threw to its end, and each failure whose retry
 * still waits, that nobody asserted (by `toHaveDeadLetters`, `toHaveNoFailures` or `.not.toHaveDeliveredTo`), observed (by
 * `bridge.observe`) or read (in `records`, `deliveries` or `journeys` of the history, or by asking `bridge.queue` for the
 * queue it lies in). The option `onFailedDelivery` decides: `'ignore'`, `'warn'` and a function leave
 * the test alone; with `'error'` failed deliveries make `idle` reject, or the test fail if it never asks. Targets that nothing
 * handles are for `onUnhandledTarget`.
 *
 * `idle`, `drain` and `close` give up half a second before the timeout of the test, if that comes before their own 5 s: the test
 * fails with the deliveries that still run, not with its timeout.
 */
export function bridgeFixture<Event extends DefinedEvent = DefinedEvent>(
  options: BridgeOptions<Event> = {},
): BridgeFixture<Event> {
  return {
    bridgeOptions: options,
    clock: async ({ bridgeOptions }, use) => {
      await use(isVirtual(bridgeOptions.clock) ? bridgeOptions.clock : virtualClock());
    },
    bridge: async ({ bridgeOptions, clock, task }, use) => {
      const patience = patienceWithin(task);
      const { onFailedDelivery } = bridgeOptions;
      const isWatched = onFailedDelivery === undefined || onFailedDelivery === 'error';
      const options: BridgeOptions = {
        ids: sequentialIds(),
        ...bridgeOptions,
        clock: bridgeOptions.clock ?? clock,
        onFailedDelivery: onFailedDelivery ?? 'ignore',
      };
      const bridge = makeBridge(options, () => {}, patience.left) as Bridge<PublishedBy<Event>>;
      const unobserved = isWatched ? watchFailures(bridge, onFailedDelivery === 'error') : () => undefined;
      try {
        await use(bridge);
        patience.end();
        await bridge.idle();
        const message = unobserved();
        if (message !== undefined) throw failure(message);
      } finally {
        await bridge.close({ signal: AbortSignal.abort() });
      }
    },
  };
}

/** Its stack would only show this file. */
function failure(message: string): Error {
  const error = new Error(message);
  error.stack = `Error: ${message}`;
  return error;
}

function isVirtual(clock: BridgeOptions['clock']): clock is VirtualClock {
  return clock !== undefined && 'advance' in clock;
}
