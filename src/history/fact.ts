import { describeError } from '../base/describe-error.js';
import type { Delivery } from '../delivery/delivery.js';
import type { Failed } from '../delivery/outcome.js';
import type { BusEvent } from '../events/bus-event.js';
import type { PutEventsRequestEntry } from '../events/entry.js';
import type { Origin } from '../events/ingest.js';
import type { EntryIssue } from '../events/validate-entry.js';
import type { Route } from '../routing/route.js';
import type { HistoryRecord } from './record.js';

/** What a record is made of, when somebody asks for it. */
export type Fact =
  | { readonly kind: 'accepted'; readonly event: BusEvent; readonly origin: Origin }
  | {
      readonly kind: 'rejected';
      readonly bus: string;
      readonly index: number;
      readonly entry: PutEventsRequestEntry;
      readonly issue: EntryIssue;
    }
  | { readonly kind: 'dropped'; readonly event: BusEvent }
  /** `isRefused`: the whole call was, so that the event was not accepted. */
  | { readonly kind: 'unmatched'; readonly event: BusEvent; readonly isRefused: boolean }
  | { readonly kind: 'matched'; readonly event: BusEvent; readonly routes: readonly Route[] }
  | DeliveryFact;

type DeliveryFact =
  | { readonly kind: 'delivered'; readonly delivery: Delivery }
  | { readonly kind: 'failed'; readonly delivery: Delivery; readonly outcome: Failed }
  | { readonly kind: 'function-error'; readonly delivery: Delivery; readonly error: unknown };

/** The event a fact is about; a rejected entry has none. */
export function eventOf(fact: Fact): BusEvent | undefined {
  if ('delivery' in fact) return fact.delivery.event;
  return fact.kind === 'rejected' ? undefined : fact.event;
}

/** `at` in epoch milliseconds. */
export function makeRecord(fact: Fact, at: number): HistoryRecord {
  const time = new Date(at).toISOString();
  if (fact.kind === 'rejected') {
    const { ErrorCode: errorCode, ErrorMessage: errorMessage } = fact.issue;
    return { kind: 'rejected', bus: fact.bus, time, index: fact.index, entry: fact.entry, errorCode, errorMessage };
  }
  if ('delivery' in fact) {
    const { event } = fact.delivery;
    return { kind: fact.kind, eventId: event.id, bus: event.bus, time, ...deliveryParts(fact) } as HistoryRecord;
  }
  const { event } = fact;
  const base = { eventId: event.id, bus: event.bus, time };
  switch (fact.kind) {
    case 'accepted':
      return { kind: 'accepted', ...base, origin: fact.origin, event: event.envelope };
    case 'matched':
      return {
        kind: 'matched',
        ...base,
        rules: names(fact.routes, 'rule'),
        subscriptions: names(fact.routes, 'subscription'),
      };
    default:
      return { kind: fact.kind, ...base, event: event.envelope };
  }
}

function names(routes: readonly Route[], kind: Route['kind']): string[] {
  return routes.flatMap((route) => (route.kind === kind ? [route.name] : []));
}

function deliveryParts(fact: DeliveryFact): object {
  const { address } = fact.delivery.recipient;
  const to =
    address.kind === 'subscription'
      ? { subscription: address.subscription }
      : { rule: address.rule, targetId: address.targetId, arn: address.arn };
  const parts = { ...to, attempts: fact.delivery.attempt };
  switch (fact.kind) {
    case 'delivered':
      return parts;
    case 'failed': {
      const { errorCode, errorMessage, error } = fact.outcome;
      return { ...parts, errorCode, errorMessage, error };
    }
    case 'function-error':
      return { ...parts, errorMessage: describeError(fact.error), error: fact.error };
  }
}
