import { replayedEvent } from '../archives/archived-event.js';
import { Archives } from '../archives/archives.js';
import { archiveOf } from '../archives/managed-rule.js';
import { Replays } from '../archives/replays.js';
import { Dispatcher } from '../delivery/dispatcher.js';
import type { Recipient, RecipientQueue } from '../delivery/recipient.js';
import { addBus } from '../operations/event-buses.js';
import type { OperationContext } from '../operations/operation-context.js';
import { chosenRules } from '../operations/replays.js';
import { Scheduler, scheduledEvent } from '../resources/schedules/schedules.js';
import { accept } from '../routing/accept.js';
import { PutEventsFaults } from '../routing/put-events-faults.js';
import { Routes } from '../routing/routes.js';
import { busNameOf } from '../state/bus-name.js';
import type { RuleRecord } from '../state/rule-record.js';
import { Store } from '../state/store.js';
import type { TargetRecord } from '../state/target-record.js';
import { apiDestinationTargets } from '../targets/api-destination.js';
import { busTargets } from '../targets/bus.js';
import { ecsTargets } from '../targets/ecs.js';
import { functionTargets } from '../targets/function.js';
import type { HandledFunction } from '../targets/handlers.js';
import { kinesisTargets } from '../targets/kinesis.js';
import { LogGroups, logGroupTargets } from '../targets/log-group.js';
import { Queues, queueTargets } from '../targets/queue.js';
import { ResourcePolicies } from '../targets/resource-policy.js';
import { TargetFaults } from '../targets/target-faults.js';
import type { Citation, TargetKind } from '../targets/target-kind.js';
import { targetRecipient } from '../targets/target-recipient.js';
import { checkedClock, checkedIds, steadyReadings } from './checked-readings.js';
import { DetailChecks } from './detail-checks.js';
import { Failures } from './failures.js';
import type { Settings } from './options.js';
import { type Listeners, makeReports, type Tally } from './reports.js';

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
  readonly queues: Queues;
  readonly logGroups: LogGroups;
  readonly policies: ResourcePolicies;
  readonly targetFaults: TargetFaults;
  /** The name of the bus of this ARN, if it is here. */
  readonly busNamed: (arn: string) => string | undefined;
  readonly schedules: Scheduler;
  readonly tally: Tally;
  /** A name for a subscription that has none. */
  readonly nextName: () => string;
  /** What the next `idle`, `drain` or `close` rejects with. */
  readonly failures: Failures;
  readonly recipientFor: (
    rule: Pick<RuleRecord, 'Name' | 'Arn'>,
    target: TargetRecord,
    recipientQueue: RecipientQueue,
  ) => Recipient;
}

/** What is code, not data: it outlives `restore`. */
export type Code = Pick<Core, 'functions' | 'targetNames' | 'nextName'>;

/** Puts a bridge together: what each part is made of, and whom it tells. */
export function makeCore(settings: Settings, listeners: Listeners, code: Code = makeCode()): Core {
  const { functions, targetNames, nextName } = code;
  const clock = checkedClock(settings.clock);
  const ids = checkedIds(settings.ids);
  const home = { account: settings.account, region: settings.region };
  const failures = new Failures();
  const steady = steadyReadings(clock, settings.random, (error) => failures.add(error));
  const reports = makeReports(settings, steady.clock, listeners, failures);
  const details = new DetailChecks(settings.events, home, reports.details);

  const queues = new Queues(home, steady.clock);
  const logGroups = new LogGroups(home);
  const policies = new ResourcePolicies();
  const targetFaults = new TargetFaults(steady.random);
  const busNamed = (arn: string): string | undefined => {
    const name = busNameOf(home, arn);
    return name !== undefined && store.buses.get(name) !== undefined ? name : undefined;
  };
  const buses = busTargets({
    find: busNamed,
    // What strictness objects to is no failure of the delivery that brought the event.
    ingest: (event, origin) => failures.guard(() => accept(context, event, origin)),
  });
  const kinds: TargetKind[] = [
    functionTargets,
    queueTargets(queues),
    logGroupTargets(logGroups),
    buses,
    apiDestinationTargets,
    ecsTargets,
    kinesisTargets,
  ];
  const targets = {
    clock: steady.clock,
    functions,
    targetNames,
    kinds,
    faults: targetFaults,
    policies,
    queues,
  };
  const recipientFor: Core['recipientFor'] = (rule, target, recipientQueue) =>
    targetRecipient(targets, rule, target, recipientQueue);
  const archives = new Archives(steady.clock);
  const routes = new Routes(recipientFor, (rule) => {
    const archive = archiveOf(home, rule);
    return archive === undefined ? undefined : (event, now) => archives.keep(archive, event, now);
  });
  const schedules = new Scheduler(
    { ...steady.clock, schedule: (time, callback) => steady.clock.schedule(time, () => failures.guard(callback)) },
    (rule, due) => accept(context, scheduledEvent({ home, ids }, rule, due), 'schedule'),
  );
  const store = new Store({
    busChanging: (before, after) => routes.busChanging(before, after),
    ruleChanging: (before, after) => {
      routes.ruleChanging(before, after);
      schedules.onRuleChange(before, after);
    },
    archiveChanging: (before, after) => archives.archiveChanging(before, after),
  });
  const inFlight = new Dispatcher(steady.clock, steady.random, reports.deliveries);
  const replays = new Replays({
    clock: steady.clock,
    store,
    inFlight,
    isBus: (arn) => busNamed(arn) !== undefined,
    entranceFor: (replay) => {
      const bus = busNameOf(home, replay.Destination.Arn) as string;
      const rules = chosenRules(home, replay);
      return (event) =>
        failures.guard(() => accept(context, replayedEvent(event, bus, replay.Name, ids()), 'replay', rules));
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
    ingest: (event, origin) => accept(context, event, origin),
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
    queues,
    logGroups,
    policies,
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
