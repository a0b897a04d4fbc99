import { startTimer } from '../base/clock/real-timers.js';
import { onAbort } from '../base/disposable.js';
import { invalid, type ServiceError } from '../base/service-error.js';
import { describeValue, isArray } from '../base/unknown-value.js';
import { describeNearestInHistory } from '../bridge/nearest-in-history.js';
import { type RecordKind, recordKinds } from '../history/record.js';
import { requirePattern } from '../patterns/language/parse-pattern.js';
import { PatternTest } from '../patterns/reference/compile-pattern.js';
import type { EventFeed, FeedEntry, FeedFilter, FeedPage } from './event-feed.js';
import { type HttpResponse, jsonResponse, streamResponse } from './http-message.js';

/**
 * What `events` may be asked: members of a JSON body, or of the query, where each is text.
 */
export interface FeedQuery {
  readonly filter: FeedFilter;
  /** As it was given. */
  readonly pattern: string | object | undefined;
  /** A cursor, after which to begin. */
  readonly after: string | undefined;
  readonly since: 'start' | 'now';
  /** Milliseconds to wait for as many as `count`. */
  readonly wait: number;
  readonly count: number;
  /** How many are answered at once. */
  readonly limit: number;
}

const members = ['pattern', 'kind', 'bus', 'after', 'since', 'wait', 'count', 'limit'];
const maxWait = 300;
const maxResults = 10_000;

/** Throws a ValidationException that names the member which is wrong, and InvalidEventPatternException. */
export function readFeedQuery(input: unknown): FeedQuery {
  if (typeof input !== 'object' || input === null || isArray(input)) {
    throw invalidQuery(`the body must be a JSON object, but is ${describeValue(input)}`);
  }
  const given = input as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(given).find((name) => !members.includes(name));
  if (unknown !== undefined) {
    throw invalidQuery(`there is no ${formatValue(unknown)}; there are ${members.join(', ')}`);
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
    wait: readNumber(given, 'wait', { least: 0, most: maxWait, initial: 0, isWhole: false }) * 1000,
    count: readNumber(given, 'count', { least: 1, most: maxResults, initial: 1, isWhole: true }),
    limit: readNumber(given, 'limit', { least: 1, most: maxResults, initial: 1000, isWhole: true }),
  };
}

function readKinds(given: unknown): readonly RecordKind[] {
  if (given === undefined) return ['accepted'];
  const kinds: readonly unknown[] = typeof given === 'string' ? given.split(',') : isArray(given) ? given : [given];
  const wrong = kinds.find((kind) => !recordKinds.includes(kind as RecordKind));
  if (wrong !== undefined || kinds.length === 0) {
    throw invalidQuery(`kind must be some of ${recordKinds.join(', ')}, but is ${formatValue(wrong)}`);
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
  range: { readonly least: number; readonly most: number; readonly initial: number; readonly isWhole: boolean },
): number {
  const value = given[name];
  if (value === undefined) return range.initial;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  const { least, most, isWhole } = range;
  if (typeof number === 'number' && number >= least && number <= most && (!isWhole || Number.isInteger(number))) {
    return number;
  }
  throw invalidQuery(
    `${name} must be a${isWhole ? ' whole' : ''} number from ${least} to ${most}, but is ${formatValue(value)}`,
  );
}

function formatValue(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 100)) : describeValue(value);
}

function invalidQuery(message: string): ServiceError {
  return invalid(`events: ${message}.`);
}

const maxSilence = 15_000;
const entriesPerChunk = 100;

/**
 * `{"events":[…],"next":"…","gap":false}`, as soon as there are `count`, or when the time is over. If there are none then,
 * `why` says what was nearest.
 */
export async function eventsResponse(feed: EventFeed, query: FeedQuery, signal: AbortSignal): Promise<HttpResponse> {
  const { filter, limit, pattern } = query;
  const enough = Math.min(query.count, limit);
  const from = startOf(feed, query);
  const over = new AbortController();
  const end = () => over.abort();
  const entries: FeedEntry[] = [];
  let place = from;
  const look = () => {
    const page = feed.read(place, filter, limit - entries.length);
    entries.push(...page.entries);
    place = page.next;
  };
  const stopTimer = startTimer(query.wait, end);
  const stopListening = onAbort(signal, end);
  look();
  while (entries.length < enough && query.wait > 0 && !over.signal.aborted) {
    await feed.change(filter.kinds, Number.POSITIVE_INFINITY, over.signal);
    look();
  }
  stopTimer();
  stopListening();
  const isInVain = entries.length === 0 && query.wait > 0 && pattern !== undefined;
  const why = isInVain ? describeNearestInHistory(feed.history, pattern) : undefined;
  const rest = JSON.stringify({ next: feed.cursor(place), gap: feed.hasGap(from), why });
  return jsonResponse(200, `{"events":[${entries.map(({ text }) => text).join(',')}],${rest.slice(1)}`);
}

/**
 * The same as server-sent events, without end: `id` is the cursor, `event` the kind, `data` the record. An event `gap` says
 * that the history had to forget something before this reader came for it. Nothing is held for a slow reader: he gets what
 * the history has when he comes.
 */
export function eventStream(feed: EventFeed, query: FeedQuery, ending: AbortController): HttpResponse {
  let place = startOf(feed, query);
  let isFirst = true;
  const next = async (): Promise<string> => {
    if (isFirst) {
      isFirst = false;
      // So that the reader knows at once that he is connected.
      return ': footbridge\n\n';
    }
    const gap = feed.hasGap(place) ? `event: gap\ndata: {}\n\n` : '';
    let page = feed.read(place, query.filter, entriesPerChunk);
    if (gap === '' && page.entries.length === 0) {
      await feed.change(query.filter.kinds, maxSilence, ending.signal);
      page = feed.read(place, query.filter, entriesPerChunk);
    }
    place = page.next;
    return gap + (page.entries.length === 0 ? ':\n\n' : frames(page));
  };
  return streamResponse('text/event-stream', next, ending);
}

function frames({ entries }: FeedPage): string {
  return entries.map(({ cursor, kind, text }) => `id: ${cursor}\nevent: ${kind}\ndata: ${text}\n\n`).join('');
}

function startOf(feed: EventFeed, { after, since }: FeedQuery): number {
  return after === undefined && since === 'now' ? feed.end : feed.placeAfter(after);
}
