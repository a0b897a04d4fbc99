import type { Home } from '../base/arn.js';
import type { TimedClock } from '../base/clock/clock.js';
import { invalid } from '../base/service-error.js';
import type { DeliveryEvents } from '../delivery/dispatcher.js';
import { Dispatcher } from '../delivery/dispatcher.js';
import type { Route } from '../delivery/route.js';
import type { BusEvent } from '../events/bus-event.js';
import type { Ingest, Origin } from '../events/ingest.js';
import type { OperationCall } from '../history/call-log.js';
import type { EventMatcher } from '../patterns/index/event-matcher.js';
import type { HandledFunction } from '../targets/handlers.js';
import type { Citation, TargetKind } from '../targets/target-kind.js';
import { Store } from './collections.js';
import type { Operation, OperationSet, Part, Plugin, RecipientFor, ServiceKey } from './plugin.js';
import type { EntryInterceptor } from './put-events.js';
import { makeRecipient } from './recipients.js';
import { acceptEvent, type RoutingReport } from './routing-plan.js';
import { RoutingTable } from './routing-table.js';

/** What a host is given. */
export interface Environment {
  readonly home: Home;
  /** Throws where the clock of the options fails: for what a caller waits for. */
  readonly clock: TimedClock;
  /** Never throws: for what no caller waits for. */
  readonly safeClock: TimedClock;
  readonly ids: () => string;
  /** Never throws. */
  readonly random: () => number;
  readonly limits: Readonly<Record<string, number>>;
  readonly createMatcher: () => EventMatcher<Route>;
  /** Handlers by ARN. */
  readonly functions: Map<string, HandledFunction>;
  /** What templates say, by ARN. */
  readonly templateSources: Map<string, Citation>;
  readonly report: RoutingReport;
  readonly deliveries: DeliveryEvents;
  /** Told of every call, once it is answered or refused. */
  readonly onCall: (call: OperationCall) => void;
  /** Keeps what is thrown where no call is there to throw it. */
  readonly capture: (work: () => void) => void;
  readonly absentPlugins: AbsentPlugins;
}

/** Names the plugins that a bridge could have and has not. */
export interface AbsentPlugins {
  /** The one that has this operation. */
  ofOperation(name: string): string | undefined;
  /** The one that knows targets with this ARN. */
  ofTarget(arn: string): string | undefined;
}

/** What plugins work with: everything of a bridge that `reset` makes anew. */
export interface Host extends Environment {
  readonly store: Store;
  readonly routes: RoutingTable;
  readonly inFlight: Dispatcher;
  readonly operations: OperationSet;
  readonly plugins: readonly Plugin[];
  readonly parts: readonly Part[];
  /** By the names of their plugins. */
  readonly partsByName: ReadonlyMap<string, Part>;
  readonly interceptors: readonly EntryInterceptor[];
  readonly recipientFor: RecipientFor;
  /** Lets an event in. Throws what a violation policy objects to. */
  readonly ingest: Ingest;
  /** The same for what has no caller: errors are deferred. With `rules`, the event is for none but these. */
  readonly ingestDeferred: (makeEvent: () => BusEvent, origin: Origin, rules?: ReadonlySet<string>) => void;
  /** The quota of this name, which one of the plugins declares. */
  limit(name: string): number;
  has(plugin: string): boolean;
  /** What a plugin offers to others; `undefined` if it is absent. */
  find<Service extends object>(key: ServiceKey<Service>): Service | undefined;
  /** The same; throws a ValidationException that names the plugin, for `what` needs it. */
  require<Service extends object>(key: ServiceKey<Service>, what: string): Service;
  targetKind(arn: string): TargetKind | undefined;
}

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

/** The rejection of what only a plugin can do that is absent. */
export function pluginNeeded(what: string, plugin: string): Error {
  return invalid(`${what} needs the plugin ${plugin}: createBridge({ plugins: [${plugin}()] }).`);
}
