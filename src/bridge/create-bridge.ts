import type { Clock } from '../base/clock.js';
import { asyncDispose } from '../base/disposable.js';
import { printable } from '../base/printable.js';
import { ServiceError } from '../base/service-error.js';
import type { DefinedEvent, PublishedBy } from '../contracts/event-definition.js';
import { EventHistory } from '../history/history.js';
import { Observers } from '../history/observers.js';
import { type OperationName, operations } from '../operations/operations.js';
import { perform } from '../operations/perform.js';
import type { Citation } from '../targets/citation.js';
import { handleArn } from '../targets/functions.js';
import { brand, type Inside } from './brand.js';
import type { Bridge, DeliveryReport, OperationMethods } from './bridge.js';
import { busHandle } from './bus-handle.js';
import { startChaos } from './chaos.js';
import { type Core, makeCore, noneEnded } from './core.js';
import { coverage } from './coverage.js';
import { drainAll } from './drain.js';
import { explain } from './explain.js';
import { makeFaults } from './faults.js';
import { inject } from './inject.js';
import { type Inspection, inspectable } from './inspection.js';
import { targetNamer } from './name-target.js';
import type { BridgeOptions } from './options.js';
import { describeBridge, overviewOf, summaryOf } from './overview.js';
import { planDeliveries } from './plan.js';
import { publish } from './publish.js';
import { signal as abortSignal, handlerChecks, readCallOptions, text } from './read-call-options.js';
import { readOptions } from './read-options.js';
import { replay } from './replay.js';
import { tellReset } from './resets.js';
import { restoreCore } from './restore.js';
import { settle, usualPatience } from './settle.js';
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
  patience: () => number = () => usualPatience,
): Bridge {
  const settings = readOptions(options);
  const history = new EventHistory(settings.history, () => Object.values(core.context.inFlight.list()).flat());
  const observers = new Observers();
  let core = makeCore(settings, history, observers);
  let isClosed = false;
  let closed: Promise<DeliveryReport> | undefined;

  /** Steps of deliveries that were reset: the count that a clock watches only grows. */
  let past = 0;
  const unwatch =
    settings.clock.watch?.(
      () => past + core.context.inFlight.progress,
      () => core.context.inFlight.sources.size > 0,
    ) ?? (() => {});

  const openCore = (): Core => {
    if (isClosed) throw new ServiceError('BridgeClosedException', 'The bridge is closed.');
    return core;
  };
  const replaceCore = (after: Core, errorCode: string, errorMessage: string): void => {
    const { context, schedules } = core;
    schedules.giveWay(after.schedules);
    history.clear();
    past += context.inFlight.progress + 1;
    core = after;
    // Last: whoever hears of these ends and calls the bridge finds the new one.
    context.inFlight.end(errorCode, errorMessage);
  };
  const report = (): DeliveryReport => {
    core.failures.throwAll();
    const { waiting, nextAt } = core.context.inFlight;
    return { ...core.tally, waiting, nextAt: nextAt === undefined ? undefined : new Date(nextAt) };
  };
  const idle = async (): Promise<DeliveryReport> => {
    await settle(() => core.context.inFlight, observers, patience());
    return report();
  };
  const drain = async (): Promise<DeliveryReport> => {
    await drainAll(() => core.context.inFlight, observers, settings.clock, core.schedules, patience());
    return report();
  };
  const finish = async (signal: AbortSignal | undefined): Promise<DeliveryReport> => {
    closing();
    core.schedules.pause();
    try {
      await drainAll(() => core.context.inFlight, observers, settings.clock, core.schedules, patience(), signal);
    } finally {
      isClosed = true;
      core.context.inFlight.end('CLOSED', 'The bridge was closed.');
      unwatch();
      warnOfFaults([...core.context.faults.leftOver(), ...core.targetFaults.leftOver()]);
    }
    return report();
  };
  const close: Bridge['close'] = (how) => {
    try {
      closed ??= finish(readCallOptions('close', how, { signal: abortSignal }).signal);
      return closed;
    } catch (error) {
      return Promise.reject(error);
    }
  };

  const invoke: Bridge['invoke'] = async (name, input) => {
    const { context } = openCore();
    const output = perform(context, name, input);
    const turn = context.inFlight.turn();
    if (turn !== undefined) await turn;
    return output;
  };
  const inspect = (): Inspection => {
    const { context, places, functions, targetNames: citations } = core;
    const { store, routes, inFlight } = context;
    const isRecorded = settings.history > 0;
    return { history, isRecorded, observers, store, routes, inFlight, places, functions, citations, bus: undefined };
  };
  const nameTarget = (arn: string, citation: Citation) => openCore().targetNames.set(arn, citation);
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
    on: (pattern, handler, place) => subscribe(openCore(), () => core, 'default', pattern, handler, place),
    handle: (arnOrName, target, how) => {
      const { functions, context } = openCore();
      return handleArn(functions, context.home, arnOrName, target, readCallOptions('handle', how, handlerChecks));
    },
    bus: (name) => busHandle(openCore, () => core, name, inspect),
    // What lies in queues and logs can be read when the bridge is closed.
    queue: (arnOrName) => core.places.queue(arnOrName),
    logs: (arnOrName) => core.places.logs(arnOrName),
    faults: makeFaults(openCore),
    plan: async (event, place) => planDeliveries(openCore(), event, readCallOptions('plan', place, onBus).bus),
    idle,
    drain,
    waitFor: async (pattern, how) => {
      openCore();
      return waitFor(history, observers, pattern, how);
    },
    observe: (kind, observer) => observers.observe(kind, observer),
    explain: (event, place) => explain(openCore(), history, event, readCallOptions('explain', place, onBus).bus),
    coverage: () => coverage(openCore().context, history),
    reset: () => {
      openCore();
      replaceCore(makeCore(settings, history, observers), 'RESET', 'The bridge was reset.');
      tellReset(bridge);
    },
    snapshot: () => takeSnapshot(openCore()),
    restore: (snapshot) => {
      const before = openCore();
      const make = () => makeCore(settings, history, observers, before);
      const after = restoreCore(snapshot, before, make, settings.clock);
      replaceCore(after.core, 'RESTORED', 'The bridge was restored.');
      after.goOn();
    },
    resetHistory: () => {
      history.clear();
      Object.assign(core.tally, noneEnded);
    },
    close,
    [asyncDispose]: async () => {
      await close();
    },
  };
  const inside: Inside = {
    overview: () => overviewOf(core),
    disturb: (how) => startChaos(openCore(), how),
  };
  Object.assign(bridge, { [brand]: inside, [targetNamer]: nameTarget });
  const print = () => describeBridge(core, isClosed ? 'closed' : 'open');
  return printable(inspectable(bridge, inspect), print, () => summaryOf(core));
}

/** `putRule` and its like, made from the table of operations. */
function operationMethods(invoke: Bridge['invoke']): OperationMethods {
  const names = Object.keys(operations) as OperationName[];
  const methods = names.map((name) => [
    name.charAt(0).toLowerCase() + name.slice(1),
    (input?: never) => invoke(name, input),
  ]);
  return Object.fromEntries(methods);
}

/** A fault that was prepared and did not happen has tested nothing. */
function warnOfFaults(leftOver: readonly string[]): void {
  for (const fault of leftOver) console.warn(`footbridge: a fault was left over: ${fault}`);
}
