import { findJsonError } from '../base/json/json-reader.js';
import { lineAndColumn } from '../base/json/json-syntax-error.js';
import { compactJson } from '../base/json/json-text.js';
import { JsonSlice } from '../inputs/json-slice.js';
import { notJson } from './not-json.js';
import type { ArgumentText } from './read-argument.js';
import { UnusableInput } from './unusable-input.js';

/** One entry or event of a file. */
export interface GivenEvent {
  readonly kind: 'entry' | 'event';
  readonly value: JsonSlice;
  /** Where it was found, for sentences: `event.json: entry 2`. */
  readonly place: string;
  /** The members of messages that it was found in, such as `body`; none where it stood for itself. */
  readonly within: readonly string[];
}

interface Found {
  readonly value: JsonSlice;
  readonly within: readonly string[];
}

const ofEntries = ['Source', 'DetailType', 'Detail'];
const ofEvents = ['source', 'detail-type', 'detailType', 'detail'];
/**
 * Members that hold an event as text, or an object around it: of SQS, of its ReceiveMessage, of SNS, of CloudWatch Logs, of
 * what Lambda sends to an on-failure destination.
 */
const wrappers = ['body', 'Body', 'Sns', 'Message', 'message', 'requestPayload'];
/** Members that hold several. */
const lists = ['Entries', 'Records', 'Messages', 'events', 'logEvents'];
/** What Lambda writes before a text that is logged. */
const logPrefix = /^[^{]*\t(?=\{)/;
const mostWraps = 8;

/**
 * The entries and events that a text holds: an entry of PutEvents; `{"Entries":[…]}`; an event as it is delivered or as
 * `publish` takes it; what a Lambda function gets of SQS or SNS, ReceiveMessage or FilterLogEvents answers, or Lambda sends on
 * failure, with one of these in it; an array of these; or one of these a line. Throws an UnusableInput that says where the text holds something else.
 */
export function readGivenEvents({ text, origin }: ArgumentText): readonly GivenEvent[] {
  const found = readValues(text, origin).flatMap((value) => unfold({ value, within: [] }));
  if (found.length === 0) throw new UnusableInput(`${origin}there is no entry in it`);
  return found.map(({ value, within }, i) => {
    const place = `${origin}entry ${i + 1}`;
    if (holds(value, ofEntries)) return { kind: 'entry', value, place, within };
    if (holds(value, ofEvents)) return { kind: 'event', value, place, within };
    const wanted = 'neither an entry (Source, DetailType, Detail) nor an event (source, detail-type, detail)';
    throw new UnusableInput(`${place} is ${wanted}: ${value.text.slice(0, 60)}`);
  });
}

/** A string is a text already; of everything else the text is taken. */
export function detailText({ kind, value }: GivenEvent): string | undefined {
  const detail = value.members.get(kind === 'entry' ? 'Detail' : 'detail');
  return detail?.text.startsWith('"') ? (JSON.parse(detail.text) as string) : detail?.text;
}

function readValues(text: string, origin: string): readonly JsonSlice[] {
  const error = findJsonError(text);
  if (error === undefined) return [new JsonSlice(compactJson(text))];
  const lines = text.split(/\r?\n/);
  // Where not even the first line is JSON, it was meant to be one value.
  const isOneEach = findJsonError(lines.find((line) => line.trim() !== '') ?? '') === undefined;
  if (!isOneEach) throw notJson(origin, error.reason, lineAndColumn(text, error.offset));
  return lines.flatMap((line, i) => {
    if (line.trim() === '') return [];
    const wrong = findJsonError(line);
    if (wrong !== undefined) throw notJson(origin, wrong.reason, { line: i + 1, column: wrong.offset + 1 });
    return [new JsonSlice(compactJson(line))];
  });
}

function unfold(found: Found): readonly Found[] {
  const { value, within } = found;
  if (value.text.startsWith('[')) return value.items.flatMap((item) => unfold({ value: item, within }));
  if (holds(value, ofEntries) || holds(value, ['source', 'detail-type', 'detailType'])) return [found];
  for (const name of lists) {
    const list = value.members.get(name);
    if (list?.text.startsWith('[')) return unfold({ value: list, within });
  }
  for (const name of wrappers) {
    const inner = value.members.get(name);
    const content = inner && contentOf(inner);
    if (content !== undefined && within.length < mostWraps)
      return unfold({ value: content, within: [...within, name] });
  }
  return [found];
}

function contentOf(part: JsonSlice): JsonSlice | undefined {
  if (part.text.startsWith('{')) return part;
  if (!part.text.startsWith('"')) return undefined;
  const text = (JSON.parse(part.text) as string).replace(logPrefix, '');
  return findJsonError(text) === undefined ? new JsonSlice(compactJson(text)) : undefined;
}

function holds({ members }: JsonSlice, names: readonly string[]): boolean {
  return names.some((name) => members.has(name));
}
