import type { Anything } from '../base/unknown-value.js';
import type { Host } from '../core/plugin.js';

import type { Delivery } from '../delivery/delivery.js';
import {
  type SavedDelivery,
  type SavedEvent,
  type SavedRecipient,
  saveDelivery,
  saveEvent,
} from '../delivery/saved-delivery.js';
import type { BusEvent } from '../events/bus-event.js';

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
  readonly state: Anything;
}

/** What a bridge holds: the records and other state of each plugin, and the deliveries that have not ended. */
export type SnapshotState = Readonly<Record<string, unknown>>;

/** Members of the state that stand one level deeper in the form of this version, and where. */
export const nestedMembers: Readonly<Record<string, string>> = {
  queues: 'places',
  logGroups: 'places',
  policies: 'places',
};

export function takeSnapshot(host: Host): Snapshot {
  const state: Record<string, unknown> = {};
  const add = (name: string, value: unknown): void => {
    const place = nestedMembers[name];
    if (place === undefined) state[name] = value;
    else state[place] = { ...(state[place] as object | undefined), [name]: value };
  };
  for (const { name, collections = [] } of host.plugins) {
    for (const type of collections) add(type.name, host.store.all(type));
    for (const [member, value] of Object.entries(host.partsByName.get(name)?.save?.() ?? {})) add(member, value);
  }
  return {
    footbridge: 'snapshot',
    version: snapshotVersion,
    ...host.home,
    time: new Date(host.clock.now()).toISOString(),
    state: { ...state, ...saveDeliveries(host) },
  };
}

function saveDeliveries(host: Host): {
  readonly events: readonly SavedEvent[];
  readonly deliveries: readonly SavedDelivery[];
} {
  const places = new Map<BusEvent, number>();
  const placeOf = (event: BusEvent): number => {
    const place = places.get(event) ?? places.size;
    places.set(event, place);
    return place;
  };
  const { waiting, running, blocked, ready } = host.inFlight.list();
  const save = (state: Parameters<typeof saveDelivery>[1]) => (delivery: Delivery) =>
    saveDelivery(delivery, state, placeOf(delivery.event), recipientOf(host, delivery));
  const deliveries = [
    ...waiting.map(save('waiting')),
    ...running.map(save('running')),
    ...blocked.map(save('blocked')),
    ...ready.map(save('ready')),
  ];
  return { events: Array.from(places.keys(), saveEvent), deliveries };
}

function recipientOf({ routes }: Host, { event, recipient }: Delivery): SavedRecipient {
  const { address, target } = recipient;
  if (address.kind === 'target' && target !== undefined) {
    return { kind: 'target', rule: address.rule, ruleArn: address.ruleArn, target };
  }
  const name = address.kind === 'subscription' ? address.subscription : '';
  const namesakes = Array.from(routes.subscriptions(event.bus)).filter((route) => route.name === name);
  const place = namesakes.findIndex(({ recipients }) => recipients.includes(recipient));
  return { kind: 'subscription', subscription: name, place };
}
