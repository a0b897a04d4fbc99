import type { Clock } from '../base/clock/clock.js';
import { Delivery } from '../delivery/delivery.js';
import type { Dispatcher } from '../delivery/dispatcher.js';
import type { Recipient } from '../delivery/recipient.js';
import type { Route } from '../delivery/route.js';
import type { BusEvent } from '../events/bus-event.js';
import type { PutEventsRequestEntry } from '../events/entry.js';
import type { Origin } from '../events/ingest.js';
import type { EntryError } from '../events/validate-entry.js';
import type { RoutingTable } from './routing-table.js';

/** What will happen to an event: its routes and recipients, decided but not yet done. */
export interface RoutingPlan {
  readonly event: BusEvent;
  /** `undefined` if the bus does not exist. */
  readonly routes: readonly Route[] | undefined;
  readonly recipients: readonly Recipient[];
}

/** What routing reports. Times are epoch milliseconds. */
export interface RoutingReport {
  /** `isChecked`: its detail was held against its definition before. `at` is now if absent. */
  accepted(event: BusEvent, origin: Origin, at?: number, isChecked?: boolean): void;
  /** PutEvents rejects an entry, which stands at this position in its request. */
  rejected(bus: string, index: number, entry: PutEventsRequestEntry, issue: EntryError, at: number): void;
  /** The bus does not exist. */
  dropped(event: BusEvent, at: number): void;
  matched(event: BusEvent, routes: readonly Route[], at: number): void;
  /** `isRefused`: a violation policy rejects the whole call for it. */
  unmatched(event: BusEvent, isRefused: boolean, at: number): void;
  /** Asked before anything takes effect: an error makes the call fail that the event came with. */
  violationOf(plan: RoutingPlan): Error | undefined;
}

/** What an event needs to be dispatched. */
export interface DispatchPorts {
  readonly inFlight: Dispatcher;
  readonly report: RoutingReport;
}

/**
 * Lets one event in: what stands behind the port Ingest. Throws what a violation policy objects to; that the rules it is meant for
 * do not match it is not an objection.
 */
export function acceptEvent(
  ports: DispatchPorts & { readonly clock: Clock; readonly routes: RoutingTable },
  event: BusEvent,
  origin: Origin,
  rules?: ReadonlySet<string>,
): void {
  const plan = planRoutes(ports.routes, event, rules);
  const now = ports.clock.now();
  if (rules === undefined || plan.routes === undefined) throwFirstViolation([plan], now, ports.report);
  // As in PutEvents, a storage will stand here.
  dispatch(ports, plan, origin, now);
}

/** Decides who an event is for: if `rules` are named, only these. Has no effect. */
export function planRoutes(routes: RoutingTable, event: BusEvent, rules?: ReadonlySet<string>): RoutingPlan {
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

/** Carries a plan out, at a time in epoch milliseconds: one delivery per rule × target, and per subscription. */
export function dispatch(
  { inFlight, report }: DispatchPorts,
  plan: RoutingPlan,
  origin: Origin,
  at: number,
  isChecked = false,
): void {
  const { event, routes, recipients } = plan;
  if (routes === undefined) {
    report.dropped(event, at);
    event.release();
    return;
  }
  report.accepted(event, origin, at, isChecked);
  if (routes.length === 0) report.unmatched(event, false, at);
  else report.matched(event, routes, at);
  for (const route of routes) if (route.kind === 'rule') route.archiveSink?.(event, at);
  for (const recipient of recipients) inFlight.add(new Delivery(event, recipient, at));
  event.release();
}

/** Throws the first violation, after recording every event that has one; nothing else takes effect. */
export function throwFirstViolation(plans: readonly RoutingPlan[], at: number, report: RoutingReport): void {
  let first: Error | undefined;
  for (const plan of plans) {
    const error = report.violationOf(plan);
    if (error === undefined) continue;
    if (plan.routes === undefined) report.dropped(plan.event, at);
    else report.unmatched(plan.event, true, at);
    plan.event.release();
    first ??= error;
  }
  if (first !== undefined) throw first;
}
