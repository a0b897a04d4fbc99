import { allPlugins } from '../../src/bridge/all-plugins.js';
import { createCore } from '../../src/bridge/core.js';
import { defaultLimits } from '../../src/bridge/create-bridge.js';
import { type CommonOptions, defaults } from '../../src/bridge/options.js';
import { perform } from '../../src/core/perform.js';
import type { Host } from '../../src/core/plugin.js';
import { Observers } from '../../src/history/observers.js';
import type { OperationName, Operations } from '../../src/index.js';
import type { Structure } from '../../src/model/shape.js';
import { RuleIndex } from '../../src/patterns/index/rule-index.js';

const plugins = allPlugins([], 0);

/** The shape of the input of each operation. */
export const shapes = Object.fromEntries(
  plugins.flatMap(({ operations = {} }) => Object.entries(operations).map(([name, { shape }]) => [name, shape])),
) as Readonly<Record<OperationName, Structure>>;

export const operationNames = Object.keys(shapes) as OperationName[];

/** A host with all plugins, without a bridge around it. */
export function createHost(options: CommonOptions = {}): Host {
  const settings = { ...defaults, ...options, limits: { ...defaultLimits } } as never;
  const composition = {
    settings,
    plugins: allPlugins(options.buses ?? [], 0),
    createMatcher: () => new RuleIndex<never>() as never,
  };
  return createCore(composition, { history: undefined, observers: new Observers() }).host;
}

/** Performs an operation at once. */
export function performOn<Name extends OperationName>(
  host: Host,
  name: Name,
  input: unknown,
): Operations[Name]['output'] {
  return perform(host, name, input) as Operations[Name]['output'];
}
