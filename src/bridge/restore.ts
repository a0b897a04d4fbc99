import equal from 'fast-deep-equal';
import type { Clock } from '../base/clock/clock.js';
import { setVirtualClock } from '../base/clock/virtual-clock.js';
import { describeError } from '../base/describe.js';
import { invalid, type ServiceError } from '../base/service-error.js';
import { describeValue } from '../base/unknown-value.js';
import type { Delivery } from '../delivery/delivery.js';
import { createFailure } from '../delivery/outcome.js';
import { type Recipient, RecipientQueue, unlimited } from '../delivery/recipient.js';
import { loadDelivery, loadEvent, type SavedRecipient } from '../delivery/saved-delivery.js';
import { noRetries } from '../delivery/transition.js';
import type { Core } from './core.js';
import { type Snapshot, type SnapshotState, snapshotVersion } from './snapshot.js';
import { stateShape, timeShape } from './snapshot-shape.js';

/** A core that holds what a snapshot holds. What was under way in it stands still until `goOn`. */
export interface RestoredCore {
  readonly core: Core;
  goOn(): void;
}

/** Throws a ValidationException, with nothing changed, for what cannot be restored. */
export function restoreCore(input: unknown, before: Core, make: () => Core, clock: Clock): RestoredCore {
  const { time, state } = readSnapshot(input, before.context.home);
  const wrong = timeShape(time, 'time') ?? stateShape(state, 'state');
  if (wrong !== undefined) throw damaged(wrong);
  const now = before.context.clock.now();
  setVirtualClock(clock, Date.parse(time));
  let core: Core | undefined;
  try {
    core = make();
    loadState(core, before, state);
    const goOn = prepareDeliveries(core, state);
    const { replays } = core.context;
    return {
      core,
      goOn: () => {
        goOn();
        for (const { record, events } of state.replays) {
          if (record.ReplayEndTime === undefined) replays.start(record.Name, events);
        }
      },
    };
  } catch (error) {
    core?.schedules.pause();
    setVirtualClock(clock, now);
    throw damaged(describeError(error).replace(/^Error: |\.$/g, ''));
  }
}

/** A copy by way of JSON: what it says now is what counts. */
function readSnapshot(input: unknown, { account, region }: { account: string; region: string }): Snapshot {
  let read: Partial<Snapshot> | null;
  try {
    read = JSON.parse(JSON.stringify(input) ?? 'null');
  } catch {
    throw unusable('it has no JSON text');
  }
  if (read?.footbridge !== 'snapshot') throw unusable(`it is no snapshot of a bridge, but ${describeValue(input)}`);
  if (read.version !== snapshotVersion) {
    throw unusable(`it is of version ${show(read.version)}, and this Footbridge reads version ${snapshotVersion}`);
  }
  if (read.account !== account || read.region !== region) {
    const its = `account ${show(read.account)} in ${show(read.region)}`;
    throw unusable(`it is of ${its}, and the bridge is of account ${account} in ${region}`);
  }
  return read as Snapshot;
}

function loadState({ context, queues, logGroups, policies }: Core, before: Core, state: SnapshotState): void {
  const { archives, routes, store } = context;
  const names = new Set(state.buses.map(({ Name }) => Name));
  if (!names.has('default')) throw new Error('there is no default bus');
  for (const { Name } of [...store.buses.values()]) if (!names.has(Name)) store.buses.delete(Name);
  for (const bus of state.buses) {
    store.buses.put(bus);
    for (const route of before.context.routes.subscriptions(bus.Name)) routes.subscribe(bus.Name, route);
  }
  queues.load(state.places.queues);
  logGroups.load(state.places.logGroups);
  policies.load(state.places.policies ?? {});
  for (const { record, events } of state.archives) {
    store.archives.put(record);
    archives.add(record.Name, events);
  }
  for (const rule of state.rules) store.rules(rule.EventBusName).put(rule);
  for (const connection of state.connections) store.connections.put(connection);
  for (const destination of state.apiDestinations) store.apiDestinations.put(destination);
  for (const { record } of state.replays) store.replays.put(record);
}

/** The answer sends them on their way. */
function prepareDeliveries(core: Core, { deliveries, events }: SnapshotState): () => void {
  const { inFlight } = core.context;
  const loaded = events.map(loadEvent);
  const ready = deliveries.map((saved): [Delivery, boolean] => {
    const event = loaded[saved.event];
    if (event === undefined) throw new Error('a delivery has no event');
    const recipient = recipientFor(core, event.bus, saved.recipient);
    return [loadDelivery(saved, event, recipient), saved.isWaiting && recipient.recipientQueue.closedBy === undefined];
  });
  return () => {
    // The history is to tell of what these come to.
    for (const event of loaded) core.publishing.report.accepted(event, 'restore');
    for (const [delivery, isWaiting] of ready) inFlight.add(delivery, isWaiting ? delivery.nextAttempt : undefined);
    for (const event of loaded) event.release();
  };
}

/** A rule or target that was changed or deleted since gets what it was to get then. */
function recipientFor(
  { context: { routes }, recipientFor: make }: Core,
  bus: string,
  saved: SavedRecipient,
): Recipient {
  if (saved.kind === 'target') {
    const { rule, ruleArn, target } = saved;
    const current = routes.recipient(bus, rule, target.Id);
    if (current !== undefined && equal(current.target, target)) return current;
    return make({ Name: rule, Arn: ruleArn }, target, current?.recipientQueue ?? new RecipientQueue());
  }
  const { subscription, place } = saved;
  const namesakes = Array.from(routes.subscriptions(bus)).filter(({ name }) => name === subscription);
  return namesakes[place]?.recipients[0] ?? nobody(subscription);
}

/** Deliveries to it end before they are attempted. */
function nobody(subscription: string): Recipient {
  const recipientQueue = new RecipientQueue();
  const sentence = `There was no subscription ${subscription} when the bridge was restored.`;
  const failure = createFailure('cancelled', 'UNSUBSCRIBED', sentence, false);
  recipientQueue.closedBy = failure;
  return {
    address: { kind: 'subscription', subscription },
    recipientQueue,
    retryLimits: noRetries,
    receiver: { attemptOptions: unlimited, attempt: () => ({ kind: 'failure', failure }) },
  };
}

/** Of an object of JSON there is not always a text. */
function show(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : describeValue(value);
}

function damaged(why: string): ServiceError {
  return unusable(`it is damaged: ${why}`);
}

function unusable(why: string): ServiceError {
  return invalid(`The snapshot cannot be restored: ${why}.`);
}
