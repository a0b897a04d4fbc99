import type { Home } from '../base/arn.js';
import type { Clock } from '../base/clock/clock.js';
import { invalid } from '../base/service-error.js';
import type { Dispatcher } from '../delivery/dispatcher.js';
import type { Recipient, RecipientQueue } from '../delivery/recipient.js';
import { BusEvent } from '../events/bus-event.js';
import {
  isTooLarge,
  type PutEventsRequest,
  type PutEventsRequestEntry,
  type PutEventsResponse,
} from '../events/entry.js';
import { formatTime } from '../events/envelope.js';
import { readTraceHeader } from '../events/trace-header.js';
import { type Detail, type EntryIssue, validateEntry } from '../events/validate-entry.js';
import { busNameOf } from '../state/bus-name.js';
import { findPassage, isPassage, type Passage, type RoutingReport, takePassage, throwObjection } from './passage.js';
import type { PutEventsFaults } from './put-events-faults.js';
import type { Routes } from './routes.js';

/** What PutEvents works with. */
export interface PutEventsContext {
  readonly home: Home;
  readonly clock: Clock;
  readonly ids: () => string;
  readonly limits: { readonly requestBytes: number; readonly pendingDeliveries: number };
  readonly routes: Routes;
  readonly inFlight: Dispatcher;
  readonly faults: PutEventsFaults;
  readonly report: RoutingReport;
}

/**
 * PutEvents on an input that the model's constraints hold for. First everything is decided, so that a call which is
 * refused as a whole has done nothing; then each good entry is sent on its way, whatever the others are. A caller that
 * tries again where there was no room is told by `onCongestion` which places and queues those are, and has nothing rejected there.
 */
export function putEvents(
  context: PutEventsContext,
  request: PutEventsRequest,
  onCongestion?: (index: number, recipientQueue: RecipientQueue) => void,
): PutEventsResponse {
  const entries = request.Entries ?? [];
  if (isTooLarge(entries, context.limits.requestBytes)) {
    throw invalid('Total size of the entries in the request is over the limit.');
  }
  context.faults.throwForCall();
  const now = context.clock.now();
  const decided = entries.map((entry) => decide(context, entry, now));
  context.faults.spoil(entries, decided);
  throwObjection(decided.filter(isPassage), now, context.report);

  const answer: PutEventsResponse = { FailedEntryCount: 0, Entries: [] };
  for (let index = 0; index < decided.length; index++) {
    const entry = entries[index] as PutEventsRequestEntry;
    const decision = decided[index] as Passage | EntryIssue;
    const limit = context.limits.pendingDeliveries;
    const full = isPassage(decision)
      ? decision.recipients.find(({ recipientQueue }) => recipientQueue.pendingCount >= limit)
      : undefined;
    if (isPassage(decision) && full === undefined) {
      takePassage(decision, 'put-events', now, context);
      answer.Entries.push({ EventId: decision.event.id });
      continue;
    }
    const issue = full === undefined ? (decision as EntryIssue) : congestionOf(full, limit);
    if (full !== undefined && onCongestion !== undefined) onCongestion(index, full.recipientQueue);
    else context.report.rejected(busOf(context.home, entry), index, entry, issue, now);
    answer.FailedEntryCount++;
    answer.Entries.push({ ...issue });
  }
  return answer;
}

function decide(context: PutEventsContext, entry: PutEventsRequestEntry, now: number): Passage | EntryIssue {
  const detail = validateEntry(entry);
  return 'ErrorCode' in detail ? detail : findPassage(context.routes, makeEvent(context, entry, detail, now));
}

/** Of an entry that nothing is wrong with. */
function makeEvent(context: PutEventsContext, entry: PutEventsRequestEntry, detail: Detail, now: number): BusEvent {
  const { home } = context;
  const head = {
    version: '0',
    id: context.ids(),
    'detail-type': entry.DetailType as string,
    source: entry.Source as string,
    account: home.account,
    time: formatTime(entry.Time === undefined ? now / 1000 : (entry.Time as number)),
    region: home.region,
    resources: [...(entry.Resources ?? [])],
  };
  return new BusEvent(busOf(home, entry), head, detail, readTraceHeader(entry.TraceHeader, now));
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
