import { describeError } from '../base/describe.js';
import type { DetailIssue } from '../contracts/detail-issues.js';
import { makeDeadLetter } from '../delivery/dead-letter.js';
import type { Delivery } from '../delivery/delivery.js';
import type { DeadLettered, Failed, Failure } from '../delivery/outcome.js';
import type { Route } from '../delivery/route.js';
import type { BusEvent } from '../events/bus-event.js';
import type { PutEventsRequestEntry } from '../events/entry.js';
import type { Origin } from '../events/ingest.js';
import type { EntryIssue } from '../events/validate-entry.js';
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
  | DeliveryFact;

/** `attempts`: how many were begun by then. */
export type DeliveryFact = { readonly delivery: Delivery; readonly attempts: number } & (
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

/** The event a fact is about; what was rejected, or not published, has none. */
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
  if (fact.kind === 'invalid-detail') {
    const { kind, event, bus, source, detailType, detail, issues } = fact;
    const id = event === undefined ? {} : { eventId: event.id };
    return { kind, ...id, bus, time, source, detailType, detail: JSON.parse(detail), issues };
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
  const parts = {
    ...to,
    attempts: fact.attempts,
    ...(fact.delivery.isDuplicate ? { duplicate: true as const } : {}),
  };
  switch (fact.kind) {
    case 'delivered':
      return parts;
    case 'dead-lettered':
      return { ...parts, queue: fact.outcome.queue, ...ending(fact.delivery, fact.outcome) };
    case 'failed':
      return { ...parts, ...ending(fact.delivery, fact.outcome) };
    case 'retrying': {
      const { failure, error, at } = fact;
      const why = failure === undefined ? thrown(error) : described(failure);
      return { ...parts, ...why, nextAt: new Date(at).toISOString() };
    }
    case 'function-error':
      return { ...parts, ...thrown(fact.error) };
  }
}

function thrown(error: unknown): object {
  return { errorMessage: describeError(error), error };
}

function ending(delivery: Delivery, { failure, exhausted }: DeadLettered | Failed): object {
  return { ...described(failure), ...makeDeadLetter(delivery, failure, exhausted) };
}

function described({ errorCode, errorMessage, hint, error }: Failure): object {
  return { errorCode, errorMessage, ...(hint === undefined ? {} : { hint }), error };
}
