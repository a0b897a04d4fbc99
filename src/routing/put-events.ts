import type { Home } from '../base/arn.js';
import type { Clock } from '../base/clock.js';
import { ServiceError } from '../base/service-error.js';
import type { InFlight } from '../delivery/in-flight.js';
import type { Lane, Recipient } from '../delivery/recipient.js';
import { BusEvent } from '../events/bus-event.js';
import type { Detail } from '../events/detail.js';
import type {
  PutEventsRequest,
  PutEventsRequestEntry,
  PutEventsResponse,
  PutEventsResultEntry,
} from '../events/entry.js';
import { isTooLarge } from '../events/entry-size.js';
import { formatTime } from '../events/event-time.js';
import { readTraceHeader } from '../events/trace-header.js';
import { type EntryIssue, validateEntry } from '../events/validate-entry.js';
import { busNameOf } from '../state/bus-name.js';
import { findPassage, type Passage, type RoutingReport, takePassage, throwObjection } from './accept.js';
import type { PutEventsFaults } from './put-events-faults.js';
import type { Routes } from './routes.js';

/** What PutEvents works with. */
export interface PutEventsContext {
  readonly home: Home;
  readonly clock: Clock;
  readonly ids: () => string;
  readonly limits: { readonly requestBytes: number; readonly pendingDeliveries: number };
  readonly routes: Routes;
  readonly inFlight: InFlight;
  readonly faults: PutEventsFaults;
  readonly report: RoutingReport & {
    rejected(bus: string, index: number, entry: PutEventsRequestEntry, issue: EntryIssue): void;
  };
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
    throw new ServiceError('ValidationException', 'Total size of the entries in the request is over the limit.');
  }
  context.faults.throwForCall();
  const now = formatTime(context.clock.now() / 1000);
  const decided = entries.map((entry): Passage | EntryIssue => {
    const detail = validateEntry(entry);
    if ('ErrorCode' in detail) return detail;
    return findPassage(context.routes, makeEvent(context, entry, detail, now));
  });
  const faults = context.faults.issues(
    decided.flatMap((decision, index) =>
      isPassage(decision) ? [{ entry: entries[index] as PutEventsRequestEntry, index, event: decision.event }] : [],
    ),
  );
  throwObjection(
    decided.filter((decision, index): decision is Passage => isPassage(decision) && !faults.has(index)),
    context.report,
  );

  const results = decided.map((decision, index): PutEventsResultEntry => {
    const entry = entries[index] as PutEventsRequestEntry;
    const reject = (issue: EntryIssue) => context.report.rejected(busOf(context.home, entry), index, entry, issue);
    const issue = isPassage(decision) ? faults.get(index) : decision;
    if (issue !== undefined || !isPassage(decision)) {
      reject(issue as EntryIssue);
      return { ...(issue as EntryIssue) };
    }
    const limit = context.limits.pendingDeliveries;
    const full = decision.recipients.find(({ lane }) => lane.unfinished >= limit);
    if (full !== undefined) {
      const congestion = congestionOf(full, limit);
      if (onCongestion === undefined) reject(congestion);
      else onCongestion(index, full.lane);
      return { ...congestion };
    }
    takePassage(decision, 'put-events', context);
    return { EventId: decision.event.id };
  });
  return { FailedEntryCount: results.filter((result) => result.ErrorCode !== undefined).length, Entries: results };
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
function congestionOf({ address }: Recipient, limit: number): EntryIssue {
  const name = address.kind === 'target' ? `Target ${address.arn}` : `Subscription ${address.subscription}`;
  return { ErrorCode: 'ThrottlingException', ErrorMessage: `${name} is full: limits.pendingDeliveries is ${limit}.` };
}

function isPassage(decision: Passage | EntryIssue): decision is Passage {
  return 'event' in decision;
}
