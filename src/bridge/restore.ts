import equal from 'fast-deep-equal';
import type { Clock } from '../base/clock/clock.js';
import { setVirtualClock } from '../base/clock/virtual-clock.js';
import { describeError } from '../base/describe.js';
import { type JsonShape, listShape, objectShape } from '../base/json/json-shape.js';
import { invalid, type ServiceError } from '../base/service-error.js';
import { describeValue, isArray } from '../base/unknown-value.js';
import type { Named } from '../core/collections.js';
import type { Host } from '../core/plugin.js';
import { timeShape } from '../core/record-shapes.js';
import { pluginNeeded } from '../core/responses.js';
import type { Delivery } from '../delivery/delivery.js';
import { createFailure } from '../delivery/outcome.js';
import { type Recipient, RecipientQueue, unlimited } from '../delivery/recipient.js';
import {
  loadDelivery,
  loadEvent,
  type SavedDelivery,
  type SavedEvent,
  type SavedRecipient,
} from '../delivery/saved-delivery.js';
import { noRetries } from '../delivery/transition.js';
import { type BusRecord, busesOf, busRecords } from '../resources/event-buses/event-bus-record.js';
import { nestedMembers, type Snapshot, type SnapshotState, snapshotVersion } from './snapshot.js';
import { baseShapes, savedDeliveryShape, savedEventShape } from './snapshot-shape.js';

/** The state of a snapshot with every member at the top. */
interface FlatState {
  readonly events: readonly SavedEvent[];
  readonly deliveries: readonly SavedDelivery[];
  readonly [name: string]: unknown;
}

/** Makes a host that holds what a snapshot holds. Throws a ValidationException, with nothing changed, for what cannot be restored. */
export function restoreHost(
  input: unknown,
  clock: Clock,
  before: Host,
  create: () => Host,
): { readonly host: Host; resume(): void } {
  const { time, state } = readSnapshot(input, before.home);
  const flat = flatten(state);
  const wrong = timeShape(time, 'time') ?? stateProblem(before, state, flat);
  if (wrong !== undefined) throw corrupt(wrong);
  const now = before.clock.now();
  setVirtualClock(clock, Date.parse(time));
  let host: Host | undefined;
  try {
    host = create();
    loadState(host, before, flat);
    const resume = prepareDeliveries(host, flat.events, flat.deliveries);
    const { parts } = host;
    return {
      host,
      resume: () => {
        resume();
        for (const part of parts) part.resume?.();
      },
    };
  } catch (error) {
    for (const part of host?.parts ?? []) part.pause?.();
    setVirtualClock(clock, now);
    throw corrupt(describeError(error).replace(/^Error: |\.$/g, ''));
  }
}

/** What is wrong with a state, if anything is. Throws for what only a plugin can take that is absent. */
function stateProblem({ plugins }: Host, state: SnapshotState, flat: FlatState): string | undefined {
  const places = [...new Set(Object.values(nestedMembers))];
  const wrong =
    objectShape(state, 'state') ??
    firstProblem(places, (place) =>
      state[place] === undefined ? undefined : objectShape(state[place], `state.${place}`),
    );
  if (wrong !== undefined) return wrong;
  const shapes = new Map<string, JsonShape>(
    plugins.flatMap(({ collections = [], state: own = {}, optionalState = {} }) => [
      ...collections.map(({ name, shape = baseShapes[name] as JsonShape }) => [name, listShape(shape)] as const),
      ...Object.entries(own),
      ...Object.entries(optionalState).filter(([name]) => flat[name] !== undefined),
    ]),
  );
  shapes.set('events', listShape(savedEventShape)).set('deliveries', listShape(savedDeliveryShape));
  for (const [name, value] of Object.entries<unknown>(flat)) {
    if (!shapes.has(name) && isArray(value) && value.length > 0) throw pluginNeeded(`A snapshot with ${name}`, name);
  }
  return firstProblem([...shapes], ([name, shape]) => {
    const place = nestedMembers[name];
    return shape(flat[name], place === undefined ? `state.${name}` : `state.${place}.${name}`);
  });
}

