import type { Home } from '../base/arn.js';
import type { Clock } from '../base/clock/clock.js';
import { invalid } from '../base/service-error.js';
import type { PutEventsFaults } from '../bridge/put-events-faults.js';
import type { InFlight } from '../delivery/in-flight.js';
import type { Lane, Recipient } from '../delivery/recipient.js';
import { BusEvent } from '../events/bus-event.js';
import {
  isTooLarge,
  type PutEventsRequest,
  type PutEventsRequestEntry,
  type PutEventsResponse,
} from '../events/entry.js';
import { formatTime } from '../events/envelope.js';
import { type Detail, type EntryIssue, readTraceHeader, validateEntry } from '../events/validate-entry.js';
import { busNameOf } from './bus-names.js';
import {
  dispatch,
  isRoutingPlan,
  planRoutes,
  type RoutingPlan,
  type RoutingReport,
  throwFirstViolation,
} from './routing-plan.js';
import type { RoutingTable } from './routing-table.js';

/** What PutEvents works with. */
export interface PutEventsContext {
  readonly home: Home;
  readonly clock: Clock;
  readonly ids: () => string;
  readonly limits: { readonly requestBytes: number; readonly pendingDeliveries: number };
  readonly routes: RoutingTable;
  readonly inFlight: InFlight;
  readonly faults: PutEventsFaults;
  readonly report: RoutingReport;
}

/**
 * PutEvents on an input that the model's constraints hold for. First everything is decided, so that a call which is
 * refused as a whole has done nothing; then each good entry is sent on its way, whatever the others are. A caller that
 * tries again where there was no room is told by `onCongestion` which places and lanes those are, and has nothing rejected there.
 */
export function putEvents(
  context: PutEventsContext,
  request: PutEventsRequest,
  onCongestion?: (index: number, lane: Lane) => void,
): PutEventsResponse {
  const entries = request.Entries ?? [];
  if (isTooLarge(entries, context.limits.requestBytes)) {
    throw invalid('Total size of the entries in the request is over the limit.');
  }
  context.faults.throwForCall();
  const now = context.clock.now();
  const time = formatTime(now / 1000);
  const decided = entries.map((entry) => decide(context, entry, time));
  context.faults.spoil(entries, decided);
  throwFirstViolation(decided.filter(isRoutingPlan), now, context.report);

  const answer: PutEventsResponse = { FailedEntryCount: 0, Entries: [] };
  for (let index = 0; index < decided.length; index++) {
    const entry = entries[index] as PutEventsRequestEntry;
    const decision = decided[index] as RoutingPlan | EntryIssue;
    const limit = context.limits.pendingDeliveries;
    const full = isRoutingPlan(decision) ? decision.recipients.find(({ lane }) => lane.unfinished >= limit) : undefined;
    if (isRoutingPlan(decision) && full === undefined) {
      dispatch(decision, 'put-events', now, context);
      answer.Entries.push({ EventId: decision.event.id });
      continue;
    }
    const issue = full === undefined ? (decision as EntryIssue) : throttled(full, limit);
    if (full !== undefined && onCongestion !== undefined) onCongestion(index, full.lane);
    else context.report.rejected(busOf(context.home, entry), index, entry, issue, now);
    answer.FailedEntryCount++;
    answer.Entries.push({ ...issue });
  }
  return answer;
}

function decide(context: PutEventsContext, entry: PutEventsRequestEntry, now: string): RoutingPlan | EntryIssue {
  const detail = validateEntry(entry);
  return 'ErrorCode' in detail ? detail : planRoutes(context.routes, makeEvent(context, entry, detail, now));
}

/** Of an entry that nothing is wrong with. */
function makeEvent(context: PutEventsContext, entry: PutEventsRequestEntry, detail: Detail, now: string): BusEvent {
  const { home } = context;
  const head = {
    version: '0',
    id: context.ids(),
    'detail-type': entry.DetailType as string,
    source: entry.Source as string,
    account: home.account,
    time: entry.Time === undefined ? now : formatTime(entry.Time as number),
    region: home.region,
    resources: [...(entry.Resources ?? [])],
  };
  return new BusEvent(busOf(home, entry), head, detail, readTraceHeader(entry.TraceHeader));
}

/** A bus that lives elsewhere keeps its ARN for a name: here nothing is called so. */
function busOf(home: Home, entry: PutEventsRequestEntry): string {
  return busNameOf(home, entry.EventBusName) ?? (entry.EventBusName as string);
}

/** Targets that are full throttle the entry, and only this entry. */
function throttled({ address }: Recipient, limit: number): EntryIssue {
  const name = address.kind === 'target' ? `Target ${address.arn}` : `Subscription ${address.subscription}`;
  return { ErrorCode: 'ThrottlingException', ErrorMessage: `${name} is full: limits.pendingDeliveries is ${limit}.` };
}
