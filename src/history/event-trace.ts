import { defineToString, pluralize } from '../base/describe.js';
import type { Delivery } from '../delivery/delivery.js';
import type { BusEvent } from '../events/bus-event.js';
import type { Envelope } from '../events/envelope.js';
import type { Origin } from '../events/ingest.js';
import { type DeliveryEntry, eventOf, type HistoryEntry, toRecord } from './history-entry.js';
import type { DeliveryRecord } from './record.js';

/** What happened to one event on one bus, delivery by delivery. */
export interface EventTrace {
  /** The envelope, frozen. */
  readonly event: Envelope;
  /** Name of the bus. A forwarded event has another trace, with the same id, on the other bus. */
  readonly bus: string;
  /** When it was accepted, by the bridge's clock, as ISO text with milliseconds. */
  readonly time: string;
  /** How it reached the bus. */
  readonly origin: Origin;
  /** Names of the rules that it matched. */
  readonly rules: readonly string[];
  /** Names of the subscriptions that it matched. */
  readonly subscriptions: readonly string[];
  /** Its deliveries: first those with records, in order of the first record, then those that have not started. */
  readonly deliveries: readonly DeliveryTrace[];
  /** Formats the trace as text. */
  toString(): string;
}

/** One delivery of an event. */
export interface DeliveryTrace {
  /** Name of the rule, if it is for a target. */
  readonly rule?: string;
  /** Id of the target. */
  readonly targetId?: string;
  /** ARN of the target. */
  readonly arn?: string;
  /** Name of the subscription, if it is for one. */
  readonly subscription?: string;
  /** `true` if `chaos` added it; otherwise absent. */
  readonly duplicate?: true;
  /** The input of the target; absent for a subscription, and if the delivery ended as `INVALID_JSON`. */
  readonly input?: string;
  /** Number of attempts that were started. */
  readonly attempts: number;
  /** How it ended; `pending` if it has not. */
  readonly outcome: 'delivered' | 'dead-lettered' | 'failed' | 'pending';
  /** Its records, oldest first. */
  readonly records: readonly DeliveryRecord[];
}

/** A history entry with its time in epoch milliseconds. */
export interface TimedHistoryEntry {
  readonly historyEntry: HistoryEntry;
  readonly time: number;
}

interface EventEntries {
  readonly entries: TimedHistoryEntry[];
  readonly deliveries: Map<Delivery, DeliveryRecord[]>;
}

/** Builds the traces of the selected events. `pending` are the deliveries that have not ended. */
export function buildTraces(
  entries: readonly TimedHistoryEntry[],
  pending: readonly Delivery[],
  isSelected: (event: BusEvent) => boolean,
): EventTrace[] {
  const traced = new Map<BusEvent, EventEntries>();
  for (const { historyEntry, time } of entries) {
    const event = eventOf(historyEntry);
    if (event === undefined) continue;
    if (historyEntry.kind === 'accepted' && isSelected(event))
      traced.set(event, { entries: [], deliveries: new Map() });
    const eventEntries = traced.get(event);
    if (eventEntries === undefined) continue;
    if ('delivery' in historyEntry)
      recordsOf(eventEntries, historyEntry.delivery).push(toRecord(historyEntry, time) as DeliveryRecord);
    else eventEntries.entries.push({ historyEntry, time });
  }
  for (const delivery of pending) {
    const eventEntries = traced.get(delivery.event);
    if (eventEntries !== undefined) recordsOf(eventEntries, delivery);
  }
  return Array.from(traced, ([event, eventEntries]) => buildTrace(event, eventEntries));
}

function recordsOf({ deliveries }: EventEntries, delivery: Delivery): DeliveryRecord[] {
  const records = deliveries.get(delivery) ?? [];
  deliveries.set(delivery, records);
  return records;
}

function buildTrace(event: BusEvent, { entries, deliveries }: EventEntries): EventTrace {
  const records = entries.map(({ historyEntry, time }) => toRecord(historyEntry, time));
  const accepted = records.find((record) => record.kind === 'accepted');
  const matched = records.find((record) => record.kind === 'matched');
  const trace = {
    event: event.envelope,
    bus: event.bus,
    time: accepted?.time ?? '',
    origin: accepted?.origin ?? 'put-events',
    rules: matched?.rules ?? [],
    subscriptions: matched?.subscriptions ?? [],
    deliveries: Array.from(deliveries, ([delivery, eventEntries]) => makeDelivery(delivery, eventEntries)),
  };
  return defineToString(trace, () => print(trace));
}

function makeDelivery(delivery: Delivery, records: readonly DeliveryRecord[]): DeliveryTrace {
  const { address } = delivery.recipient;
  const { rule, targetId, arn } = address.kind === 'target' ? address : {};
  const body = address.kind === 'target' ? delivery.body : undefined;
  const end = records.find(isEnd);
  return {
    ...(rule === undefined || targetId === undefined || arn === undefined ? {} : { rule, targetId, arn }),
    ...(address.kind === 'subscription' ? { subscription: address.subscription } : {}),
    ...(delivery.isDuplicate ? { duplicate: true as const } : {}),
    ...(body?.kind === 'body' ? { input: body.text } : {}),
    attempts: delivery.attempts,
    outcome: end?.kind ?? 'pending',
    records,
  };
}

type OutcomeKind = Extract<DeliveryEntry, { kind: 'delivered' | 'dead-lettered' | 'failed' }>['kind'];

function isEnd(record: DeliveryRecord): record is Extract<DeliveryRecord, { kind: OutcomeKind }> {
  return record.kind === 'delivered' || record.kind === 'dead-lettered' || record.kind === 'failed';
}

function print({ event, bus, time, origin, rules, subscriptions, deliveries }: EventTrace): string {
  const matched = [...rules.map((name) => `rule ${name}`), ...subscriptions.map((name) => `subscription ${name}`)];
  return [
    `${JSON.stringify(event['detail-type'])} from ${event.source} on bus ${bus}, id ${event.id}`,
    `  accepted ${time} (${origin})`,
    `  matched ${matched.length === 0 ? 'nothing' : matched.join(', ')}`,
    ...deliveries.flatMap((delivery) => printDelivery(delivery)),
  ].join('\n');
}

const maxInputLength = 200;

function printDelivery({ rule, targetId, arn, subscription, duplicate, ...rest }: DeliveryTrace): string[] {
  const { input, attempts, outcome, records } = rest;
  const to = rule === undefined ? `subscription ${subscription}` : `${arn} (rule ${rule}, target ${targetId})`;
  const again = duplicate ? ', a duplicate' : '';
  const shown = input !== undefined && input.length > maxInputLength ? `${input.slice(0, maxInputLength)}…` : input;
  return [
    `  to ${to}${again}: ${outcome}, ${pluralize(attempts, 'attempt')}`,
    ...(shown === undefined ? [] : [`      input ${shown}`]),
    ...records.map((record) => `      ${printRecord(record)}`),
  ];
}

function printRecord(record: DeliveryRecord): string {
  const { kind, time } = record;
  if (kind === 'delivered') return `${time} delivered`;
  const code = 'errorCode' in record ? `${record.errorCode}: ` : '';
  const then = kind === 'retrying' ? `, again at ${record.nextAt}` : '';
  const queue = kind === 'dead-lettered' ? ` to ${record.queue}` : '';
  const what = kind === 'retrying' ? `attempt ${record.attempts} failed` : kind;
  return `${time} ${what}${queue}: ${code}${record.errorMessage}${then}`;
}
