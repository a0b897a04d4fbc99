import { replayedEvent } from '../archives/archived-event.js';
import { Archives } from '../archives/archives.js';
import { archiveOf } from '../archives/managed-rule.js';
import { Replays } from '../archives/replays.js';
import { describeError } from '../base/describe-error.js';
import type { DeliveryEvents } from '../delivery/delivery-events.js';
import { InFlight } from '../delivery/in-flight.js';
import type { Lane, Recipient } from '../delivery/recipient.js';
import type { BusEvent } from '../events/bus-event.js';
import type { Origin } from '../events/ingest.js';
import type { Fact } from '../history/fact.js';
import type { EventHistory } from '../history/history.js';
import type { Observers } from '../history/observers.js';
import { addBus } from '../operations/event-buses.js';
import type { OperationContext } from '../operations/operation-context.js';
import { chosenRules } from '../operations/replays.js';
import { accept, type RoutingReport } from '../routing/accept.js';
import { PutEventsFaults } from '../routing/put-events-faults.js';
import { Routes } from '../routing/routes.js';
import { scheduledEvent } from '../schedules/scheduled-event.js';
import { Schedules } from '../schedules/schedules.js';
import { busNameOf } from '../state/bus-name.js';
import type { RuleRecord } from '../state/rule-record.js';
import { Store } from '../state/store.js';
import type { TargetRecord } from '../state/target-record.js';
import type { Citation } from '../targets/citation.js';
import { Places } from '../targets/places.js';
import { TargetFaults } from '../targets/target-faults.js';
import type { HandledFunction } from '../targets/target-function.js';
import { targetRecipient } from '../targets/target-recipient.js';
import { checkedClock, checkedIds, steadyReadings } from './checked-readings.js';
import { DetailChecks } from './detail-checks.js';
import { Failures } from './failures.js';
import { InvalidDetailError } from './invalid-detail-error.js';
import { Objections } from './objections.js';
import type { Settings } from './options.js';

/** Everything of a bridge that `reset` makes anew. */
export interface Core {
  readonly context: OperationContext;
  /** The same for what `publish` sends, which `details` has seen. */
  readonly publishing: OperationContext;
  readonly details: DetailChecks;
  /** By ARN. */
  readonly functions: Map<string, HandledFunction>;
  /** By ARN: see `nameTarget`. */
  readonly targetNames: Map<string, Citation>;
  readonly places: Places;
  readonly targetFaults: TargetFaults;
  /** The name of the bus of this ARN, if it is here. */
  readonly busNamed: (arn: string) => string | undefined;
  readonly schedules: Schedules;
  /** How many deliveries have ended, by outcome. */
  readonly tally: { delivered: number; deadLettered: number; failed: number };
  /** A name for a subscription that has none. */
  readonly nextName: () => string;
  /** What the next `idle`, `drain` or `close` rejects with. */
  readonly failures: Failures;
  readonly recipientFor: (rule: Pick<RuleRecord, 'Name' | 'Arn'>, target: TargetRecord, lane: Lane) => Recipient;
}

/** What is code, not data: it outlives `restore`. */
export type Code = Pick<Core, 'functions' | 'targetNames' | 'nextName'>;

export const noneEnded = { delivered: 0, deadLettered: 0, failed: 0 };

const tallied = { delivered: 'delivered', 'dead-lettered': 'deadLettered', failed: 'failed' } as const;

