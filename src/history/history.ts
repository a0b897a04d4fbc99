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

/** What happened on a bridge, oldest first. Bounded: the oldest event is evicted with all of its records. */
export interface History {
  /**
   * Returns the envelopes of accepted events.
   *
   * They equal those that subscriptions received, and are frozen too, but are other objects.
   *
   * @param pattern - Selects the events that match it; all if absent.
   * @throws {InvalidEventPatternException} when the pattern is invalid.
   */
  events<Detail = Anything, DetailType extends string = string>(
    pattern?: string | PatternObject<Envelope<DetailType, Detail>>,
  ): Envelope<DetailType, Detail>[];
  /**
   * Returns what happened to accepted events: the rules they matched, and for each delivery its input, attempts and outcome.
   *
   * @param pattern - Selects the events that match it; all if absent.
   * @throws {InvalidEventPatternException} when the pattern is invalid.
   * @example
   * ```ts
   * const [trace] = bridge.history.traces({ id: [id] });
   * ```
   */
  traces(pattern?: string | PatternObject): EventTrace[];
  /** Returns all records, or those of some kinds: `records('unmatched')`. */
  records<Kind extends RecordKind>(...kinds: Kind[]): RecordOf<Kind>[];
  /**
   * Returns the final records of deliveries that ended: `deliveries({ target: 'bill', outcome: 'failed' })`.
   *
   * @param query - Selects the deliveries that match every member; all if absent.
   * @throws {ValidationException} when the query has an unknown member or an unknown outcome.
   */
  deliveries(query?: DeliveryQuery): RecordOf<'delivered' | 'dead-lettered' | 'failed'>[];
  /** Returns the records of events that matched no rule and no subscription. */
  unmatched(): RecordOf<'unmatched'>[];
  /** Returns the records of entries that PutEvents rejected. */
  rejected(): RecordOf<'rejected'>[];
  /** Returns the records of events whose bus does not exist. */
  dropped(): RecordOf<'dropped'>[];
  /**
   * Returns the calls of operations, with input and output or error, in the order in which they ended.
   *
   * As many calls are kept as events; a PutEvents call counts once for each entry.
   *
   * @param operation - Selects the calls of one operation; all if absent.
   * @throws {ValidationException} when the operation does not exist.
   */
  calls(operation?: string): CallRecord[];
  /** Number of events and rejected entries that were evicted because newer ones came. */
  readonly evicted: number;
}

const ends: readonly RecordKind[] = ['delivered', 'dead-lettered', 'failed'];

/** Empty positions at the front of the list are removed once there are this many. */
const compactThreshold = 1024;

/** Stores history entries in order, and makes records of them on demand. */
export class EventHistory implements History {
  readonly #capacity: number;
  readonly #pending: () => readonly Delivery[];
  readonly #operations: () => readonly string[];
  readonly #calls: CallLog;
  #entries: (HistoryEntry | undefined)[] = [];
  /** The time of each entry, in epoch milliseconds. */
  #times: number[] = [];
  /** Index of the oldest entry. */
  #oldest = 0;
  /** Number of removed positions: positions are counted from the first entry that was ever added. */
  #compacted = 0;
  #eventCount = 0;
  #evicted = 0;

  /** `capacity` counts events; 0 stores nothing. `pending` returns the deliveries that have not ended. */
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

  /** Whether it stores nothing. */
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
    // Entries here that do not begin an event belong to evicted events.
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

  /** The position of the oldest entry, and that of the next entry. Positions are never reused. */
  get range(): { readonly oldest: number; readonly next: number } {
    return { oldest: this.#compacted + this.#oldest, next: this.#compacted + this.#entries.length };
  }

  /** Returns the entry at a position, and its time in epoch milliseconds. */
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

  /** Returns the accepted events. */
  accepted(): BusEvent[] {
    return this.entries().flatMap(({ historyEntry }) => (historyEntry.kind === 'accepted' ? [historyEntry.event] : []));
  }

  /** Returns all entries except those of events that were evicted or cleared. */
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

/** Returns whether this is the first entry of an event, or the only one of a rejected entry. */
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
