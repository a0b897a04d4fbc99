import type { PutEventsRequestEntry } from '../events/entry.js';
import { readTime } from '../events/envelope.js';
import { readMembers } from './event-members.js';
import { detailText, type GivenEvent } from './read-given-events.js';
import { UnusableInput } from './unusable-input.js';

/** An event as it is delivered or as `publish` takes it; nothing of it is checked yet. */
interface Given {
  readonly source?: string;
  readonly 'detail-type'?: string;
  readonly resources?: readonly string[];
  readonly bus?: string;
  readonly time?: unknown;
  readonly traceHeader?: string;
}

/** The entry that puts an event; a Detail that is an object keeps its spelling. Throws an UnusableInput for a time that is none. */
export function entryOf(event: GivenEvent): PutEventsRequestEntry {
  const given = readMembers(event).members as Given;
  const entry = event.kind === 'entry' ? (JSON.parse(event.value.text) as PutEventsRequestEntry) : undefined;
  const time = entry === undefined ? given.time : entry.Time;
  const Time = time === undefined ? undefined : readTime(time);
  if (time !== undefined && Time === undefined) {
    throw new UnusableInput(
      `${event.place}: its time is ${JSON.stringify(time)}, no time such as "2026-01-02T03:04:05Z"`,
    );
  }
  const Detail = detailText(event);
  if (entry !== undefined) return { ...entry, Detail, Time };
  return {
    Source: given.source,
    DetailType: given['detail-type'],
    Detail,
    Resources: given.resources,
    EventBusName: given.bus,
    TraceHeader: given.traceHeader,
    Time,
  };
}
