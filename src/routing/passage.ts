import { Delivery } from '../delivery/delivery.js';
import type { Dispatcher } from '../delivery/dispatcher.js';
import type { Recipient } from '../delivery/recipient.js';
import type { BusEvent } from '../events/bus-event.js';
import type { PutEventsRequestEntry } from '../events/entry.js';
import type { Origin } from '../events/ingest.js';
import type { EntryIssue } from '../events/validate-entry.js';
import type { Route } from './route.js';
import type { Routes } from './routes.js';

/** An event and whom it is for, decided but not yet done. */
export interface Passage {
  readonly event: BusEvent;
  /** `undefined` if the bus does not exist. */
  readonly routes: readonly Route[] | undefined;
  readonly recipients: readonly Recipient[];
}

export function isPassage(decision: Passage | EntryIssue): decision is Passage {
  return 'event' in decision;
}

/** What routing has to tell. */
export interface RoutingReport {
  /** Times are epoch milliseconds; now if absent. */
  accepted(event: BusEvent, origin: Origin, at?: number): void;
  /** PutEvents refuses an entry, which stands at this place in its request. */
  rejected(bus: string, index: number, entry: PutEventsRequestEntry, issue: EntryIssue, at: number): void;
  /** The bus does not exist. */
  dropped(event: BusEvent, at: number): void;
  matched(event: BusEvent, routes: readonly Route[], at: number): void;
  /** `isRefused`: strictness refuses the whole call for it. */
  unmatched(event: BusEvent, isRefused: boolean, at: number): void;
  /** Asked before anything takes effect: an error makes the call fail that the event came with. */
  objection(passage: Passage): Error | undefined;
}

/** Decides whom an event is for: if `rules` are named, it is for none but these. */
export function findPassage(routes: Routes, event: BusEvent, rules?: ReadonlySet<string>): Passage {
  const all = routes.match(event);
  const matching = rules === undefined ? all : all?.filter(({ kind, name }) => kind === 'rule' && rules.has(name));
  return { event, routes: matching, recipients: recipientsOf(matching) };
}

function recipientsOf(routes: readonly Route[] = []): readonly Recipient[] {
  const [only] = routes;
  if (routes.length === 1 && only !== undefined) return only.recipients;
  const all: Recipient[] = [];
  for (const { recipients } of routes) for (const recipient of recipients) all.push(recipient);
  return all;
}

/** What an event needs to go on its way. */
export interface Entrance {
  readonly inFlight: Dispatcher;
  readonly report: RoutingReport;
}

/** Sends an event on its passage, at a time in epoch milliseconds: one delivery per rule × target, and per subscription. */
export function takePassage(passage: Passage, origin: Origin, at: number, { inFlight, report }: Entrance): void {
  const { event, routes, recipients } = passage;
  if (routes === undefined) {
    report.dropped(event, at);
    return;
  }
  report.accepted(event, origin, at);
  if (routes.length === 0) report.unmatched(event, false, at);
  else report.matched(event, routes, at);
  for (const route of routes) if (route.kind === 'rule') route.keep?.(event, at);
  for (const recipient of recipients) inFlight.add(new Delivery(event, recipient, at));
  event.release();
}

/** Tells the first objection, after recording every event there is one to; nothing else takes effect. */
export function throwObjection(passages: readonly Passage[], at: number, report: RoutingReport): void {
  let first: Error | undefined;
  for (const passage of passages) {
    const error = report.objection(passage);
    if (error === undefined) continue;
    if (passage.routes === undefined) report.dropped(passage.event, at);
    else report.unmatched(passage.event, true, at);
    first ??= error;
  }
  if (first !== undefined) throw first;
}
