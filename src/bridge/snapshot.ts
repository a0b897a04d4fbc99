import type { ArchivedEvent } from '../archives/archived-event.js';
import type { Delivery } from '../delivery/delivery.js';
import {
  type SavedDelivery,
  type SavedEvent,
  type SavedRecipient,
  saveDelivery,
  saveEvent,
} from '../delivery/saved-delivery.js';
import type { BusEvent } from '../events/bus-event.js';
import type { ApiDestinationRecord } from '../state/api-destination-record.js';
import type { ArchiveRecord } from '../state/archive-record.js';
import type { BusRecord } from '../state/bus-record.js';
import type { ConnectionRecord } from '../state/connection-record.js';
import type { ReplayRecord } from '../state/replay-record.js';
import type { RuleRecord } from '../state/rule-record.js';
import type { SavedLogGroup } from '../targets/log-group.js';
import type { SavedQueue } from '../targets/queue.js';
import type { Core } from './core.js';

/** The version of the form below. */
export const snapshotVersion = 1;

/**
 * What a bridge holds at one time, made by `snapshot` for `restore`. It is plain data: what comes out of
 * `JSON.parse(JSON.stringify(snapshot))` or `structuredClone` is as good. Only what is named here is to be relied on; the rest is
 * the form of one version.
 */
export interface Snapshot {
  /** Tells a snapshot from everything else. */
  readonly footbridge: 'snapshot';
  /** The version of its form. */
  readonly version: typeof snapshotVersion;
  /** The bridge's account. */
  readonly account: string;
  /** The bridge's region. */
  readonly region: string;
  /** When it was made, by the bridge's clock, as ISO text with milliseconds. */
  readonly time: string;
  /** What the bridge held. */
  readonly state: SnapshotState;
}

/** What a bridge holds. */
export interface SnapshotState {
  readonly buses: readonly BusRecord[];
  readonly rules: readonly RuleRecord[];
  readonly connections: readonly ConnectionRecord[];
  readonly apiDestinations: readonly ApiDestinationRecord[];
  readonly archives: readonly { readonly record: ArchiveRecord; readonly events: readonly ArchivedEvent[] }[];
  /** With the events that each has yet to replay. */
  readonly replays: readonly { readonly record: ReplayRecord; readonly events: readonly ArchivedEvent[] }[];
  readonly places: {
    readonly queues: readonly SavedQueue[];
    readonly logGroups: readonly SavedLogGroup[];
    /** Resource policies as JSON text, by ARN. */
    readonly policies?: Readonly<Record<string, string>>;
  };
  /** The events of the deliveries. */
  readonly events: readonly SavedEvent[];
  readonly deliveries: readonly SavedDelivery[];
}

export function takeSnapshot(core: Core): Snapshot {
  const { archives, clock, home, replays, store } = core.context;
  const buses = [...store.buses.values()];
  return {
    footbridge: 'snapshot',
    version: snapshotVersion,
    ...home,
    time: new Date(clock.now()).toISOString(),
    state: {
      buses,
      rules: buses.flatMap(({ Name }) => [...store.rules(Name).values()]),
      connections: [...store.connections.values()],
      apiDestinations: [...store.apiDestinations.values()],
      archives: Array.from(store.archives.values(), (record) => {
        return { record, events: copy(archives.events(record.Name)) };
      }),
      replays: Array.from(store.replays.values(), (record) => {
        return { record, events: copy(replays.remaining(record.Name)) };
      }),
      places: { queues: core.queues.save(), logGroups: core.logGroups.save(), policies: core.policies.save() },
      ...saveDeliveries(core),
    },
  };
}

/** An archive's events are not frozen: whoever changes the snapshot is not to change the archive. */
function copy(events: readonly ArchivedEvent[]): ArchivedEvent[] {
  return events.map((event) => ({ ...event }));
}

function saveDeliveries({ context }: Core): Pick<SnapshotState, 'events' | 'deliveries'> {
  const places = new Map<BusEvent, number>();
  const placeOf = (event: BusEvent): number => {
    const place = places.get(event) ?? places.size;
    places.set(event, place);
    return place;
  };
  const { waiting, running, blocked, ready } = context.inFlight.list();
  const save = (state: Parameters<typeof saveDelivery>[1]) => (delivery: Delivery) =>
    saveDelivery(delivery, state, placeOf(delivery.event), recipientOf(context, delivery));
  const deliveries = [
    ...waiting.map(save('waiting')),
    ...running.map(save('running')),
    ...blocked.map(save('blocked')),
    ...ready.map(save('ready')),
  ];
  return { events: Array.from(places.keys(), saveEvent), deliveries };
}

function recipientOf({ routes }: Core['context'], { event, recipient }: Delivery): SavedRecipient {
  const { address, target } = recipient;
  if (address.kind === 'target' && target !== undefined) {
    return { kind: 'target', rule: address.rule, ruleArn: address.ruleArn, target };
  }
  const name = address.kind === 'subscription' ? address.subscription : '';
  const namesakes = Array.from(routes.subscriptions(event.bus)).filter((route) => route.name === name);
  const place = namesakes.findIndex(({ recipients }) => recipients.includes(recipient));
  return { kind: 'subscription', subscription: name, place };
}
