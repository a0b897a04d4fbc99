import { flatText, utf8Length } from '../base/json/json-text.js';
import { BusEvent } from '../events/bus-event.js';
import type { EnvelopeHead } from '../events/envelope.js';

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

export function archivedEvent({ head, detail }: BusEvent, now: number): ArchivedEvent {
  return {
    head: flatText(JSON.stringify(head)),
    detail: flatText(detail),
    time: Date.parse(head.time) / 1000,
    ingestedAt: now,
    size: archivedSize(head, detail),
  };
}

/** The event on its way once more: it has an id of its own, and tells of its replay. */
export function replayedEvent({ head, detail }: ArchivedEvent, bus: string, replay: string, id: string): BusEvent {
  const known = JSON.parse(head) as EnvelopeHead;
  return new BusEvent(bus, { ...known, id, 'replay-name': replay }, { text: detail, value: JSON.parse(detail) });
}

/** The events of a window, half open and in epoch seconds, by the minutes of their times; within one as they came in. */
export function chooseEvents<Event extends ArchivedEvent>(
  events: readonly Event[],
  start: number,
  end: number,
): readonly Event[] {
  return events
    .filter(({ time }) => time >= start && time < end)
    .sort((a, b) => Math.floor(a.time / 60) - Math.floor(b.time / 60));
}

/**
 * What SizeBytes counts: source, detail-type, time, resources, and Detail as it was sent. A guess at the service's formula,
 * which fits the one recorded size: 159 bytes for texts of 27, 27, 20 and 85.
 */
function archivedSize(head: EnvelopeHead, detail: string): number {
  const texts = [head.source, head['detail-type'], head.time, ...head.resources, detail];
  return texts.reduce((sum, text) => sum + utf8Length(text), 0);
}
