import { startTimer } from '../base/clock/real-timers.js';
import { requestIds } from '../base/random.js';
import { Signal } from '../base/signal.js';
import type { Bridge } from '../bridge/bridge.js';
import type { EventHistory } from '../history/history.js';
import { eventOf, type HistoryEntry, toRecord } from '../history/history-entry.js';
import type { RecordKind } from '../history/record.js';
import type { PatternTest } from '../patterns/reference/compile-pattern.js';

/** Which records to return. */
export interface FeedFilter {
  readonly kinds: readonly RecordKind[];
  /** What the event must match; a rejected entry has no event. */
  readonly pattern: PatternTest | undefined;
  /** Name of the bus. */
  readonly bus: string | undefined;
}

/** How much a page holds at most. One record always fits. */
export interface PageLimit {
  readonly records: number;
  /** UTF-16 code units of JSON text. */
  readonly length: number;
}

/** A record on its way out. */
export interface FeedRecord {
  readonly cursor: string;
  readonly kind: RecordKind;
  /** JSON text: the record with its cursor and, whatever its kind, its event. */
  readonly json: string;
}

/** The records from a position on. */
export interface FeedPage {
  readonly records: readonly FeedRecord[];
  /** The position to continue from. */
  readonly next: number;
  /** The sum of their texts. */
  readonly length: number;
  /** Whether no other record fits. */
  readonly isFull: boolean;
}

/** A bridge's history from any position on, for readers who come again and again. It stores nothing itself. */
export class EventFeed {
  readonly #bridge: Bridge;
  #instance: string | undefined;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  /** Every bridge's history is one of these: it has more members than its public type. */
  get history(): EventHistory {
    return this.#bridge.history as EventHistory;
  }

  /** The history never holds anything. */
  get isDisabled(): boolean {
    return this.history.isDisabled;
  }

  cursor(position: number): string {
    return `${this.#instanceId}-${position}`;
  }

  /** The position after everything. */
  get end(): number {
    return this.history.range.next;
  }

  /** The position after a cursor; the first for a cursor of another server. */
  positionAfter(cursor: string | undefined): number {
    const [instance, position] = cursor?.split('-') ?? [];
    return instance === this.#instanceId && /^\d{1,15}$/.test(position ?? '') ? Number(position) : 0;
  }

  /** Whether a record after this position has been evicted from the history. */
  hasGap(position: number): boolean {
    return position > 0 && position < this.history.range.oldest;
  }

  read(from: number, filter: FeedFilter, limit: PageLimit): FeedPage {
    const { oldest, next } = this.history.range;
    const records: FeedRecord[] = [];
    let length = 0;
    let isFull = limit.records <= 0 || limit.length <= 0;
    let position = Math.max(from, oldest);
    for (; position < next && !isFull; position++) {
      const found = this.history.at(position);
      if (found === undefined || !isWanted(found.historyEntry, filter)) continue;
      const cursor = this.cursor(position + 1);
      const json = recordJson(found.historyEntry, found.time, cursor);
      if (records.length > 0 && length + json.length > limit.length) {
        isFull = true;
        break;
      }
      records.push({ cursor, kind: found.historyEntry.kind, json });
      length += json.length;
      isFull = records.length >= limit.records || length >= limit.length;
    }
    return { records, next: position, length, isFull };
  }

  /** Resolves when a record of these kinds is added, after so many milliseconds, or when the signal aborts. */
  async nextChange(kinds: readonly RecordKind[], milliseconds: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const changed = new Signal();
    const change = changed.wait();
    const notify = () => changed.notifyAll();
    const observers = kinds.map((kind) => this.#bridge.observe(kind, notify));
    const cancelTimer = startTimer(milliseconds, notify);
    signal.addEventListener('abort', notify, { once: true });
    await change;
    for (const observer of observers) observer.dispose();
    cancelTimer();
    signal.removeEventListener('abort', notify);
  }

  /**
   * Tells cursors of this server from those of others, or of one before a restart. Made when it is needed: Cloudflare Workers
   * allow no random values while a module loads.
   */
  get #instanceId(): string {
    this.#instance ??= requestIds().slice(0, 8);
    return this.#instance;
  }
}

function isWanted(fact: HistoryEntry, { kinds, pattern, bus }: FeedFilter): boolean {
  if (!kinds.includes(fact.kind)) return false;
  const event = eventOf(fact);
  if (bus !== undefined && bus !== (event?.bus ?? (fact as { bus?: string }).bus)) return false;
  return pattern === undefined || (event !== undefined && pattern.matches(event.fields, event.detail));
}

function recordJson(fact: HistoryEntry, time: number, cursor: string): string {
  // What a handler threw may have no JSON text; the record has its message.
  const { error: _, event: __, ...record } = toRecord(fact, time) as { error?: unknown; event?: unknown };
  const json = JSON.stringify({ cursor, ...record });
  const event = eventOf(fact);
  return event === undefined ? json : `${json.slice(0, -1)},"event":${event.text}}`;
}
