import { ServiceError } from '../../base/service-error.js';
import { whyNoJson } from '../reference/event-tree.js';
import { InvalidPattern, type PatternIssueCode } from './invalid-pattern.js';
import { parseClauses, refuseComplexWildcards } from './parse-clauses.js';
import type { EventPattern } from './pattern.js';
import { PatternReader } from './pattern-reader.js';
import { resolveOverrides } from './resolve-overrides.js';

/** Why a pattern is refused. */
export interface PatternIssue {
  readonly code: PatternIssueCode;
  /** The names in the pattern that lead to the place, joined by dots; empty for the pattern as a whole. */
  readonly path: string;
  /** The service's sentence, with line and column where it gives them. */
  readonly message: string;
}

/** What `parsePattern` makes of a pattern: the pattern, or why it is refused. */
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
  const names: string[] = [];
  try {
    const reader = new PatternReader(patternText(pattern));
    try {
      const clauses = parseClauses(reader);
      refuseComplexWildcards(clauses);
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
  const parsed = parsePattern(pattern);
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
    throw new InvalidPattern('invalid-json', `the object has no JSON text: ${whyNoJson(error)}`);
  }
  if (text === undefined) throw new InvalidPattern('invalid-json', 'the object has no JSON text');
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
