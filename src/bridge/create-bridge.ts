import type { Clock } from '../base/clock/clock.js';
import { printable } from '../base/describe.js';
import { asyncDispose } from '../base/disposable.js';
import type { DefinedEvent, PublishedBy } from '../contracts/event-definition.js';
import { perform } from '../core/perform.js';
import { replay } from '../resources/replays/replay-recorded.js';
import { handleArn } from '../targets/handle-arn.js';
import type { Bridge, OperationMethods } from './bridge.js';
import { busHandle } from './bus-handle.js';
import { startChaosOn } from './chaos.js';
import { defaultIdleTimeout } from './drain.js';
import { dryRunDeliveries } from './dry-run.js';
import { coverage, explain } from './explain.js';
import { makeFaults } from './faults.js';
import { inject } from './inject.js';
import { type BridgeInternals, bridgeBrand, emitReset, type Inspection, inspectable } from './internals.js';
import { Lifecycle } from './lifecycle.js';
import { operationTable } from './operation-table.js';
import type { OperationName } from './operations.js';
import type { BridgeOptions } from './options.js';
import { describeBridge, overviewOf, summaryOf } from './overview.js';
import { publish } from './publish.js';
import { handlerChecks, readCallOptions, text } from './read-call-options.js';
import { readOptions } from './read-options.js';
import { takeSnapshot } from './snapshot.js';
import { subscribe } from './subscription.js';
import { waitFor } from './wait-for.js';

const onBus = { bus: text };

/** Makes a bridge. Throws an Error that names every option which is unknown or wrong. */
export function createBridge<Event extends DefinedEvent = DefinedEvent, Time extends Clock = Clock>(
  options?: BridgeOptions<Event, Time>,
): Bridge<PublishedBy<Event>, Time> {
  return makeBridge(options, () => {}) as Bridge<PublishedBy<Event>, Time>;
}

/**
 * `closing` is called once, when `close` is. `patience` answers how many milliseconds of real time `idle` and its like wait for
 * what runs.
 */
export function makeBridge(
  options: BridgeOptions | undefined,
  closing: () => void,
  patience: () => number = () => defaultIdleTimeout,
): Bridge {
  const settings = readOptions(options);
  const life = new Lifecycle(settings, closing, patience);
  const { core, openCore, history, observers } = life;

  const invoke: Bridge['invoke'] = async (name, input) => {
    const { context } = openCore();
    const output = perform(context, name, input);
    const turn = context.inFlight.turn();
    if (turn !== undefined) await turn;
    return output;
  };
  const inspect = (): Inspection => {
    const { context, places, functions, targetNames: citations } = core();
    const { store, routes, inFlight } = context;
    const isRecorded = settings.history > 0;
    return { history, isRecorded, observers, store, routes, inFlight, places, functions, citations, bus: undefined };
  };
  const bridge: Bridge = {
    ...operationMethods(invoke),
    account: settings.account,
    region: settings.region,
    clock: settings.clock,
    history,
    invoke,
    publish: ((input: unknown) => publish(openCore, input)) as Bridge['publish'],
    inject: async (event, place) => {
      const { context } = openCore();
      const id = inject(context, event, readCallOptions('inject', place, onBus).bus);
      const turn = context.inFlight.turn();
      if (turn !== undefined) await turn;
      return id;
    },
    replay: (events, how) => replay(openCore, events, how),
    on: (pattern, handler, place) => subscribe(openCore(), core, 'default', pattern, handler, place),
    handle: (arnOrName, target, how) => {
      const { functions, context } = openCore();
      return handleArn(functions, context.home, arnOrName, target, readCallOptions('handle', how, handlerChecks));
    },
    bus: (name) => busHandle(openCore, core, name, inspect),
    // What lies in queues and logs can be read when the bridge is closed.
    queue: (arnOrName) => core().places.queue(arnOrName),
    logs: (arnOrName) => core().places.logs(arnOrName),
    faults: makeFaults(openCore),
    plan: async (event, place) => dryRunDeliveries(openCore(), event, readCallOptions('plan', place, onBus).bus),
    idle: () => life.idle(),
    drain: () => life.drain(),
    waitFor: async (pattern, how) => {
      openCore();
      return waitFor(history, observers, pattern, how);
    },
    observe: (kind, observer) => observers.observe(kind, observer),
    explain: (event, place) => explain(openCore(), history, event, readCallOptions('explain', place, onBus).bus),
    coverage: () => coverage(openCore().context, history),
    reset: () => {
      life.reset();
      emitReset(bridge);
    },
    snapshot: () => takeSnapshot(openCore()),
    restore: (snapshot) => life.restore(snapshot),
    resetHistory: () => life.resetHistory(),
    close: life.close,
    [asyncDispose]: async () => {
      await life.close();
    },
  };
  const inside: BridgeInternals = {
    overview: () => overviewOf(core()),
    disturb: (how) => startChaosOn(openCore(), how),
    nameTarget: (arn, citation) => openCore().targetNames.set(arn, citation),
  };
  Object.assign(bridge, { [bridgeBrand]: inside });
  const print = () => describeBridge(core(), life.isClosed ? 'closed' : 'open');
  return printable(inspectable(bridge, inspect), print, () => summaryOf(core()));
}

/** `putRule` and its like, made from the table of operations. */
function operationMethods(invoke: Bridge['invoke']): OperationMethods {
  const names = Object.keys(operationTable) as OperationName[];
  const methods = names.map((name) => [
    name.charAt(0).toLowerCase() + name.slice(1),
    (input?: never) => invoke(name, input),
  ]);
  return Object.fromEntries(methods);
}
