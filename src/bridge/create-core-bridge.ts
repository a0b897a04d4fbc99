import type { Clock } from '../base/clock/clock.js';
import type { DefinedEvent, PublishEventOf } from '../contracts/event-definition.js';
import type { MembersOf, OperationMethodsOf, OperationTypes, Plugin } from '../core/plugin.js';
import { SmallRuleIndex } from '../patterns/index/small-rule-index.js';
import { assembleBridge } from './assemble.js';
import { type BasePlugins, basePlugins } from './base-plugins.js';
import type { CoreBridge, Invoker } from './bridge.js';
import type { CommonOptions } from './options.js';
import { limitsOf, pluginsCheck, readOptions } from './read-options.js';

/** The options of `createBridge` of `footbridge/core`. */
export interface CoreOptions<
  Plugins extends readonly Plugin[] = readonly Plugin[],
  Event extends DefinedEvent = DefinedEvent,
  Time extends Clock = Clock,
> extends CommonOptions<Event, Time> {
  /** What the bridge can do beside PutEvents, buses, rules, and targets with handlers. */
  readonly plugins?: Plugins | undefined;
}

/** A bridge with the members of its plugins, and no others. */
export type BridgeWith<
  Plugins extends readonly Plugin[],
  Event extends DefinedEvent = DefinedEvent,
  Time extends Clock = Clock,
> = CoreBridge<PublishEventOf<Event>, Time> &
  Invoker<OperationTypes<BaseOperations & OperationMethodsOf<Plugins>>> &
  BaseOperations &
  OperationMethodsOf<Plugins> &
  MembersOf<Plugins>;

type BaseOperations = OperationMethodsOf<BasePlugins>;

/**
 * Creates a bridge with only the plugins that are given.
 *
 * PutEvents, buses, rules, targets with handlers, `publish`, `on`, `handle`, `idle` and `waitFor` are always there. An operation of
 * a plugin that is absent throws `UnknownOperationException`, and what else a request asks of one is rejected by an error that names
 * it.
 *
 * @throws {Error} which names every option that is unknown or wrong.
 */
export function createBridge<
  const Plugins extends readonly Plugin[] = readonly [],
  Event extends DefinedEvent = DefinedEvent,
  Time extends Clock = Clock,
>(options?: CoreOptions<Plugins, Event, Time>): BridgeWith<Plugins, Event, Time> {
  const given = pluginsOf(options);
  const settings = readOptions(options, {
    checks: { plugins: pluginsCheck },
    defaults: { plugins: [] as readonly Plugin[] },
    limits: limitsOf([...basePlugins([]), ...given]),
  });
  const plugins = inOrder([...basePlugins(settings.buses), ...given]);
  return assembleBridge({ settings, plugins, createMatcher: () => new SmallRuleIndex() }) as never;
}

function pluginsOf(options: { readonly plugins?: readonly Plugin[] | undefined } | undefined): readonly Plugin[] {
  try {
    const given = options?.plugins;
    return given !== undefined && pluginsCheck[0](given) ? [...given] : [];
  } catch {
    // Told by `readOptions`.
    return [];
  }
}

/** Each after those that it requires. Throws for one that is missing, or there twice. */
function inOrder(plugins: readonly Plugin[]): readonly Plugin[] {
  const names = new Set<string>();
  for (const { name } of plugins) {
    if (names.has(name)) throw new Error(`createBridge: the plugin ${name} is given twice.`);
    names.add(name);
  }
  for (const { name, requires = [] } of plugins) {
    const missing = requires.find((other) => !names.has(other));
    if (missing !== undefined) throw new Error(`createBridge: the plugin ${name} needs ${missing}().`);
  }
  const ordered: Plugin[] = [];
  const add = (plugin: Plugin): void => {
    if (ordered.includes(plugin)) return;
    for (const other of plugins) if (plugin.requires?.includes(other.name)) add(other);
    ordered.push(plugin);
  };
  for (const plugin of plugins) add(plugin);
  return ordered;
}
