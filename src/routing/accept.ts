import type { Clock } from '../base/clock.js';
import { Delivery } from '../delivery/delivery.js';
import type { InFlight } from '../delivery/in-flight.js';
import type { Recipient } from '../delivery/recipient.js';
import type { BusEvent } from '../events/bus-event.js';
import type { Origin } from '../events/ingest.js';
import type { Route } from './route.js';
import type { Routes } from './routes.js';

/** An event and whom it is for, decided but not yet done. */
export interface Passage {
  readonly event: BusEvent;
  /** `undefined` if the bus does not exist. */
  readonly routes: readonly Route[] | undefined;
  readonly recipients: readonly Recipient[];
}

/** What routing has to tell. */
export interface RoutingReport {
  accepted(event: BusEvent, origin: Origin): void;
  /** The bus does not exist. */
  dropped(event: BusEvent): void;
  matched(event: BusEvent, routes: readonly Route[]): void;
  /** `isRefused`: strictness refuses the whole call for it. */
  unmatched(event: BusEvent, isRefused: boolean): void;
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
  return routes.length === 1 && only !== undefined ? only.recipients : routes.flatMap((route) => route.recipients);
}

/** What an event needs to go on its way. */
export interface Entrance {
  readonly clock: Clock;
  readonly inFlight: InFlight;
  readonly report: RoutingReport;
}

/** Sends an event on its passage: one delivery per rule × target, and per subscription. */
export function takePassage(passage: Passage, origin: Origin, { inFlight, clock, report }: Entrance): void {
  const { event, routes, recipients } = passage;
  if (routes === undefined) {
    report.dropped(event);
    return;
  }
  report.accepted(event, origin);
  if (routes.length === 0) report.unmatched(event, false);
  else report.matched(event, routes);
  let now: number | undefined;
  for (const route of routes) {
    if (route.kind !== 'rule' || route.keep === undefined) continue;
    now ??= clock.now();
    route.keep(event, now);
  }
  if (recipients.length > 0) {
    now ??= clock.now();
    for (const recipient of recipients) inFlight.add(new Delivery(event, recipient, now));
  }
  event.release();
}

/** Tells the first objection, after recording every event there is one to; nothing else takes effect. */
export function throwObjection(passages: readonly Passage[], report: RoutingReport): void {
  let first: Error | undefined;
  for (const passage of passages) {
    const error = report.objection(passage);
    if (error === undefined) continue;
    if (passage.routes === undefined) report.dropped(passage.event);
    else report.unmatched(passage.event, true);
    first ??= error;
  }
  if (first !== undefined) throw first;
}

/**
 * Lets one event in: what stands behind the port Ingest. Throws what strictness objects to; that the rules it is meant for
 * do not match it is no objection.
 */
export function accept(
  context: Entrance & { readonly routes: Routes },
  event: BusEvent,
  origin: Origin,
  rules?: ReadonlySet<string>,
): void {
  const passage = findPassage(context.routes, event, rules);
  if (rules === undefined || passage.routes === undefined) throwObjection([passage], context.report);
  takePassage(passage, origin, context);
}
