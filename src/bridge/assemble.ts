import { defineToString } from '../base/describe.js';
import { asyncDispose } from '../base/disposable.js';
import { handlerChecks, readCallOptions, text } from '../core/call-options.js';
import { perform } from '../core/perform.js';
import type { Host } from '../core/plugin.js';
import { pluginNeeded } from '../core/responses.js';
import { completeEnvelope, type PartialEnvelope } from '../events/partial-envelope.js';
import type { EventHistory } from '../history/history.js';
import { busesOf, findBus } from '../resources/event-buses/event-bus-record.js';
import { logGroupService } from '../resources/log-groups/log-groups.js';
import { queueService } from '../resources/queues/queues.js';
import { rulesOf } from '../resources/rules/rule-record.js';
import { handleArn } from '../targets/handlers.js';
import type { CoreBridge } from './bridge.js';
import { busHandle } from './bus-handle.js';
import type { Composition } from './core.js';
import { type BridgeInternals, bridgeBrand, emitReset, type Inspection, inspectable } from './internals.js';
import { Lifecycle } from './lifecycle.js';
import { describeBridge, overviewOf, summaryOf } from './overview.js';
import { publish } from './publish.js';
import { subscribe } from './subscription.js';
import { waitFor } from './wait-for.js';
import { defaultIdleTimeout } from './wait-until-idle.js';

const onBus = { bus: text };

/**
 * Makes a bridge of its plugins: the members that every bridge has, the operations as methods, and what plugins add. `closing` is
 * called once, when `close` is; `idleTimeout` returns how many milliseconds of real time `idle` and the like wait for what runs.
 */
export function assembleBridge(
  composition: Composition,
  closing: () => void = () => {},
  idleTimeout: () => number = () => defaultIdleTimeout,
): CoreBridge {
  const { settings, plugins } = composition;
  const life = new Lifecycle(composition, closing, idleTimeout);
  const { core, host, openCore, openHost, observers } = life;

  const invoke = async (name: string, input: unknown): Promise<object> => {
    const host = openHost();
    const output = perform(host, name, input);
    const turn = host.inFlight.nextDispatchTurn();
    if (turn !== undefined) await turn;
    return output;
  };
  const inspect = (): Inspection => inspectHost(host(), life.history(), life);
  const bridge: CoreBridge & { readonly invoke: typeof invoke } = {
    ...operationMethods(Object.keys(host().operations), invoke),
    ...Object.assign({}, ...plugins.map((plugin) => plugin.members?.(life))),
    account: settings.account,
    region: settings.region,
    clock: settings.clock,
    invoke,
    publish: ((input: unknown) => publish(openCore, input)) as CoreBridge['publish'],
    inject: async (event, options) => {
      const host = openHost();
      const id = inject(host, event, readCallOptions('inject', options, onBus).bus);
      const turn = host.inFlight.nextDispatchTurn();
      if (turn !== undefined) await turn;
      return id;
    },
    on: (pattern, handler, options) => subscribe(openCore(), core, 'default', pattern, handler, options),
    handle: (arnOrName, target, options) => {
      const { functions, home } = openHost();
      const read = readCallOptions('handle', options, handlerChecks);
      return handleArn(functions, home, arnOrName, target, read);
    },
    bus: (name) => busHandle(openCore, core, name, inspect),
    idle: () => life.idle(),
    drain: () => life.drain(),
    waitFor: async (pattern, options) => {
      openCore();
      return waitFor(life.history(), observers, life.describeNearest, pattern, options);
    },
    observe: (kind, observer) => observers.observe(kind, observer),
    reset: () => {
      life.reset();
      emitReset(bridge);
    },
    close: life.close,
    [asyncDispose]: async () => {
      await life.close();
    },
  };
  const internals: BridgeInternals = {
    ...life.internals,
    overview: () => overviewOf(host()),
    nameTarget: (arn, source) => openHost().templateSources.set(arn, source),
  };
  Object.assign(bridge, { [bridgeBrand]: internals });
  const print = () => describeBridge(core(), life.isClosed ? 'closed' : 'open');
  return defineToString(inspectable(bridge, inspect), print, () => summaryOf(core()));
}

/** Fills an event in and lets it in. Returns its id. */
function inject(host: Host, input: PartialEnvelope, bus: string | undefined): string {
  const event = completeEnvelope(host, findBus(host, bus).Name, input);
  host.ingest(event, 'inject');
  return event.id;
}

/** `putRule` and the like. */
function operationMethods(names: readonly string[], invoke: (name: string, input: unknown) => Promise<object>): object {
  const methods = names.map((name) => [
    name.charAt(0).toLowerCase() + name.slice(1),
    (input?: unknown) => invoke(name, input),
  ]);
  return Object.fromEntries(methods);
}

function inspectHost(host: Host, history: EventHistory | undefined, { observers }: Lifecycle): Inspection {
  if (history === undefined) throw pluginNeeded('An assertion', 'history');
  const { routes, inFlight, functions, templateSources: citations } = host;
  return {
    history,
    isRecorded: !history.isDisabled,
    observers,
    store: { buses: busesOf(host), rules: (bus) => rulesOf(host, bus) },
    routes,
    inFlight,
    queues: host.require(queueService, 'An assertion').queues,
    logGroups: host.require(logGroupService, 'An assertion').logGroups,
    functions,
    citations,
    bus: undefined,
  };
}
