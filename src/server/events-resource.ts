import { startTimer } from '../base/clock/real-timers.js';
import { onAbort } from '../base/disposable.js';
import { invalid, type ServiceError } from '../base/service-error.js';
import { describeValue, isArray } from '../base/unknown-value.js';
import { describeNearestInHistory } from '../bridge/nearest-in-history.js';
import { type RecordKind, recordKinds } from '../history/record.js';
import { requirePattern } from '../patterns/language/parse-pattern.js';
import { PatternTest } from '../patterns/reference/compile-pattern.js';
import type { EventFeed, FeedFilter, FeedPage, FeedRecord, PageLimit } from './event-feed.js';
import { type HttpResponse, jsonResponse, streamResponse } from './http-message.js';

/** The query of `events`: members of a JSON body, or of the URL's query, where each is a string. */
export interface FeedQuery {
  readonly filter: FeedFilter;
  /** As given. */
  readonly pattern: string | object | undefined;
  /** The cursor after which to start. */
  readonly after: string | undefined;
  readonly since: 'start' | 'now';
  /** Milliseconds to wait for `count` records. */
  readonly wait: number;
  readonly count: number;
  /** How many to return at most. */
  readonly limit: number;
}

const members = ['pattern', 'kind', 'bus', 'after', 'since', 'wait', 'count', 'limit'];
const maxWait = 300;
const maxResults = 10_000;

/** Throws a ValidationException that names the invalid member, or an InvalidEventPatternException. */
export function readFeedQuery(input: unknown): FeedQuery {
  if (typeof input !== 'object' || input === null || isArray(input)) {
    throw invalidQuery(`the body must be a JSON object, but is ${describeValue(input)}`);
  }
  const given = input as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(given).find((name) => !members.includes(name));
  if (unknown !== undefined) {
    throw invalidQuery(`${formatValue(unknown)} is not a member. Known: ${members.join(', ')}`);
  }
  const { pattern, kind } = given;
  if (pattern !== undefined && typeof pattern !== 'string' && (typeof pattern !== 'object' || pattern === null)) {
    throw invalidQuery(`pattern must be an event pattern, but is ${describeValue(pattern)}`);
  }
  const since = readText(given, 'since') ?? 'start';
  if (since !== 'start' && since !== 'now')
    throw invalidQuery(`since must be start or now, but is ${formatValue(since)}`);
  return {
    filter: {
      kinds: readKinds(kind),
      pattern: pattern === undefined ? undefined : new PatternTest(requirePattern(pattern)),
      bus: readText(given, 'bus'),
    },
    pattern,
    after: readText(given, 'after'),
    since,
    wait: readNumber(given, 'wait', { min: 0, max: maxWait, initial: 0, isWhole: false }) * 1000,
    count: readNumber(given, 'count', { min: 1, max: maxResults, initial: 1, isWhole: true }),
    limit: readNumber(given, 'limit', { min: 1, max: maxResults, initial: 1000, isWhole: true }),
  };
}

function readKinds(given: unknown): readonly RecordKind[] {
  if (given === undefined) return ['accepted'];
  const kinds: readonly unknown[] = typeof given === 'string' ? given.split(',') : isArray(given) ? given : [given];
  const wrong = kinds.find((kind) => !recordKinds.includes(kind as RecordKind));
  if (wrong !== undefined || kinds.length === 0) {
    throw invalidQuery(`kind must be one or more of ${recordKinds.join(', ')}, but is ${formatValue(wrong)}`);
  }
  return [...new Set(kinds as RecordKind[])];
}

function readText(given: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = given[name];
  if (value === undefined || typeof value === 'string') return value;
  throw invalidQuery(`${name} must be a string, but is ${describeValue(value)}`);
}

