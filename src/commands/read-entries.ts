import { compactJson } from '../base/compact-json.js';
import { findJsonError } from '../base/json-error.js';
import { lineAndColumn } from '../base/json-location.js';
import type { PutEventsRequestEntry } from '../events/entry.js';
import { readTime } from '../events/event-time.js';
import { JsonPart } from '../inputs/json-part.js';
import type { ArgumentText } from './read-argument.js';
import { UnusableInput } from './unusable-input.js';

/** An entry, or an event as it is delivered or as `publish` takes it; nothing of it is checked yet. */
interface Given extends PutEventsRequestEntry {
  readonly source?: string;
  readonly 'detail-type'?: string;
  readonly detailType?: string;
  readonly resources?: readonly string[];
  readonly bus?: string;
  readonly time?: unknown;
  readonly traceHeader?: string;
}

const ofEntries = ['Source', 'DetailType', 'Detail'];
const ofEvents = ['source', 'detail-type', 'detailType', 'detail'];

/**
 * The entries that a text holds: an entry of PutEvents, whose Detail may be an object; `{"Entries":[…]}`; an event as it is
 * delivered or as `publish` takes it; an array of these; or one of these a line. A Detail keeps its spelling. Throws an
 * UnusableInput that says where the text holds something else.
 */
export function readEntries({ text, origin }: ArgumentText): readonly PutEventsRequestEntry[] {
  const values = readValues(text, origin).flatMap(unfold);
  if (values.length === 0) throw new UnusableInput(`${origin}there is no entry in it`);
  return values.map((value, i) => readEntry(value, `${origin}entry ${i + 1}`));
}

function readValues(text: string, origin: string): readonly JsonPart[] {
  const error = findJsonError(text);
  if (error === undefined) return [new JsonPart(compactJson(text))];
  const lines = text.split(/\r?\n/);
  // Where not even the first line is JSON, it was meant to be one value.
  const isOneEach = findJsonError(lines.find((line) => line.trim() !== '') ?? '') === undefined;
  if (!isOneEach) throw notJson(origin, error.reason, lineAndColumn(text, error.offset));
  return lines.flatMap((line, i) => {
    if (line.trim() === '') return [];
    const wrong = findJsonError(line);
    if (wrong !== undefined) throw notJson(origin, wrong.reason, { line: i + 1, column: wrong.offset + 1 });
    return [new JsonPart(compactJson(line))];
  });
}

function notJson(origin: string, reason: string, { line, column }: { line: number; column: number }): UnusableInput {
  const place = origin === '' ? '' : `${origin.replace(/: $/, '')}:`;
  return new UnusableInput(`${place}${line}:${column}: this is not JSON: ${reason}`);
}

function unfold(value: JsonPart): readonly JsonPart[] {
  const entries = value.text.startsWith('{') && !holds(value, ofEntries) ? value.members.get('Entries') : undefined;
  const list = entries ?? value;
  return list.text.startsWith('[') ? list.items.flatMap(unfold) : [value];
}

function holds({ members }: JsonPart, names: readonly string[]): boolean {
  return names.some((name) => members.has(name));
}

function readEntry(value: JsonPart, place: string): PutEventsRequestEntry {
  const isEntry = holds(value, ofEntries);
  if (!isEntry && !holds(value, ofEvents)) {
    const wanted = 'neither an entry (Source, DetailType, Detail) nor an event (source, detail-type, detail)';
    throw new UnusableInput(`${place} is ${wanted}: ${value.text.slice(0, 60)}`);
  }
  const given = JSON.parse(value.text) as Given;
  const time = isEntry ? given.Time : given.time;
  const Time = time === undefined ? undefined : readTime(time);
  if (time !== undefined && Time === undefined) {
    throw new UnusableInput(`${place}: its time is ${JSON.stringify(time)}, no time such as "2026-01-02T03:04:05Z"`);
  }
  const Detail = detailText(value.members.get(isEntry ? 'Detail' : 'detail'));
  if (isEntry) return { ...given, Detail, Time };
  return {
    Source: given.source,
    DetailType: given['detail-type'] ?? given.detailType,
    Detail,
    Resources: given.resources,
    EventBusName: given.bus,
    TraceHeader: given.traceHeader,
    Time,
  };
}

/** A string is a text already; of everything else the text is taken. */
function detailText(detail: JsonPart | undefined): string | undefined {
  return detail?.text.startsWith('"') ? (JSON.parse(detail.text) as string) : detail?.text;
}
