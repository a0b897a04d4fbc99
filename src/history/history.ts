import type { BusEvent } from '../events/bus-event.js';
import type { Envelope } from '../events/envelope.js';
import { eventOf, type Fact, makeRecord } from './fact.js';
import type { RecordKind, RecordOf } from './record.js';

/** What happened on a bridge, oldest first. Bounded: with the oldest event all that is known of it leaves. */
export interface History {
  /** The envelopes of all accepted events. */
  events(): Envelope[];
  /** Everything, or the records of some kinds: `records('unmatched')`. */
  records<Kind extends RecordKind>(...kinds: Kind[]): RecordOf<Kind>[];
  /** How every delivery that ended has ended. */
  deliveries(): RecordOf<'delivered' | 'failed'>[];
  /** The entries that PutEvents refused. */
  rejected(): RecordOf<'rejected'>[];
  /** The events that went to a bus which does not exist. */
  dropped(): RecordOf<'dropped'>[];
  /** How many events and refused entries have left because newer ones came. */
  readonly forgotten: number;
}

interface Entry {
  readonly fact: Fact;
  readonly at: number;
  readonly order: number;
}

/** All that is known of one event, or of one refused entry. */
interface Trail {
  readonly event: BusEvent | undefined;
  readonly entries: Entry[];
}

/** Keeps facts, by event, and makes records of them only when asked. */
export class EventHistory implements History {
  readonly #capacity: number;
  /** Of those that have left, before `#oldest`, only their places remain, and these not for long. */
  #trails: (Trail | undefined)[] = [];
  #oldest = 0;
  readonly #byEvent = new Map<BusEvent, Trail>();
  #order = 0;
  #forgotten = 0;

  /** `capacity` counts events; 0 keeps nothing. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get forgotten(): number {
    return this.#forgotten;
  }

  add(fact: Fact, at: number): void {
    if (this.#capacity === 0) return;
    const entry = { fact, at, order: this.#order++ };
    const event = eventOf(fact);
    const trail = event === undefined ? undefined : this.#byEvent.get(event);
    if (trail !== undefined) trail.entries.push(entry);
    // What becomes of an event that has left already, or was forgotten by a reset, is not kept.
    else if (!('delivery' in fact) && fact.kind !== 'matched') this.#begin({ event, entries: [entry] });
  }

  clear(): void {
    this.#trails = [];
    this.#oldest = 0;
    this.#byEvent.clear();
    this.#forgotten = 0;
  }

  events(): Envelope[] {
    return this.accepted().map((event) => event.envelope);
  }

  /** The accepted events themselves. */
  accepted(): BusEvent[] {
    return this.#kept().flatMap(({ event, entries }) =>
      event !== undefined && entries[0]?.fact.kind === 'accepted' ? [event] : [],
    );
  }

  records<Kind extends RecordKind>(...kinds: Kind[]): RecordOf<Kind>[] {
    const entries = this.#kept().flatMap((trail) => trail.entries);
    const wanted =
      kinds.length === 0 ? entries : entries.filter(({ fact }) => (kinds as RecordKind[]).includes(fact.kind));
    return wanted.sort((a, b) => a.order - b.order).map(({ fact, at }) => makeRecord(fact, at) as RecordOf<Kind>);
  }

  deliveries(): RecordOf<'delivered' | 'failed'>[] {
    return this.records('delivered', 'failed');
  }

  rejected(): RecordOf<'rejected'>[] {
    return this.records('rejected');
  }

  dropped(): RecordOf<'dropped'>[] {
    return this.records('dropped');
  }

  #kept(): Trail[] {
    return this.#trails.slice(this.#oldest) as Trail[];
  }

  #begin(trail: Trail): void {
    this.#trails.push(trail);
    if (trail.event !== undefined) this.#byEvent.set(trail.event, trail);
    if (this.#trails.length - this.#oldest <= this.#capacity) return;
    const left = this.#trails[this.#oldest] as Trail;
    this.#trails[this.#oldest++] = undefined;
    this.#forgotten++;
    if (left.event !== undefined) this.#byEvent.delete(left.event);
    if (this.#oldest >= this.#capacity) {
      this.#trails = this.#trails.slice(this.#oldest);
      this.#oldest = 0;
    }
  }
}
