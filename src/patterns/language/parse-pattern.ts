import { jsonErrorReason } from '../../base/describe.js';
import { ServiceError } from '../../base/service-error.js';
import { parseMatcher } from './parse-matcher.js';
import type { Clause, EventPattern, Field, Matcher } from './pattern.js';
import { InvalidPattern, type PatternIssueCode, PatternReader } from './pattern-reader.js';
import { resolveOverrides } from './resolve-overrides.js';
import { assertRuleComplexity } from './rule-complexity.js';

/** Why a pattern is invalid. */
export interface PatternIssue {
  /** What kind of issue it is. */
  readonly code: PatternIssueCode;
  /** The names in the pattern that lead to the place, joined by dots; empty for the pattern as a whole. */
  readonly path: string;
  /** The service's sentence, with line and column where it gives them. */
  readonly message: string;
}

/** The result of `parsePattern`: the pattern, or why it is invalid. */
export type ParsedPattern =
  | { readonly ok: true; readonly pattern: EventPattern }
  | { readonly ok: false; readonly issues: readonly [PatternIssue] };

/**
 * Reads an event pattern; never throws for a wrong one. A pattern given as an object means its JSON text.
 *
 * The sentences are the service's own, recorded from TestEventPattern and from AWS's open-source matcher. There is one
 * issue, as the service stops at the first. Of two spellings of one path the last counts; text behind the closing brace is
 * ignored; at most 1,000 levels. Footbridge's choice: `$or`s that override each other's paths in more than 2,000 ways or 500
 * deep are too complex.
 */
export function parsePattern(pattern: string | object): ParsedPattern {
  return parse(pattern, false);
}

function parse(pattern: string | object, isForRule: boolean): ParsedPattern {
  const names: string[] = [];
  try {
    const reader = new PatternReader(patternText(pattern), isForRule);
    try {
      const clauses = parseClauses(reader);
      assertRuleComplexity(clauses);
      return { ok: true, pattern: { text: reader.source, conditions: resolveOverrides(clauses) } };
    } finally {
      names.push(...reader.names);
    }
  } catch (error) {
    if (!(error instanceof InvalidPattern)) throw error;
    const message = `Event pattern is not valid. Reason: ${error.message}`;
    return { ok: false, issues: [{ code: error.code, path: names.join('.'), message }] };
  }
}

/** The pattern, or an `InvalidEventPatternException` with the service's sentence. */
export function requirePattern(pattern: string | object): EventPattern {
  return valid(parsePattern(pattern));
}

/**
 * The same with the sentence of PutRule, which describes an `$or` with one branch as if `$or` were a field (recorded).
 * TestEventPattern does not. Whether PutRule does so with other invalid `$or`s is not known: they get TestEventPattern's sentence.
 */
export function requireRulePattern(pattern: string | object): EventPattern {
  return valid(parse(pattern, true));
}

function valid(parsed: ParsedPattern): EventPattern {
  if (parsed.ok) return parsed.pattern;
  throw new ServiceError('InvalidEventPatternException', parsed.issues[0].message);
}

function patternText(pattern: string | object): string {
  if (typeof pattern === 'string') return pattern;
  if ((typeof pattern !== 'object' || pattern === null) && !isWritingFunction(pattern)) {
    const found = pattern === null ? 'null' : typeof pattern;
    throw new InvalidPattern('not-an-object', `a pattern is JSON text or an object, not ${found}`);
  }
  let text: string | undefined;
  try {
    text = JSON.stringify(pattern);
  } catch (error) {
    // A cycle, a bigint, thousands of levels, or a toJSON that throws.
    throw new InvalidPattern('invalid-json', `the object cannot be serialized to JSON: ${jsonErrorReason(error)}`);
  }
  if (text === undefined) throw new InvalidPattern('invalid-json', 'the object cannot be serialized to JSON');
  return text;
}

/** A function that says by `toJSON` which pattern it is, as the `pattern` of an event's definition does. */
function isWritingFunction(pattern: unknown): boolean {
  try {
    return typeof pattern === 'function' && 'toJSON' in pattern;
  } catch {
    return false;
  }
}

const reserved = new Set([
  ...['exactly', 'equals-ignore-case', 'prefix', 'suffix', 'anything-but', 'exists', 'wildcard', 'numeric', 'cidr'],
  ...['=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case', 'date-after', 'date-on-or-after'],
  ...['date-before', 'date-on-or-before', 'in-date-range', 'ip-address-in-range', 'ip-address-not-in-range'],
]);

/** Reads a whole pattern. Text behind its closing brace is ignored, as the service ignores it. */
export function parseClauses(reader: PatternReader): readonly Clause[] {
  if (reader.next() !== '{') throw reader.error('not-an-object', 'Filter is not an object');
  return readObject(reader, '', false);
}

interface MemberName {
  readonly name: string;
  /** Where the reader was at the name. */
  readonly offset: number;
}

function readObject(
  reader: PatternReader,
  base: string,
  insideOr: boolean,
  clauses: Clause[] = [],
  onMember?: (member: MemberName) => void,
): Clause[] {
  let empty = true;
  while (reader.next() !== '}') {
    empty = false;
    const name = reader.text;
    onMember?.({ name, offset: reader.offset });
    reader.names.push(name);
    if (insideOr && reserved.has(name)) {
      throw reader.error('reserved-name', `${name} is Ruler reserved fieldName which cannot be used inside $or.`);
    }
    if (name === '$or') clauses.push(readOr(reader, base));
    else readMember(reader, base, name, insideOr, clauses);
    reader.names.pop();
  }
  if (empty) throw reader.error('empty-object', 'Empty objects are not allowed');
  return clauses;
}

function readMember(reader: PatternReader, base: string, name: string, insideOr: boolean, clauses: Clause[]): void {
  // An empty base takes no dot: a name under an empty name is the whole path, as recorded from AWS's matcher.
  const path = base === '' ? name : `${base}.${name}`;
  switch (reader.next()) {
    case '{':
      readObject(reader, path, insideOr, clauses);
      return;
    case '[':
      clauses.push({ kind: 'field', field: readField(reader, path) });
      return;
    default:
      throw reader.error('invalid-field', `"${name}" must be an object or an array`);
  }
}

function readOr(reader: PatternReader, base: string): Clause {
  if (reader.next() !== '[') throw reader.error('invalid-or', 'It must be an Array followed with $or.');
  const branches: Clause[][] = [];
  let first: MemberName | undefined;
  while (reader.next() !== ']') {
    if (reader.token !== '{') {
      throw reader.error('invalid-or', 'Only JSON object is allowed in array of $or relationship.');
    }
    branches.push(
      readObject(reader, base, true, [], (member) => {
        first ??= member;
      }),
    );
  }
  if (branches.length === 1 && reader.isForRule) {
    throw reader.error('invalid-or', `Unrecognized match type ${first?.name}`, first?.offset);
  }
  if (branches.length < 2) {
    throw reader.error('invalid-or', 'There must have at least 2 Objects in $or relationship.');
  }
  return { kind: 'or', branches };
}

function readField(reader: PatternReader, path: string): Field {
  const matchers: Matcher[] = [];
  const start = reader.offset - 1;
  while (reader.next() !== ']') matchers.push(parseMatcher(reader));
  if (matchers.length === 0) throw reader.error('empty-array', 'Empty arrays are not allowed');
  const allowsAbsence = matchers.some((matcher) => matcher.kind === 'exists' && !matcher.operand);
  return { path, source: reader.source.slice(start, reader.offset), matchers, allowsAbsence };
}