function firstProblem<Item>(items: readonly Item[], problemOf: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const problem = problemOf(item);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Lifts the members that stand one level deeper. */
function flatten(state: SnapshotState): FlatState {
  if (objectShape(state, '') !== undefined) return { events: [], deliveries: [] };
  const nested = new Set(Object.values(nestedMembers));
  const lifted = [...nested].map((place) => (objectShape(state[place], '') === undefined ? state[place] : {}));
  const top = Object.entries(state).filter(([name]) => !nested.has(name));
  return Object.assign(Object.fromEntries(top), ...lifted);
}

/** A copy by way of JSON: what it says now is what counts. */
function readSnapshot(input: unknown, { account, region }: { account: string; region: string }): Snapshot {
  let read: Partial<Snapshot> | null;
  try {
    read = JSON.parse(JSON.stringify(input) ?? 'null');
  } catch {
    throw notRestorable('it has no JSON text');
  }
  if (read?.footbridge !== 'snapshot')
    throw notRestorable(`it is no snapshot of a bridge, but ${describeValue(input)}`);
  if (read.version !== snapshotVersion) {
    throw notRestorable(
      `it is of version ${format(read.version)}, and this Footbridge reads version ${snapshotVersion}`,
    );
  }
  if (read.account !== account || read.region !== region) {
    const its = `account ${format(read.account)} in ${format(read.region)}`;
    throw notRestorable(`it is of ${its}, and the bridge is of account ${account} in ${region}`);
  }
  return read as Snapshot;
}

/** Buses first, with the subscriptions that stay: everything else belongs to one. */
function loadState(host: Host, before: Host, state: FlatState): void {
  const buses = state[busRecords.name] as readonly BusRecord[];
  const names = new Set(buses.map(({ Name }) => Name));
  if (!names.has('default')) throw new Error('there is no default bus');
  for (const { Name } of [...busesOf(host).values()]) if (!names.has(Name)) busesOf(host).delete(Name);
  for (const bus of buses) {
    busesOf(host).put(bus);
    for (const route of before.routes.subscriptions(bus.Name)) host.routes.subscribe(bus.Name, route);
  }
  for (const { name, collections = [] } of host.plugins) {
    for (const type of collections) {
      if (type.name === busRecords.name) continue;
      for (const record of state[type.name] as readonly Named[]) host.store.put(type, record);
    }
    host.partsByName.get(name)?.load?.(state);
  }
}

/** What is returned sends them on their way. */
function prepareDeliveries(
  host: Host,
  events: readonly SavedEvent[],
  deliveries: readonly SavedDelivery[],
): () => void {
  const { inFlight } = host;
  const loaded = events.map(loadEvent);
  const ready = deliveries.map((saved): [Delivery, boolean] => {
    const event = loaded[saved.event];
    if (event === undefined) throw new Error('a delivery has no event');
    const recipient = recipientFor(host, event.bus, saved.recipient);
    return [loadDelivery(saved, event, recipient), saved.isWaiting && recipient.recipientQueue.closedBy === undefined];
  });
  return () => {
    // The history is to tell of what these come to.
    for (const event of loaded) host.report.accepted(event, 'restore', undefined, true);
    for (const [delivery, isWaiting] of ready) inFlight.add(delivery, isWaiting ? delivery.nextAttempt : undefined);
    for (const event of loaded) event.release();
  };
}

/** A rule or target that was changed or deleted since gets what it was to get then. */
function recipientFor({ routes, recipientFor: make }: Host, bus: string, saved: SavedRecipient): Recipient {
  if (saved.kind === 'target') {
    const { rule, ruleArn, target } = saved;
    const current = routes.recipient(bus, rule, target.Id);
    if (current !== undefined && equal(current.target, target)) return current;
    return make({ Name: rule, Arn: ruleArn }, target, current?.recipientQueue ?? new RecipientQueue());
  }
  const { subscription, place } = saved;
  const sameName = Array.from(routes.subscriptions(bus)).filter(({ name }) => name === subscription);
  return sameName[place]?.recipients[0] ?? missingSubscription(subscription);
}

/** Deliveries to it end before they are attempted. */
function missingSubscription(subscription: string): Recipient {
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
function format(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : describeValue(value);
}

function corrupt(why: string): ServiceError {
  return notRestorable(`it is damaged: ${why}`);
}

function notRestorable(why: string): ServiceError {
  return invalid(`The snapshot cannot be restored: ${why}.`);
}
