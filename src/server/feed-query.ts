import { invalid, type ServiceError } from '../base/service-error.js';
import { describeValue, isArray } from '../base/unknown-value.js';
import { type RecordKind, recordKinds } from '../history/record.js';
import { compilePattern } from '../patterns/reference/compile-pattern.js';
import type { FeedFilter } from './event-feed.js';

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
const longestWait = 300;
const mostAnswered = 10_000;

/** Throws a ValidationException that names the member which is wrong, and InvalidEventPatternException. */
export function readFeedQuery(input: unknown): FeedQuery {
  if (typeof input !== 'object' || input === null || isArray(input)) {
    throw invalidQuery(`the body must be a JSON object, but is ${describeValue(input)}`);
  }
  const given = input as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(given).find((name) => !members.includes(name));
  if (unknown !== undefined) {
    throw invalidQuery(`there is no ${show(unknown)}; there are ${members.join(', ')}`);
  }
  const { pattern, kind } = given;
  if (pattern !== undefined && typeof pattern !== 'string' && (typeof pattern !== 'object' || pattern === null)) {
    throw invalidQuery(`pattern must be an event pattern, but is ${describeValue(pattern)}`);
  }
  const since = readText(given, 'since') ?? 'start';
  if (since !== 'start' && since !== 'now') throw invalidQuery(`since must be start or now, but is ${show(since)}`);
  return {
    filter: {
      kinds: readKinds(kind),
      pattern: pattern === undefined ? undefined : compilePattern(pattern),
      bus: readText(given, 'bus'),
    },
    pattern,
    after: readText(given, 'after'),
    since,
    wait: readNumber(given, 'wait', { least: 0, most: longestWait, initial: 0, isWhole: false }) * 1000,
    count: readNumber(given, 'count', { least: 1, most: mostAnswered, initial: 1, isWhole: true }),
    limit: readNumber(given, 'limit', { least: 1, most: mostAnswered, initial: 1000, isWhole: true }),
  };
}

function readKinds(given: unknown): readonly RecordKind[] {
  if (given === undefined) return ['accepted'];
  const kinds: readonly unknown[] = typeof given === 'string' ? given.split(',') : isArray(given) ? given : [given];
  const wrong = kinds.find((kind) => !recordKinds.includes(kind as RecordKind));
  if (wrong !== undefined || kinds.length === 0) {
    throw invalidQuery(`kind must be some of ${recordKinds.join(', ')}, but is ${show(wrong)}`);
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
    `${name} must be a${isWhole ? ' whole' : ''} number from ${least} to ${most}, but is ${show(value)}`,
  );
}

function show(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 100)) : describeValue(value);
}

function invalidQuery(message: string): ServiceError {
  return invalid(`events: ${message}.`);
}
