import { findJsonError } from '../base/json/json-reader.js';
import { lineAndColumn } from '../base/json/json-syntax-error.js';
import { compactJson } from '../base/json/json-text.js';
import { JsonSlice } from '../inputs/json-slice.js';
import { UsageError } from './command-io.js';
import { type ArgumentText, invalidJsonError } from './read-input.js';

/** An entry or event in a file. */
export interface InputEvent {
  readonly kind: 'entry' | 'event';
  readonly value: JsonSlice;
  /** For messages: `event.json: entry 2`. */
  readonly location: string;
  /** Names of the members that it was nested in, such as `body`. */
  readonly within: readonly string[];
}

interface Found {
  readonly value: JsonSlice;
  readonly within: readonly string[];
}

const entryNames = ['Source', 'DetailType', 'Detail'];
const eventNames = ['source', 'detail-type', 'detailType', 'detail'];
/** Members that hold an event as text or an object: of SQS, ReceiveMessage, SNS, CloudWatch Logs, Lambda's on-failure destinations. */
const wrappers = ['body', 'Body', 'Sns', 'Message', 'message', 'requestPayload'];
/** Members that hold a list of events. */
const lists = ['Entries', 'Records', 'Messages', 'events', 'logEvents'];
/** What Lambda writes before logged text. */
const logPrefix = /^[^{]*\t(?=\{)/;
const maxNesting = 8;

/**
 * Returns the entries and events in a text. It holds an entry of PutEvents, `{"Entries":[…]}`, an envelope, an event for
 * `publish`, one of these inside what a Lambda function receives from SQS or SNS, what ReceiveMessage or FilterLogEvents returns,
 * or what Lambda sends to an on-failure destination; an array of these; or one of these a line. Throws a UsageError that says
 * where the text holds something else.
 */
export function readInputEvents({ text, origin }: ArgumentText): readonly InputEvent[] {
  const found = readValues(text, origin).flatMap((value) => unwrap({ value, within: [] }));
  if (found.length === 0) throw new UsageError(`${origin}it contains no event`);
  return found.map(({ value, within }, i) => {
    const location = `${origin}entry ${i + 1}`;
    if (hasAny(value, entryNames)) return { kind: 'entry', value, location, within };
    if (hasAny(value, eventNames)) return { kind: 'event', value, location, within };
    const what = 'neither an entry (Source, DetailType, Detail) nor an event (source, detail-type, detail)';
    throw new UsageError(`${location} is ${what}: ${value.text.slice(0, 60)}`);
  });
}

/** Returns the text of the detail: a string as it is, and the JSON text of any other value. */
export function detailText({ kind, value }: InputEvent): string | undefined {
  const detail = value.members.get(kind === 'entry' ? 'Detail' : 'detail');
  return detail?.text.startsWith('"') ? (JSON.parse(detail.text) as string) : detail?.text;
}

function readValues(text: string, origin: string): readonly JsonSlice[] {
  const error = findJsonError(text);
  if (error === undefined) return [new JsonSlice(compactJson(text))];
  const lines = text.split(/\r?\n/);
  // If not even the first line is JSON, it is one value.
  const isOneEach = findJsonError(lines.find((line) => line.trim() !== '') ?? '') === undefined;
  if (!isOneEach) throw invalidJsonError(origin, error.reason, lineAndColumn(text, error.offset));
  return lines.flatMap((line, i) => {
    if (line.trim() === '') return [];
    const wrong = findJsonError(line);
    if (wrong !== undefined) throw invalidJsonError(origin, wrong.reason, { line: i + 1, column: wrong.offset + 1 });
    return [new JsonSlice(compactJson(line))];
  });
}

function unwrap(found: Found): readonly Found[] {
  const { value, within } = found;
  if (value.text.startsWith('[')) return value.items.flatMap((item) => unwrap({ value: item, within }));
  if (hasAny(value, entryNames) || hasAny(value, ['source', 'detail-type', 'detailType'])) return [found];
  for (const name of lists) {
    const list = value.members.get(name);
    if (list?.text.startsWith('[')) return unwrap({ value: list, within });
  }
  for (const name of wrappers) {
    const inner = value.members.get(name);
    const content = inner && contentOf(inner);
    if (content !== undefined && within.length < maxNesting)
      return unwrap({ value: content, within: [...within, name] });
  }
  return [found];
}

function contentOf(part: JsonSlice): JsonSlice | undefined {
  if (part.text.startsWith('{')) return part;
  if (!part.text.startsWith('"')) return undefined;
  const text = (JSON.parse(part.text) as string).replace(logPrefix, '');
  return findJsonError(text) === undefined ? new JsonSlice(compactJson(text)) : undefined;
}

function hasAny({ members }: JsonSlice, names: readonly string[]): boolean {
  return names.some((name) => members.has(name));
}
