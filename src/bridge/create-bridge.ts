import type { Clock } from '../base/clock/clock.js';
import type { DefinedEvent, PublishEventOf } from '../contracts/event-definition.js';
import type { Route } from '../delivery/route.js';
import { RuleIndex } from '../patterns/index/rule-index.js';
import { allPlugins } from './all-plugins.js';
import { assembleBridge } from './assemble.js';
import type { Bridge } from './bridge.js';
import type { BridgeOptions, Limits } from './options.js';
import { historyCheck, limitsOf, readOptions } from './read-options.js';

/** AWS's quotas, and Footbridge's own. */
export const defaultLimits = limitsOf(allPlugins([], 0)) as unknown as { readonly [Name in keyof Limits]: number };

/** Creates a bridge. Throws an Error that names every option which is unknown or wrong. */
export function createBridge<Event extends DefinedEvent = DefinedEvent, Time extends Clock = Clock>(
  options?: BridgeOptions<Event, Time>,
): Bridge<PublishEventOf<Event>, Time> {
  return makeBridge(options) as Bridge<PublishEventOf<Event>, Time>;
}

/**
 * The same. `closing` is called once, when `close` is; `idleTimeout` returns how many milliseconds of real time `idle` and the like
 * wait for what runs.
 */
export function makeBridge(
  options: BridgeOptions | undefined,
  closing?: () => void,
  idleTimeout?: () => number,
): Bridge {
  const settings = readOptions(options, {
    checks: { history: historyCheck },
    defaults: { history: 10_000 },
    limits: { ...defaultLimits },
  });
  const composition = {
    settings,
    plugins: allPlugins(settings.buses, settings.history),
    createMatcher: () => new RuleIndex<Route>(),
  };
  return assembleBridge(composition, closing, idleTimeout) as unknown as Bridge;
}
