import { startTimer } from '../base/clock/real-timers.js';
import { randomIds } from '../base/random.js';
import { Signal } from '../base/signal.js';
import type { Bridge } from '../bridge/bridge.js';
import { eventOf, type Fact, makeRecord } from '../history/fact.js';
import type { EventHistory } from '../history/history.js';
import type { RecordKind } from '../history/record.js';
import type { PatternTest } from '../patterns/reference/compile-pattern.js';

/** Which records are wanted. */
export interface FeedFilter {
  readonly kinds: readonly RecordKind[];
  /** What the event must match; a rejected entry has none. */
  readonly pattern: PatternTest | undefined;
  /** Name of the bus. */
  readonly bus: string | undefined;
}

/** A record on its way out. */
export interface FeedEntry {
  readonly cursor: string;
  readonly kind: RecordKind;
  /** JSON text: the record with its cursor, and the event whatever kind of record it is. */
  readonly text: string;
}

/** What was found from a place on. */
export interface FeedPage {
  readonly entries: readonly FeedEntry[];
  /** The place to go on from. */
  readonly next: number;
}

/** A bridge's history from any place on, for readers who come again and again. It keeps nothing itself. */
export class EventFeed {
  readonly #bridge: Bridge;
  /** A cursor of another server, or of one before a restart, means nothing here. */
  readonly #instance = randomIds().slice(0, 8);

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  /** What every bridge has for a history: more than it shows. */
  get history(): EventHistory {
    return this.#bridge.history as EventHistory;
  }

  /** There is nothing to read, and never will be. */
  get isOff(): boolean {
    return this.history.isOff;
  }

  cursor(place: number): string {
    return `${this.#instance}-${place}`;
  }

  /** The place behind everything. */
  get end(): number {
    return this.history.places.next;
  }

  /** The place behind a cursor; the first for one that is not of this server. */
  placeAfter(cursor: string | undefined): number {
    const [instance, place] = cursor?.split('-') ?? [];
    return instance === this.#instance && /^\d{1,15}$/.test(place ?? '') ? Number(place) : 0;
  }

  /** Whether something between a place and what is there now has left the history, so that nobody can know it any more. */
  hasGap(place: number): boolean {
    return place > 0 && place < this.history.places.oldest;
  }

  read(from: number, filter: FeedFilter, most: number): FeedPage {
    const { oldest, next } = this.history.places;
    const entries: FeedEntry[] = [];
    let place = Math.max(from, oldest);
    for (; place < next && entries.length < most; place++) {
      const found = this.history.at(place);
      if (found === undefined || !isWanted(found.fact, filter)) continue;
      const cursor = this.cursor(place + 1);
      entries.push({ cursor, kind: found.fact.kind, text: entryText(found.fact, found.time, cursor) });
    }
    return { entries, next: place };
  }

  /** Resolves when records of these kinds have come, at the latest after so many milliseconds, or when the signal aborts. */
  async change(kinds: readonly RecordKind[], milliseconds: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const change = new Signal();
    const changed = change.wait();
    const wake = () => change.notifyAll();
    const observers = kinds.map((kind) => this.#bridge.observe(kind, wake));
    const stopTimer = startTimer(milliseconds, wake);
    signal.addEventListener('abort', wake, { once: true });
    await changed;
    for (const observer of observers) observer.dispose();
    stopTimer();
    signal.removeEventListener('abort', wake);
  }
}

function isWanted(fact: Fact, { kinds, pattern, bus }: FeedFilter): boolean {
  if (!kinds.includes(fact.kind)) return false;
  const event = eventOf(fact);
  if (bus !== undefined && bus !== (event?.bus ?? (fact as { bus?: string }).bus)) return false;
  return pattern === undefined || (event !== undefined && pattern.matches(event.head, event.detail));
}

function entryText(fact: Fact, at: number, cursor: string): string {
  // What a handler threw need have no JSON text; its message stands beside it.
  const { error: _, event: __, ...record } = makeRecord(fact, at) as { error?: unknown; event?: unknown };
  const text = JSON.stringify({ cursor, ...record });
  const event = eventOf(fact);
  return event === undefined ? text : `${text.slice(0, -1)},"event":${event.text}}`;
}
