import { describeError } from '../base/describe.js';
import type { DetailIssue } from '../contracts/detail-issues.js';
import { makeDeadLetter } from '../delivery/dead-letter.js';
import type { Delivery } from '../delivery/delivery.js';
import type { DeadLettered, Failed, Failure } from '../delivery/outcome.js';
import type { Route } from '../delivery/route.js';
import type { BusEvent } from '../events/bus-event.js';
import type { PutEventsRequestEntry } from '../events/entry.js';
import type { Origin } from '../events/ingest.js';
import type { EntryError } from '../events/validate-entry.js';
import type { HistoryRecord } from './record.js';

/** How the history stores one occurrence. Records are made of it on demand. */
export type HistoryEntry =
  | { readonly kind: 'accepted'; readonly event: BusEvent; readonly origin: Origin }
  | {
      readonly kind: 'rejected';
      readonly bus: string;
      readonly index: number;
      readonly entry: PutEventsRequestEntry;
      readonly issue: EntryError;
    }
  | {
      readonly kind: 'invalid-detail';
      /** `undefined` before it is published. */
      readonly event: BusEvent | undefined;
      readonly bus: string;
      readonly source: string;
      readonly detailType: string;
      /** JSON text. */
      readonly detail: string;
      readonly issues: readonly DetailIssue[];
    }
  | { readonly kind: 'dropped'; readonly event: BusEvent }
  /** `isRefused`: the whole call was, so that the event was not accepted. */
  | { readonly kind: 'unmatched'; readonly event: BusEvent; readonly isRefused: boolean }
  | { readonly kind: 'matched'; readonly event: BusEvent; readonly routes: readonly Route[] }
  | DeliveryEntry;

/** `attempts`: how many were begun by then. */
export type DeliveryEntry = { readonly delivery: Delivery; readonly attempts: number } & (
  | { readonly kind: 'delivered' }
  /** `failure` is `undefined` if a Lambda function threw. */
  | {
      readonly kind: 'retrying';
      readonly failure: Failure | undefined;
      readonly error: unknown;
      readonly at: number;
    }
  | { readonly kind: 'dead-lettered'; readonly outcome: DeadLettered }
  | { readonly kind: 'failed'; readonly outcome: Failed }
  | { readonly kind: 'function-error'; readonly error: unknown }
);

/** Returns the event of an entry; `undefined` for a rejected entry and an unpublished event. */
export function eventOf(historyEntry: HistoryEntry): BusEvent | undefined {
  if ('delivery' in historyEntry) return historyEntry.delivery.event;
  return historyEntry.kind === 'rejected' ? undefined : historyEntry.event;
}

/** `at` in epoch milliseconds. */
export function toRecord(historyEntry: HistoryEntry, at: number): HistoryRecord {
  const time = new Date(at).toISOString();
  if (historyEntry.kind === 'rejected') {
    const { ErrorCode: errorCode, ErrorMessage: errorMessage } = historyEntry.issue;
    return {
      kind: 'rejected',
      bus: historyEntry.bus,
      time,
      index: historyEntry.index,
      entry: historyEntry.entry,
      errorCode,
      errorMessage,
    };
  }
  if ('delivery' in historyEntry) {
    const { event } = historyEntry.delivery;
    return {
      kind: historyEntry.kind,
      eventId: event.id,
      bus: event.bus,
      time,
      ...deliveryFields(historyEntry),
    } as HistoryRecord;
  }
  if (historyEntry.kind === 'invalid-detail') {
    const { kind, event, bus, source, detailType, detail, issues } = historyEntry;
    const id = event === undefined ? {} : { eventId: event.id };
    return { kind, ...id, bus, time, source, detailType, detail: JSON.parse(detail), issues };
  }
  const { event } = historyEntry;
  const base = { eventId: event.id, bus: event.bus, time };
  switch (historyEntry.kind) {
    case 'accepted':
      return { kind: 'accepted', ...base, origin: historyEntry.origin, event: event.envelope };
    case 'matched':
      return {
        kind: 'matched',
        ...base,
        rules: names(historyEntry.routes, 'rule'),
        subscriptions: names(historyEntry.routes, 'subscription'),
      };
    default:
      return { kind: historyEntry.kind, ...base, event: event.envelope };
  }
}

function names(routes: readonly Route[], kind: Route['kind']): string[] {
  return routes.flatMap((route) => (route.kind === kind ? [route.name] : []));
}

function deliveryFields(historyEntry: DeliveryEntry): object {
  const { address } = historyEntry.delivery.recipient;
  const to =
    address.kind === 'subscription'
      ? { subscription: address.subscription }
      : { rule: address.rule, targetId: address.targetId, arn: address.arn };
  const fields = {
    ...to,
    attempts: historyEntry.attempts,
    ...(historyEntry.delivery.isDuplicate ? { duplicate: true as const } : {}),
  };
  switch (historyEntry.kind) {
    case 'delivered':
      return fields;
    case 'dead-lettered':
      return {
        ...fields,
        queue: historyEntry.outcome.queue,
        ...outcomeFields(historyEntry.delivery, historyEntry.outcome),
      };
    case 'failed':
      return { ...fields, ...outcomeFields(historyEntry.delivery, historyEntry.outcome) };
    case 'retrying': {
      const { failure, error, at } = historyEntry;
      const why = failure === undefined ? errorFields(error) : failureFields(failure);
      return { ...fields, ...why, nextAt: new Date(at).toISOString() };
    }
    case 'function-error':
      return { ...fields, ...errorFields(historyEntry.error) };
  }
}

function errorFields(error: unknown): object {
  return { errorMessage: describeError(error), error };
}

function outcomeFields(delivery: Delivery, { failure, exhausted }: DeadLettered | Failed): object {
  return { ...failureFields(failure), ...makeDeadLetter(delivery, failure, exhausted) };
}

function failureFields({ errorCode, errorMessage, hint, error }: Failure): object {
  return { errorCode, errorMessage, ...(hint === undefined ? {} : { hint }), error };
}
