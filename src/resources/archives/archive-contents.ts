import type { Clock } from '../../base/clock/clock.js';
import { Fifo } from '../../base/fifo.js';
import { countShape, listShape, membersShape } from '../../base/json/json-shape.js';
import { compactJson, flattenString, utf8Length } from '../../base/json/json-text.js';
import type { Host, ServiceKey } from '../../core/plugin.js';
import { instant, jsonObject, seconds } from '../../core/record-shapes.js';
import { BusEvent } from '../../events/bus-event.js';
import type { EnvelopeFields } from '../../events/envelope.js';
import type { RuleSinks } from '../rules/rule-record.js';
import type { ArchiveRecord } from './archive-record.js';

/** An event as an archive keeps it: two texts, since a parsed event takes several times the room. */
export interface ArchivedEvent {
  /** The envelope without its detail. */
  readonly head: string;
  /** The Detail as it was sent, white space and all. */
  readonly detail: string;
  /** The event's own time in epoch seconds. */
  readonly time: number;
  /** When its bus took it in, in epoch milliseconds. */
  readonly ingestedAt: number;
  /** In bytes. */
  readonly size: number;
}

export function archivedEvent({ fields, detail }: BusEvent, now: number): ArchivedEvent {
  return {
    head: flattenString(JSON.stringify(fields)),
    detail: flattenString(detail),
    time: Date.parse(fields.time) / 1000,
    ingestedAt: now,
    size: archivedSize(fields, detail),
  };
}

/** The event on its way once more: it has an id of its own, and tells of its replay. */
export function replayedEvent({ head, detail }: ArchivedEvent, bus: string, replay: string, id: string): BusEvent {
  const known = JSON.parse(head) as EnvelopeFields;
  return new BusEvent(bus, { ...known, id, 'replay-name': replay }, { text: detail, value: JSON.parse(detail) });
}

/** The events of a window, half open and in epoch seconds, by the minutes of their times; within one as they came in. */
export function selectEvents<Event extends ArchivedEvent>(
  events: readonly Event[],
  start: number,
  end: number,
): readonly Event[] {
  return events
    .filter(({ time }) => time >= start && time < end)
    .sort((a, b) => Math.floor(a.time / 60) - Math.floor(b.time / 60));
}

const bytesPerEvent = 26;

/** What SizeBytes counts: source, detail-type, resources, Detail without blanks, and 26 bytes. Two captures fit to the byte. */
function archivedSize(head: EnvelopeFields, detail: string): number {
  const texts = [head.source, head['detail-type'], ...head.resources, compactJson(detail)];
  return texts.reduce((sum, text) => sum + utf8Length(text), bytesPerEvent);
}

const day = 86_400_000;

interface StoredEvents {
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
export class ArchiveContents {
  readonly #clock: Clock;
  readonly #contents = new Map<string, StoredEvents>();

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
  #current(name: string): StoredEvents | undefined {
    const contents = this.#contents.get(name);
    if (contents === undefined || contents.retention === Number.POSITIVE_INFINITY) return contents;
    const last = this.#clock.now() - contents.retention;
    const { events } = contents;
    for (let first = events.first; first !== undefined && first.ingestedAt <= last; first = events.first) {
      events.dequeue();
      contents.bytes -= first.size;
    }
    return contents;
  }
}

/** What archives offer to other plugins. */
export interface ArchiveService extends RuleSinks {
  readonly contents: ArchiveContents;
}

const archiveService: ServiceKey<ArchiveService> = { plugin: 'archives' };

/** What is stored in the archives of a bridge. */
export function contentsOf(host: Host): ArchiveContents {
  return host.require(archiveService, 'An archive').contents;
}

/** A snapshot has copies: archived events are not frozen, and changing the snapshot must not change the archive. */
export function copyEvents(events: readonly ArchivedEvent[]): ArchivedEvent[] {
  return events.map((event) => ({ ...event }));
}

export const archivedEventsShape = listShape(
  membersShape({ head: jsonObject, detail: jsonObject, time: seconds, ingestedAt: instant, size: countShape }),
);
