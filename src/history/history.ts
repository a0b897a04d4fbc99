import type { BusEvent } from '../events/bus-event.js';
import type { Envelope } from '../events/envelope.js';
import { eventOf, type Fact, makeRecord } from './fact.js';
import type { RecordKind, RecordOf } from './record.js';

/** What happened on a bridge, oldest first. Bounded: with the oldest event all that is known of it leaves. */
export interface History {
  /** The envelopes of all accepted events: equal to those that subscribers got, frozen too, but not the same objects. */
  events(): Envelope[];
  /** Everything, or the records of some kinds: `records('unmatched')`. */
  records<Kind extends RecordKind>(...kinds: Kind[]): RecordOf<Kind>[];
  /** How every delivery that ended has ended. */
  deliveries(): RecordOf<'delivered' | 'dead-lettered' | 'failed'>[];
  /** The entries that PutEvents refused. */
  rejected(): RecordOf<'rejected'>[];
  /** The events that went to a bus which does not exist. */
  dropped(): RecordOf<'dropped'>[];
  /** How many events and refused entries have left because newer ones came. */
  readonly forgotten: number;
}

/** So many places of facts that have left are kept before they are cleared away. */
const mostEmptyPlaces = 1024;

/** Keeps facts in the order in which they came, and makes records of them only when asked. */
export class EventHistory implements History {
  readonly #capacity: number;
  #facts: (Fact | undefined)[] = [];
  /** When each fact came, in epoch milliseconds. */
  #times: number[] = [];
  /** Where the oldest entry stands. */
  #oldest = 0;
  /** How many places were cleared away: places are counted from the first fact that there ever was. */
  #cleared = 0;
  #begun = 0;
  #forgotten = 0;

  /** `capacity` counts events; 0 keeps nothing. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** It keeps nothing. */
  get isOff(): boolean {
    return this.#capacity === 0;
  }

  get forgotten(): number {
    return this.#forgotten;
  }

  add(fact: Fact, at: number): void {
    if (this.#capacity === 0) return;
    this.#facts.push(fact);
    this.#times.push(at);
    if (!isFirst(fact) || ++this.#begun <= this.#capacity) return;
    this.#leave();
    this.#begun--;
    this.#forgotten++;
    // What stands here without the beginning of its event belongs to events that have left.
    for (let next = this.#next(); next !== undefined && !isFirst(next); next = this.#next()) this.#leave();
    if (this.#oldest < mostEmptyPlaces || this.#oldest * 2 < this.#facts.length) return;
    this.#facts = this.#facts.slice(this.#oldest);
    this.#times = this.#times.slice(this.#oldest);
    this.#cleared += this.#oldest;
    this.#oldest = 0;
  }

  clear(): void {
    this.#cleared += this.#facts.length;
    this.#facts = [];
    this.#times = [];
    this.#oldest = 0;
    this.#begun = 0;
    this.#forgotten = 0;
  }

  /** The place of the oldest fact, and the one that the next fact will have. No place is used twice. */
  get places(): { readonly oldest: number; readonly next: number } {
    return { oldest: this.#cleared + this.#oldest, next: this.#cleared + this.#facts.length };
  }

  /** What stands at a place, and when it came in epoch milliseconds. */
  at(place: number): { readonly fact: Fact; readonly time: number } | undefined {
    const fact = this.#facts[place - this.#cleared];
    return fact && { fact, time: this.#times[place - this.#cleared] as number };
  }

  events(): Envelope[] {
    return this.accepted().map((event) => event.envelope);
  }

  /** The accepted events themselves. */
  accepted(): BusEvent[] {
    return this.#kept().flatMap((at) => {
      const fact = this.#facts[at] as Fact;
      return fact.kind === 'accepted' ? [fact.event] : [];
    });
  }

  records<Kind extends RecordKind>(...kinds: Kind[]): RecordOf<Kind>[] {
    return this.#kept().flatMap((at) => {
      const fact = this.#facts[at] as Fact;
      const isWanted = kinds.length === 0 || (kinds as RecordKind[]).includes(fact.kind);
      return isWanted ? [makeRecord(fact, this.#times[at] as number) as RecordOf<Kind>] : [];
    });
  }

  deliveries(): RecordOf<'delivered' | 'dead-lettered' | 'failed'>[] {
    return this.records('delivered', 'dead-lettered', 'failed');
  }

  rejected(): RecordOf<'rejected'>[] {
    return this.records('rejected');
  }

  dropped(): RecordOf<'dropped'>[] {
    return this.records('dropped');
  }

  /** The places of all facts but those of events that have left, or that were forgotten by `clear`. */
  #kept(): number[] {
    const known = new Set<BusEvent | undefined>([undefined]);
    const places: number[] = [];
    for (let at = this.#oldest; at < this.#facts.length; at++) {
      const fact = this.#facts[at] as Fact;
      if (isFirst(fact)) known.add(eventOf(fact));
      if (known.has(eventOf(fact))) places.push(at);
    }
    return places;
  }

  #next(): Fact | undefined {
    return this.#facts[this.#oldest];
  }

  #leave(): void {
    this.#facts[this.#oldest++] = undefined;
  }
}

/** Whether this is the first that is told of an event, or all that there is of a refused entry. */
function isFirst(fact: Fact): boolean {
  switch (fact.kind) {
    case 'accepted':
    case 'dropped':
    case 'rejected':
      return true;
    case 'invalid-detail':
      return fact.event === undefined;
    case 'unmatched':
      return fact.isRefused;
    default:
      return false;
  }
}
