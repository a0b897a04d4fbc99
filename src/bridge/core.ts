import { busNameOf } from '../core/bus-names.js';
import type { OperationContext } from '../core/old-context.js';
import { Store } from '../core/old-store.js';
import { acceptEvent } from '../core/routing-plan.js';
import { RoutingTable } from '../core/routing-table.js';
import { InFlight } from '../delivery/in-flight.js';
import type { Lane, Recipient } from '../delivery/recipient.js';
import type { TargetRecord } from '../model/target.js';
import { ArchiveContents, replayedEvent } from '../resources/archives/archive-contents.js';
import { archiveNameOf } from '../resources/archives/managed-rule.js';
import { addBus } from '../resources/event-buses/event-buses.js';
import { ReplayRunner } from '../resources/replays/replay-runner.js';
import { selectedRules } from '../resources/replays/replays.js';
import type { RuleRecord } from '../resources/rules/rule-record.js';
import { scheduledEvent } from '../schedules/scheduled-event.js';
import { Schedules } from '../schedules/schedules.js';
import type { BusFinder } from '../targets/bus-receiver.js';
import type { Citation } from '../targets/citation.js';
import { Places } from '../targets/places.js';
import { TargetFaults } from '../targets/target-faults.js';
import type { HandledFunction } from '../targets/target-function.js';
import { targetRecipient } from '../targets/target-recipient.js';
import { DetailValidator } from './detail-validator.js';
import type { Settings } from './options.js';
import { PutEventsFaults } from './put-events-faults.js';
import { createReporter, type Listeners, type OutcomeCounts } from './reports.js';
import { safeClockAndRandom, validatedClock, validatedIds } from './safe-clock.js';
import { DeferredErrors } from './violations.js';

/** Everything of a bridge that `reset` makes anew. */
export interface Core {
  readonly context: OperationContext;
  /** The same for what `publish` sends, which `details` has seen. */
  readonly publishing: OperationContext;
  readonly details: DetailValidator;
  /** By ARN. */
  readonly functions: Map<string, HandledFunction>;
  /** By ARN: see `nameTarget`. */
  readonly targetNames: Map<string, Citation>;
  readonly places: Places;
  readonly targetFaults: TargetFaults;
  /** The name of the bus of this ARN, if it is here. */
  readonly busNamed: (arn: string) => string | undefined;
  readonly schedules: Schedules;
  readonly tally: OutcomeCounts;
  /** A name for a subscription that has none. */
  readonly nextName: () => string;
  /** What the next `idle`, `drain` or `close` rejects with. */
  readonly failures: DeferredErrors;
  readonly recipientFor: (rule: Pick<RuleRecord, 'Name' | 'Arn'>, target: TargetRecord, lane: Lane) => Recipient;
}

/** What is code, not data: it outlives `restore`. */
export type Code = Pick<Core, 'functions' | 'targetNames' | 'nextName'>;

/** Puts a bridge together: what each part is made of, and whom it tells. */
export function makeCore(settings: Settings, listeners: Listeners, code: Code = makeCode()): Core {
  const { functions, targetNames, nextName } = code;
  const clock = validatedClock(settings.clock);
  const ids = validatedIds(settings.ids);
  const home = { account: settings.account, region: settings.region };
  const failures = new DeferredErrors();
  const steady = safeClockAndRandom(clock, settings.random, (error) => failures.add(error));
  const reports = createReporter(settings, steady.clock, listeners, failures);
  const details = new DetailValidator(settings.events, home, reports.details);

  const places = new Places(home, steady.clock);
  const targetFaults = new TargetFaults(steady.random);
  const busNamed = (arn: string): string | undefined => {
    const name = busNameOf(home, arn);
    return name !== undefined && store.buses.get(name) !== undefined ? name : undefined;
  };
  const buses: BusFinder = {
    find: busNamed,
    // What strictness objects to is no failure of the delivery that brought the event.
    ingest: (event, origin) => failures.guard(() => acceptEvent(context, event, origin)),
  };
  const contents = { clock: steady.clock, functions, targetNames, places, buses, faults: targetFaults };
  const recipientFor: Core['recipientFor'] = (rule, target, lane) => targetRecipient(contents, rule, target, lane);
  const archives = new ArchiveContents(steady.clock);
  const routes = new RoutingTable(recipientFor, (rule) => {
    const archive = archiveNameOf(home, rule);
    return archive === undefined ? undefined : (event, now) => archives.keep(archive, event, now);
  });
  const schedules = new Schedules(
    { ...steady.clock, schedule: (time, callback) => steady.clock.schedule(time, () => failures.guard(callback)) },
    (rule, due) => acceptEvent(context, scheduledEvent({ home, ids }, rule, due), 'schedule'),
  );
  const store = new Store({
    busChanging: (before, after) => routes.busChanging(before, after),
    ruleChanging: (before, after) => {
      routes.ruleChanging(before, after);
      schedules.ruleChanging(before, after);
    },
    archiveChanging: (before, after) => archives.archiveChanging(before, after),
  });
  const inFlight = new InFlight(steady.clock, steady.random, reports.deliveries);
  const replays = new ReplayRunner({
    clock: steady.clock,
    store,
    inFlight,
    isBus: (arn) => busNamed(arn) !== undefined,
    entranceFor: (replay) => {
      const bus = busNameOf(home, replay.Destination.Arn) as string;
      const rules = selectedRules(home, replay);
      return (event) =>
        failures.guard(() => acceptEvent(context, replayedEvent(event, bus, replay.Name, ids()), 'replay', rules));
    },
  });
  const publishing: OperationContext = {
    home,
    clock,
    ids,
    limits: settings.limits,
    routes,
    store,
    faults: new PutEventsFaults(),
    inFlight,
    archives,
    replays,
    ingest: (event, origin) => acceptEvent(context, event, origin),
    called: (call) => listeners.history.addCall(call, steady.clock.now()),
    report: reports.routing,
  };
  const context: OperationContext = {
    ...publishing,
    report: {
      ...reports.routing,
      accepted: (event, origin, at) => {
        reports.routing.accepted(event, origin, at);
        // One that comes from another bus was seen there.
        if (origin !== 'bus') details.ofEntered(event);
      },
    },
  };
  for (const name of new Set(['default', ...settings.buses])) addBus(context, name);
  return {
    context,
    publishing,
    details,
    functions,
    targetNames,
    places,
    targetFaults,
    busNamed,
    schedules,
    tally: reports.tally,
    nextName,
    failures,
    recipientFor,
  };
}

function makeCode(): Code {
  let unnamed = 0;
  return { functions: new Map(), targetNames: new Map(), nextName: () => `subscription-${++unnamed}` };
}