/** Composition only: routing and delivery report here, and history, observers and strictness hear of it. */
export function makeCore(
  settings: Settings,
  history: EventHistory,
  observers: Observers,
  { functions, targetNames, nextName }: Code = makeCode(),
): Core {
  const { limits } = settings;
  const clock = checkedClock(settings.clock);
  const ids = checkedIds(settings.ids);
  const home = { account: settings.account, region: settings.region };
  const objections = new Objections(settings);
  const tally = { ...noneEnded };
  const failures = new Failures();
  const steady = steadyReadings(clock, settings.random, (error) => failures.add(error));

  const note = (fact: Fact, at = steady.clock.now()): void => {
    history.add(fact, at);
    observers.tell(fact, at);
  };
  /** Where no call is there to throw an error at: console.warn throws, as test set-ups make it. */
  const guarded = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      failures.add(error instanceof Error ? error : new Error(describeError(error)));
    }
  };
  const noteFailure = (fact: Parameters<Objections['toFailure']>[0]): void => {
    note(fact);
    guarded(() => {
      const error = objections.toFailure(fact);
      if (error !== undefined) failures.add(error);
    });
  };
  const deliveryEvents: DeliveryEvents = {
    ended: (delivery, outcome) => {
      tally[tallied[outcome.kind]]++;
      const { attempts } = delivery;
      if (outcome.kind === 'delivered') note({ kind: 'delivered', delivery, attempts });
      else noteFailure({ kind: outcome.kind, delivery, attempts, outcome } as Parameters<typeof noteFailure>[0]);
    },
    retrying: (delivery, failure, at) =>
      note({ kind: 'retrying', delivery, attempts: delivery.attempts, failure, error: failure.error, at }),
    functionThrew: (delivery, error, at) => {
      const { attempts } = delivery;
      if (at === undefined) noteFailure({ kind: 'function-error', delivery, attempts, error });
      else note({ kind: 'retrying', delivery, attempts, failure: undefined, error, at });
    },
  };
  const details = new DetailChecks(settings.events, home, {
    refused: (facts, failures) => {
      for (const fact of facts) note(fact);
      if (settings.onInvalidDetail === 'error') throw new InvalidDetailError(failures);
      const errors = facts.map((fact) => objections.toInvalidDetail(fact));
      const first = errors.find((error) => error !== undefined);
      if (first !== undefined) throw first;
    },
    entered: (fact) =>
      guarded(() => {
        note(fact);
        const error = objections.toInvalidDetail(fact);
        if (error !== undefined) failures.add(error);
      }),
  });

  const places = new Places(home, steady.clock);
  const targetFaults = new TargetFaults(steady.random);
  const busNamed = (arn: string): string | undefined => {
    const name = busNameOf(home, arn);
    return name !== undefined && store.buses.get(name) !== undefined ? name : undefined;
  };
  const buses = {
    find: busNamed,
    // What strictness objects to is no failure of the delivery that brought the event.
    ingest: (event: BusEvent, origin: Origin) => guarded(() => accept(context, event, origin)),
  };
  const contents = { clock: steady.clock, functions, targetNames, places, buses, faults: targetFaults };
  const recipientFor: Core['recipientFor'] = (rule, target, lane) => targetRecipient(contents, rule, target, lane);
  const archives = new Archives(steady.clock);
  const routes = new Routes(recipientFor, (rule) => {
    const archive = archiveOf(home, rule);
    return archive === undefined ? undefined : (event, now) => archives.keep(archive, event, now);
  });
  const schedules = new Schedules(
    { ...steady.clock, schedule: (time, callback) => steady.clock.schedule(time, () => guarded(callback)) },
    (rule, due) => accept(context, scheduledEvent({ home, ids }, rule, due), 'schedule'),
  );
  const store = new Store({
    busChanging: (before, after) => routes.busChanging(before, after),
    ruleChanging: (before, after) => {
      routes.ruleChanging(before, after);
      schedules.ruleChanging(before, after);
    },
    archiveChanging: (before, after) => archives.archiveChanging(before, after),
  });
  const inFlight = new InFlight(steady.clock, steady.random, deliveryEvents);
  const replays = new Replays({
    clock: steady.clock,
    store,
    inFlight,
    isBus: (arn) => busNamed(arn) !== undefined,
    entranceFor: (replay) => {
      const bus = busNameOf(home, replay.Destination.Arn) as string;
      const rules = chosenRules(home, replay);
      return (event) => guarded(() => accept(context, replayedEvent(event, bus, replay.Name, ids()), 'replay', rules));
    },
  });
  const noteAccepted: RoutingReport['accepted'] = (event, origin, at) => note({ kind: 'accepted', event, origin }, at);
  const context: OperationContext = {
    home,
    clock,
    ids,
    limits,
    routes,
    store,
    faults: new PutEventsFaults(),
    inFlight,
    archives,
    replays,
    ingest: (event, origin) => accept(context, event, origin),
    called: (call) => history.addCall(call, steady.clock.now()),
    report: {
      accepted: (event, origin, at) => {
        noteAccepted(event, origin, at);
        // One that comes from another bus was seen there.
        if (origin !== 'bus') details.ofEntered(event);
      },
      rejected: (bus, index, entry, issue, at) => note({ kind: 'rejected', bus, index, entry, issue }, at),
      dropped: (event, at) => note({ kind: 'dropped', event }, at),
      matched: (event, matching, at) => note({ kind: 'matched', event, routes: matching }, at),
      unmatched: (event, isRefused, at) => note({ kind: 'unmatched', event, isRefused }, at),
      objection: (passage) => objections.toPassage(passage),
    },
  };
  for (const name of new Set(['default', ...settings.buses])) addBus(context, name);
  return {
    context,
    publishing: { ...context, report: { ...context.report, accepted: noteAccepted } },
    details,
    functions,
    targetNames,
    places,
    targetFaults,
    busNamed,
    schedules,
    tally,
    nextName,
    failures,
    recipientFor,
  };
}

function makeCode(): Code {
  let unnamed = 0;
  return { functions: new Map(), targetNames: new Map(), nextName: () => `subscription-${++unnamed}` };
}
