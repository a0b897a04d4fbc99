import type { AccountRegion } from '../base/arn.js';
import { invalid } from '../base/service-error.js';
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
import { type Detail, type EntryError, validateEntry } from '../events/validate-entry.js';
import { busNameOf } from './bus-names.js';
import type { EntryDecision, Host, PutEventsCaller } from './plugin.js';

import { dispatch, planRoutes, throwFirstViolation } from './routing-plan.js';

/** What becomes of a request: a decision for each of its entries. */
interface RequestDecision {
  readonly entries: readonly PutEventsRequestEntry[];
  readonly decisions: readonly EntryDecision[];
  /** Epoch milliseconds: a call is one instant. */
  readonly now: number;
}

/**
 * PutEvents on an input that the model's constraints hold for. First everything is decided, so that a call which is rejected as a
 * whole has done nothing; then it is done, entry by entry, whatever the other entries are.
 */
export function putEvents(host: Host, request: PutEventsRequest, caller?: PutEventsCaller): PutEventsResponse {
  const decision = decide(host, request);
  // A storage will stand here: what was decided is stored, and done once it is.
  return carryOut(host, decision, caller);
}

/** Validates and matches each entry, and looks whether there is capacity. Has no effect; throws what rejects the whole call. */
function decide(host: Host, request: PutEventsRequest): RequestDecision {
  const entries = request.Entries ?? [];
  if (isTooLarge(entries, host.limit('requestBytes'))) {
    throw invalid('Total size of the entries in the request is over the limit.');
  }
  for (const interceptor of host.interceptors) interceptor.beforeCall();
  const now = host.clock.now();
  const instant: Instant = { now, time: formatTime(now / 1000) };
  const decisions = entries.map((entry) => decideEntry(host, entry, instant));
  for (const interceptor of host.interceptors) interceptor.injectErrors(entries, decisions);
  throwFirstViolation(
    decisions.flatMap((decision) => (decision.kind === 'accepted' ? [decision.plan] : [])),
    now,
    host.report,
  );
  reserveCapacity(decisions, host.limit('pendingDeliveries'));
  return { entries, decisions, now };
}

/** Records what was decided and queues the deliveries. Throws nothing. */
function carryOut(
  host: Host,
  { entries, decisions, now }: RequestDecision,
  caller: PutEventsCaller | undefined,
): PutEventsResponse {
  const response: PutEventsResponse = { FailedEntryCount: 0, Entries: [] };
  const reject = (index: number, issue: EntryError, isReported: boolean): void => {
    const entry = entries[index] as PutEventsRequestEntry;
    if (isReported) host.report.rejected(busOf(host.home, entry), index, entry, issue, now);
    response.FailedEntryCount++;
    response.Entries.push({ ...issue });
  };
  for (let index = 0; index < decisions.length; index++) {
    const decision = decisions[index] as EntryDecision;
    switch (decision.kind) {
      case 'accepted':
        dispatch(host, decision.plan, 'put-events', now, caller !== undefined);
        response.Entries.push({ EventId: decision.plan.event.id });
        break;
      case 'rejected':
        reject(index, decision.issue, true);
        break;
      case 'full':
        caller?.onFull(index, decision.recipient.recipientQueue);
        reject(index, throttled(decision.recipient, host.limit('pendingDeliveries')), caller === undefined);
    }
  }
  return response;
}

/** The time of a call: epoch milliseconds, and the text that its entries without a Time share. */
interface Instant {
  readonly now: number;
  readonly time: string;
}

function decideEntry(host: Host, entry: PutEventsRequestEntry, instant: Instant): EntryDecision {
  const detail = validateEntry(entry);
  return 'ErrorCode' in detail
    ? { kind: 'rejected', issue: detail }
    : { kind: 'accepted', plan: planRoutes(host.routes, makeEvent(host, entry, detail, instant)) };
}

/** Of an entry that nothing is wrong with. */
function makeEvent(host: Host, entry: PutEventsRequestEntry, detail: Detail, { now, time }: Instant): BusEvent {
  const { home } = host;
  const fields = {
    version: '0',
    id: host.ids(),
    'detail-type': entry.DetailType as string,
    source: entry.Source as string,
    account: home.account,
    time: entry.Time === undefined ? time : formatTime(entry.Time as number),
    region: home.region,
    resources: [...(entry.Resources ?? [])],
  };
  return new BusEvent(busOf(home, entry), fields, detail, readTraceHeader(entry.TraceHeader, now));
}

/** A bus that lives elsewhere keeps its ARN as its name: no bus here has it. */
function busOf(home: AccountRegion, entry: PutEventsRequestEntry): string {
  return busNameOf(home, entry.EventBusName) ?? (entry.EventBusName as string);
}

/** Throttles the entries that a recipient has no capacity for. The entries before them in the request have taken theirs. */
function reserveCapacity(decisions: EntryDecision[], limit: number): void {
  let reserved: Map<RecipientQueue, number> | undefined;
  for (let index = 0; index < decisions.length; index++) {
    const decision = decisions[index] as EntryDecision;
    if (decision.kind !== 'accepted') continue;
    const { recipients } = decision.plan;
    const full = recipients.find(
      ({ recipientQueue }) => recipientQueue.pendingCount + (reserved?.get(recipientQueue) ?? 0) >= limit,
    );
    if (full !== undefined) {
      decisions[index] = { kind: 'full', recipient: full };
      continue;
    }
    for (const { recipientQueue } of recipients) {
      // Counted only where this request alone may fill it.
      if (recipientQueue.pendingCount + decisions.length <= limit) continue;
      reserved ??= new Map();
      reserved.set(recipientQueue, (reserved.get(recipientQueue) ?? 0) + 1);
    }
  }
}

function throttled({ address }: Recipient, limit: number): EntryError {
  const name = address.kind === 'target' ? `Target ${address.arn}` : `Subscription ${address.subscription}`;
  return { ErrorCode: 'ThrottlingException', ErrorMessage: `${name} is full: limits.pendingDeliveries is ${limit}.` };
}
