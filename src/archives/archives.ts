import type { Clock } from '../base/clock/clock.js';
import { Fifo } from '../base/fifo.js';
import type { BusEvent } from '../events/bus-event.js';
import type { ArchiveRecord } from '../state/archive-record.js';
import { type ArchivedEvent, archivedEvent } from './archived-event.js';

const day = 86_400_000;

interface Contents {
  /** In the order in which they came in. */
  readonly events: Fifo<ArchivedEvent>;
  bytes: number;
  /** For how many milliseconds an event is kept. */
  retention: number;
}

/**
 * What lies in the archives, by their names. An event leaves when its retention is over, which is looked into whenever an
 * archive is asked or given something: no timer waits for it.
 */
export class Archives {
  readonly #clock: Clock;
  readonly #contents = new Map<string, Contents>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  archiveChanging(before: ArchiveRecord | undefined, after: ArchiveRecord | undefined): void {
    if (after === undefined) {
      if (before !== undefined) this.#contents.delete(before.Name);
      return;
    }
    const retention = after.RetentionDays === 0 ? Number.POSITIVE_INFINITY : after.RetentionDays * day;
    const known = this.#current(after.Name);
    if (known === undefined) this.#contents.set(after.Name, { events: new Fifo(), bytes: 0, retention });
    else known.retention = retention;
  }

  /** Archives an event that came in at `now`. */
  keep(name: string, event: BusEvent, now: number): void {
    this.add(name, [archivedEvent(event, now)]);
  }

  add(name: string, events: readonly ArchivedEvent[]): void {
    const contents = this.#current(name);
    if (contents === undefined) return;
    for (const event of events) {
      contents.events.add(event);
      contents.bytes += event.size;
    }
  }

  count(name: string): number {
    return this.#current(name)?.events.size ?? 0;
  }

  bytes(name: string): number {
    return this.#current(name)?.bytes ?? 0;
  }

  events(name: string): readonly ArchivedEvent[] {
    return this.#current(name)?.events.items() ?? [];
  }

  /** Without what has passed its retention. */
  #current(name: string): Contents | undefined {
    const contents = this.#contents.get(name);
    if (contents === undefined || contents.retention === Number.POSITIVE_INFINITY) return contents;
    const last = this.#clock.now() - contents.retention;
    const { events } = contents;
    for (let first = events.first; first !== undefined && first.ingestedAt <= last; first = events.first) {
      events.take();
      contents.bytes -= first.size;
    }
    return contents;
  }
}
