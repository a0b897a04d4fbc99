import { Dispatcher } from '../delivery/dispatcher.js';
import type { TargetKind } from '../targets/target-kind.js';
import { Store } from './collections.js';
import type { EntryInterceptor, Environment, Host, Operation, Part, Plugin } from './plugin.js';
import { makeRecipient } from './recipients.js';
import { pluginNeeded } from './responses.js';
import { acceptEvent } from './routing-plan.js';
import { RoutingTable } from './routing-table.js';

/** Puts a host together: first what is always there, then each plugin in its order. */
export function createHost(environment: Environment, plugins: readonly Plugin[]): Host {
  const operations: Record<string, Operation> = Object.assign({}, ...plugins.map((plugin) => plugin.operations ?? {}));
  const partsByName = new Map<string, Part>();
  const parts: Part[] = [];
  const kinds: TargetKind[] = [];
  const interceptors: EntryInterceptor[] = [];
  const host: Host = {
    ...environment,
    store: new Store(),
    routes: new RoutingTable(environment.createMatcher),
    inFlight: new Dispatcher(environment.safeClock, environment.random, environment.deliveries),
    operations,
    interceptors,
    plugins,
    parts,
    partsByName,
    recipientFor: (rule, target, recipientQueue) => makeRecipient(host, rule, target, recipientQueue),
    ingest: (event, origin) => acceptEvent(host, event, origin),
    ingestDeferred: (makeEvent, origin, rules) =>
      environment.capture(() => acceptEvent(host, makeEvent(), origin, rules)),
    limit: (name) => environment.limits[name] ?? Number.POSITIVE_INFINITY,
    has: (plugin) => partsByName.has(plugin),
    find: ({ plugin }) => partsByName.get(plugin)?.service as never,
    require: (key, what) => {
      const service = host.find(key);
      if (service === undefined) throw pluginNeeded(what, key.plugin);
      return service;
    },
    targetKind: (arn) => kinds.find((kind) => kind.accepts(arn)),
  };
  for (const { name, install } of plugins) {
    const part = install?.(host) ?? {};
    partsByName.set(name, part);
    parts.push(part);
    kinds.push(...(part.targetKinds ?? []));
    if (part.interceptor !== undefined) interceptors.push(part.interceptor);
  }
  for (const part of parts) part.ready?.();
  return host;
}