function readNumber(
  given: Readonly<Record<string, unknown>>,
  name: string,
  range: { readonly min: number; readonly max: number; readonly initial: number; readonly isWhole: boolean },
): number {
  const value = given[name];
  if (value === undefined) return range.initial;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  const { min, max, isWhole } = range;
  if (typeof number === 'number' && number >= min && number <= max && (!isWhole || Number.isInteger(number))) {
    return number;
  }
  throw invalidQuery(
    `${name} must be a${isWhole ? ' whole' : ''} number from ${min} to ${max}, but is ${formatValue(value)}`,
  );
}

function formatValue(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 100)) : describeValue(value);
}

function invalidQuery(message: string): ServiceError {
  return invalid(`events: ${message}.`);
}

/** What a response holds at most, in UTF-16 code units: a string cannot be of any length. */
const maxPageLength = 2 ** 24;
const maxSilence = 15_000;
const chunkLimit: PageLimit = { records: 100, length: 2 ** 20 };

/**
 * Returns `{"events":[…],"next":"…","gap":false}` as soon as there are `count`, the page is full, or the time is over. If there
 * are none then, `why` names the nearest events.
 */
export async function eventsResponse(feed: EventFeed, query: FeedQuery, signal: AbortSignal): Promise<HttpResponse> {
  const { filter, limit, pattern } = query;
  const count = Math.min(query.count, limit);
  const from = startOf(feed, query);
  const timeout = new AbortController();
  const end = () => timeout.abort();
  const records: FeedRecord[] = [];
  let position = from;
  let room = maxPageLength;
  let isFull = false;
  const poll = () => {
    const page = feed.read(position, filter, { records: limit - records.length, length: room });
    records.push(...page.records);
    position = page.next;
    room -= page.length;
    isFull = page.isFull;
  };
  const cancelTimer = startTimer(query.wait, end);
  const stopListening = onAbort(signal, end);
  poll();
  while (!isFull && records.length < count && query.wait > 0 && !timeout.signal.aborted) {
    await feed.nextChange(filter.kinds, Number.POSITIVE_INFINITY, timeout.signal);
    poll();
  }
  cancelTimer();
  stopListening();
  const isEmptyWait = records.length === 0 && query.wait > 0 && pattern !== undefined;
  const why = isEmptyWait ? describeNearestInHistory(feed.history, pattern) : undefined;
  const rest = JSON.stringify({ next: feed.cursor(position), gap: feed.hasGap(from), why });
  return jsonResponse(200, `{"events":[${records.map(({ json }) => json).join(',')}],${rest.slice(1)}`);
}

/**
 * Returns the same records as server-sent events, without end: `id` is the cursor, `event` the kind, `data` the record. An event
 * `gap` says that records after the reader's cursor have been evicted. Nothing is buffered for a slow reader, who gets what the
 * history holds when it reads on.
 */
export function eventStream(feed: EventFeed, query: FeedQuery, ending: AbortController): HttpResponse {
  let position = startOf(feed, query);
  let isFirst = true;
  const next = async (): Promise<string> => {
    if (isFirst) {
      isFirst = false;
      // Tells the reader at once that it is connected.
      return ': footbridge\n\n';
    }
    const gap = feed.hasGap(position) ? `event: gap\ndata: {}\n\n` : '';
    let page = feed.read(position, query.filter, chunkLimit);
    if (gap === '' && page.records.length === 0) {
      await feed.nextChange(query.filter.kinds, maxSilence, ending.signal);
      page = feed.read(position, query.filter, chunkLimit);
    }
    position = page.next;
    return gap + (page.records.length === 0 ? ':\n\n' : frames(page));
  };
  return streamResponse('text/event-stream', next, ending);
}

function frames({ records }: FeedPage): string {
  return records.map(({ cursor, kind, json }) => `id: ${cursor}\nevent: ${kind}\ndata: ${json}\n\n`).join('');
}

function startOf(feed: EventFeed, { after, since }: FeedQuery): number {
  return after === undefined && since === 'now' ? feed.end : feed.positionAfter(after);
}
