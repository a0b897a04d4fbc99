import type { Clock } from '../base/clock/clock.js';
import { printable } from '../base/describe.js';
import { asyncDispose } from '../base/disposable.js';
import type { DefinedEvent, PublishedBy } from '../contracts/event-definition.js';
import { operationTable } from '../operations/operation-table.js';
import type { OperationName } from '../operations/operations.js';
import { perform } from '../operations/perform.js';
import { handleArn } from '../targets/handlers.js';
import { brand, type Inside } from './brand.js';
import type { Bridge, OperationMethods } from './bridge.js';
import { busHandle } from './bus-handle.js';
import { coverage } from './coverage.js';
import { explain } from './explain.js';
import { makeFaults } from './faults.js';
import { inject } from './inject.js';
import { type Inspection, inspectable } from './inspection.js';
import { Lifecycle } from './lifecycle.js';
import type { BridgeOptions } from './options.js';
import { describeBridge, overviewOf, summaryOf } from './overview.js';
import { planDeliveries } from './plan.js';
import { publish } from './publish.js';
import { anyPolicy, handlerChecks, readCallOptions, text } from './read-call-options.js';
import { readOptions } from './read-options.js';
import { replay } from './replay.js';
import { tellReset } from './resets.js';
import { usualPatience } from './settle.js';
import { takeSnapshot } from './snapshot.js';
import { startChaos } from './start-chaos.js';
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
  patience: () => number = () => usualPatience,
): Bridge {
  const settings = readOptions(options);
  const life = new Lifecycle(settings, closing, patience);
  const { core, openCore, history, observers } = life;

  const invoke: Bridge['invoke'] = async (name, input) => {
    const { context } = openCore();
    const output = perform(context, name, input);
    const turn = context.inFlight.nextDispatchTurn();
    if (turn !== undefined) await turn;
    return output;
  };
  const inspect = (): Inspection => {
    const { context, queues, logGroups, functions, targetNames: citations } = core();
    const { store, routes, inFlight } = context;
    const isRecorded = settings.history > 0;
    const targets = { queues, logGroups, functions, citations };
    return { history, isRecorded, observers, store, routes, inFlight, ...targets, bus: undefined };
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
      const turn = context.inFlight.nextDispatchTurn();
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
    queue: (arnOrName, how) => {
      const { policy } = readCallOptions('queue', how, { policy: anyPolicy });
      const queue = core().queues.get(arnOrName);
      if (policy !== undefined) core().policies.set(queue.arn, policy);
      return queue;
    },
    logs: (arnOrName) => core().logGroups.get(arnOrName),
    faults: makeFaults(openCore),
    plan: async (event, place) => planDeliveries(openCore(), event, readCallOptions('plan', place, onBus).bus),
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
      tellReset(bridge);
    },
    snapshot: () => takeSnapshot(openCore()),
    restore: (snapshot) => life.restore(snapshot),
    resetHistory: () => life.resetHistory(),
    close: life.close,
    [asyncDispose]: async () => {
      await life.close();
    },
  };
  const inside: Inside = {
    overview: () => overviewOf(core()),
    disturb: (how) => startChaos(openCore(), how),
    setPolicy: (arn, policy) => openCore().policies.set(arn, policy),
    nameTarget: (arn, citation) => openCore().targetNames.set(arn, citation),
  };
  Object.assign(bridge, { [brand]: inside });
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
