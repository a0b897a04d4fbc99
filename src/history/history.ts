import { defineToString } from '../base/describe.js';
import { ServiceError } from '../base/service-error.js';
import { type Anything, describeValue } from '../base/unknown-value.js';
import type { PatternObject } from '../contracts/event-definition.js';
import type { Delivery } from '../delivery/delivery.js';
import type { BusEvent } from '../events/bus-event.js';
import type { Envelope } from '../events/envelope.js';
import { requirePattern } from '../patterns/language/parse-pattern.js';
import { PatternTest } from '../patterns/reference/compile-pattern.js';
import { CallLog, type CallRecord, type OperationCall } from './call-log.js';
import { type DeliveryQuery, matchesQuery, readDeliveryQuery } from './delivery-query.js';
import { buildTraces, type EventTrace, type TimedHistoryEntry } from './event-trace.js';
import { eventOf, type HistoryEntry, toRecord } from './history-entry.js';
import type { RecordKind, RecordOf } from './record.js';

/** What happened on a bridge, oldest first. Bounded: with the oldest event all that is known of it leaves. */
export interface History {
  /**
   * The envelopes of all accepted events, or of those that match a pattern: equal to those that subscribers got, frozen too,
   * but not the same objects. Throws `InvalidEventPatternException`.
   */
  events<Detail = Anything, DetailType extends string = string>(
    pattern?: string | PatternObject<Envelope<DetailType, Detail>>,
  ): Envelope<DetailType, Detail>[];
  /**
   * What became of all accepted events, or of those that match a pattern: what each matched, what its targets receive, the
   * attempts and how they ended. Of a single event: `traces({ id: [id] })`. Throws `InvalidEventPatternException`.
   */
  traces(pattern?: string | PatternObject): EventTrace[];
  /** Everything, or the records of some kinds: `records('unmatched')`. */
  records<Kind extends RecordKind>(...kinds: Kind[]): RecordOf<Kind>[];
  /**
   * How every delivery that ended has ended; or those that are asked for: `deliveries({ target: 'bill', outcome: 'failed' })`.
   * Throws `ValidationException` for a query with other members, or an outcome that there is not.
   */
  deliveries(query?: DeliveryQuery): RecordOf<'delivered' | 'dead-lettered' | 'failed'>[];
  /** The events that matched no rule and no subscription. */
  unmatched(): RecordOf<'unmatched'>[];
  /** The entries that PutEvents refused. */
  rejected(): RecordOf<'rejected'>[];
  /** The events that went to a bus which does not exist. */
  dropped(): RecordOf<'dropped'>[];
  /**
   * The calls of all operations, or of one: what each asked, and what it was answered or refused with, in the order of the
   * answers. The last as many as the history keeps events, where PutEvents counts once for each entry. Throws
   * `ValidationException` for an operation that there is not.
   */
  calls(operation?: string): CallRecord[];
  /** How many events and refused entries have left because newer ones came. */
  readonly evicted: number;
}

const ends: readonly RecordKind[] = ['delivered', 'dead-lettered', 'failed'];

/** So many places of facts that have left are kept before they are cleared away. */
const compactThreshold = 1024;

/** Keeps facts in the order in which they came, and makes records of them only when asked. */
export class EventHistory implements History {
  readonly #capacity: number;
  readonly #pending: () => readonly Delivery[];
  readonly #operations: () => readonly string[];
  readonly #calls: CallLog;
  #entries: (HistoryEntry | undefined)[] = [];
  /** When each fact came, in epoch milliseconds. */
  #times: number[] = [];
  /** Where the oldest entry stands. */
  #oldest = 0;
  /** How many places were cleared away: places are counted from the first fact that there ever was. */
  #compacted = 0;
  #eventCount = 0;
  #evicted = 0;

  /** `capacity` counts events; 0 keeps nothing. `pending` answers the deliveries that have not come to their end. */
  constructor(
    capacity: number,
    pending: () => readonly Delivery[] = () => [],
    operations: () => readonly string[] = () => [],
  ) {
    this.#capacity = capacity;
    this.#operations = operations;
    this.#pending = pending;
    this.#calls = new CallLog(capacity);
    defineToString(
      this,
      () => this.#describe(),
      () => ({ ...Object.fromEntries(this.#counts()), evicted: this.#evicted }),
    );
  }

  /** It keeps nothing. */
  get isDisabled(): boolean {
    return this.#capacity === 0;
  }

  get evicted(): number {
    return this.#evicted;
  }

  add(historyEntry: HistoryEntry, at: number): void {
    if (this.#capacity === 0) return;
    this.#entries.push(historyEntry);
    this.#times.push(at);
    if (!isFirst(historyEntry) || ++this.#eventCount <= this.#capacity) return;
    this.#evictOldest();
    this.#eventCount--;
    this.#evicted++;
    // What stands here without the beginning of its event belongs to events that have left.
    for (let next = this.#next(); next !== undefined && !isFirst(next); next = this.#next()) this.#evictOldest();
    if (this.#oldest < compactThreshold || this.#oldest * 2 < this.#entries.length) return;
    this.#entries = this.#entries.slice(this.#oldest);
    this.#times = this.#times.slice(this.#oldest);
    this.#compacted += this.#oldest;
    this.#oldest = 0;
  }

  addCall(call: OperationCall, at: number): void {
    this.#calls.add(call, at);
  }

  clear(): void {
    this.#calls.clear();
    this.#compacted += this.#entries.length;
    this.#entries = [];
    this.#times = [];
    this.#oldest = 0;
    this.#eventCount = 0;
    this.#evicted = 0;
  }

  /** The place of the oldest fact, and the one that the next fact will have. No place is used twice. */
  get range(): { readonly oldest: number; readonly next: number } {
    return { oldest: this.#compacted + this.#oldest, next: this.#compacted + this.#entries.length };
  }

  /** What stands at a place, and when it came in epoch milliseconds. */
  at(position: number): { readonly historyEntry: HistoryEntry; readonly time: number } | undefined {
    const historyEntry = this.#entries[position - this.#compacted];
    return historyEntry && { historyEntry, time: this.#times[position - this.#compacted] as number };
  }

  events(pattern?: string | object): Envelope<never, never>[] {
    const events = this.accepted();
    return (pattern === undefined ? events : events.filter(testOf(pattern))).map(({ envelope }) => envelope as never);
  }

  traces(pattern?: string | object): EventTrace[] {
    const isSelected = pattern === undefined ? () => true : testOf(pattern);
    return buildTraces(this.entries(), this.#pending(), isSelected);
  }

  /** The accepted events themselves. */
  accepted(): BusEvent[] {
    return this.entries().flatMap(({ historyEntry }) => (historyEntry.kind === 'accepted' ? [historyEntry.event] : []));
  }

  /** All facts but those of events that have left, or that were evicted by `clear`. */
  entries(): TimedHistoryEntry[] {
    const kept = new Set<BusEvent | undefined>([undefined]);
    const entries: TimedHistoryEntry[] = [];
    for (let at = this.#oldest; at < this.#entries.length; at++) {
      const historyEntry = this.#entries[at] as HistoryEntry;
      if (isFirst(historyEntry)) kept.add(eventOf(historyEntry));
      if (kept.has(eventOf(historyEntry))) entries.push({ historyEntry, time: this.#times[at] as number });
    }
    return entries;
  }

  records<Kind extends RecordKind>(...kinds: Kind[]): RecordOf<Kind>[] {
    return this.#recordsOf(({ kind }) => kinds.length === 0 || (kinds as RecordKind[]).includes(kind));
  }

  deliveries(query?: DeliveryQuery): RecordOf<'delivered' | 'dead-lettered' | 'failed'>[] {
    const read = readDeliveryQuery(query);
    return this.#recordsOf(
      (historyEntry) =>
        'delivery' in historyEntry &&
        ends.includes(historyEntry.kind) &&
        matchesQuery(historyEntry.delivery, historyEntry.kind, read),
    );
  }

  unmatched(): RecordOf<'unmatched'>[] {
    return this.records('unmatched');
  }

  rejected(): RecordOf<'rejected'>[] {
    return this.records('rejected');
  }

  dropped(): RecordOf<'dropped'>[] {
    return this.records('dropped');
  }

  calls(operation?: string): CallRecord[] {
    if (operation !== undefined && !(typeof operation === 'string' && this.#operations().includes(operation))) {
      const shown = typeof operation === 'string' ? operation : describeValue(operation);
      throw new ServiceError('ValidationException', `history.calls: there is no operation ${shown}.`);
    }
    return this.#calls.records(operation);
  }

  #recordsOf<Kind extends RecordKind>(isSelected: (historyEntry: HistoryEntry) => boolean): RecordOf<Kind>[] {
    return this.entries().flatMap(({ historyEntry, time }) =>
      isSelected(historyEntry) ? [toRecord(historyEntry, time) as RecordOf<Kind>] : [],
    );
  }

  #counts(): ReadonlyMap<RecordKind, number> {
    const counts = new Map<RecordKind, number>();
    for (const { historyEntry } of this.entries())
      counts.set(historyEntry.kind, (counts.get(historyEntry.kind) ?? 0) + 1);
    return counts;
  }

  #describe(): string {
    const shown = Array.from(this.#counts(), ([kind, count]) => `${count} ${kind}`);
    return `history: ${shown.length === 0 ? 'nothing' : shown.join(', ')}; ${this.#evicted} evicted`;
  }

  #next(): HistoryEntry | undefined {
    return this.#entries[this.#oldest];
  }

  #evictOldest(): void {
    this.#entries[this.#oldest++] = undefined;
  }
}

/** Whether this is the first that is told of an event, or all that there is of a refused entry. */
function isFirst(historyEntry: HistoryEntry): boolean {
  switch (historyEntry.kind) {
    case 'accepted':
    case 'dropped':
    case 'rejected':
      return true;
    case 'invalid-detail':
      return historyEntry.event === undefined;
    case 'unmatched':
      return historyEntry.isRefused;
    default:
      return false;
  }
}

function testOf(pattern: string | object): (event: BusEvent) => boolean {
  const test = new PatternTest(requirePattern(pattern));
  return ({ fields, detail }) => test.matches(fields, detail);
}
