import { LongNumber } from '../language/number.js';
import type { Field, FieldValue, Matcher } from '../language/pattern.js';
import { wildcardMatches } from '../language/wildcard.js';
import { anyOf, describeFieldValue, describeMatcher, kindOf } from './describe-matcher.js';

/** What an event has at a path. */
export interface Found {
  readonly values: readonly FieldValue[];
  /** Set if there is no value: what is there instead, such as `an object`. */
  readonly instead: string | undefined;
  /** Set if there is nothing: what may have been intended, such as a similar name next to it. */
  readonly hint: string | undefined;
}

/** Describes why none of the values satisfies a field's list. */
export function explainField({ path: names, matchers }: Field, { values, instead, hint }: Found): string {
  const path = names === '' ? '""' : names;
  const expected = anyOf(matchers.map(describeMatcher));
  const [value] = values;
  if (value === undefined) {
    if (instead !== undefined) return `${path} is ${instead}, wanted ${expected}`;
    return `${path}: missing${hint === undefined ? '' : ` (${hint})`}; wanted ${expected}`;
  }
  if (matchers.every((matcher) => matcher.kind === 'exists'))
    return `${path}: present (${list(values)}); wanted absent`;
  if (values.length > 1) return `${path} holds ${list(values)}; wanted ${expected}${caseHint(values, matchers)}`;
  const shown = describeFieldValue(value);
  if (kindOf(value) !== 'a number' && matchers.every(isNumeric)) {
    return `${path} is ${withKind(value)}; numeric matches numbers only`;
  }
  if (matchers.every(isNumeric)) return `${path}: ${shown} is not ${expected}${exactnessHint(value)}`;
  const kinds = new Set(matchers.map(expectedKind));
  const [kind] = kinds;
  if (kinds.size === 1 && kind !== undefined && kind !== kindOf(value)) {
    return `${path} is ${withKind(value)}; wanted ${expected}${kind === 'null' ? '' : `, ${kind}`}`;
  }
  return `${path} is ${shown}, wanted ${expected}${caseHint(values, matchers)}`;
}

function isNumeric(matcher: Matcher): boolean {
  return matcher.kind === 'numeric';
}

/** Returns the only type of value that a matcher accepts, if there is just one. */
function expectedKind(matcher: Matcher): string | undefined {
  switch (matcher.kind) {
    case 'equals':
      return kindOf(matcher.operand);
    case 'numeric':
      return 'a number';
    case 'anything-but':
    case 'exists':
      return undefined;
    default:
      return 'a string';
  }
}

function exactnessHint(value: FieldValue): string {
  const compared = !(value instanceof LongNumber) || value.isExact;
  return compared ? '' : ' (it is more exact than a double, so it is not compared)';
}

/** `"120", a string`; null is its own kind. */
function withKind(value: FieldValue): string {
  return value === null ? 'null' : `${describeFieldValue(value)}, ${kindOf(value)}`;
}

/** Number of values and matchers that are compared for a hint. */
const maxCompared = 50;

function caseHint(values: readonly FieldValue[], matchers: readonly Matcher[]): string {
  const first = matchers.slice(0, maxCompared);
  const differs = values
    .slice(0, maxCompared)
    .some((value) => typeof value === 'string' && first.some((matcher) => matchesIgnoringCase(matcher, value)));
  return differs ? ' (case differs)' : '';
}

/** Whether a value would match if case did not count. */
function matchesIgnoringCase(matcher: Matcher, value: string): boolean {
  const lower = value.toLowerCase();
  switch (matcher.kind) {
    case 'equals':
      return typeof matcher.operand === 'string' && matcher.operand.toLowerCase() === lower;
    case 'prefix':
      return lower.startsWith(matcher.operand.toLowerCase());
    case 'suffix':
      return lower.endsWith(matcher.operand.toLowerCase());
    case 'wildcard':
      return wildcardMatches(
        matcher.segments.map((segment) => segment.toLowerCase()),
        lower,
      );
    default:
      return false;
  }
}

function list(values: readonly FieldValue[]): string {
  const shown = values.slice(0, 5).map(describeFieldValue);
  if (values.length > 5) shown.push(`${values.length - 5} more`);
  const last = shown.pop();
  return shown.length === 0 ? `${last}` : `${shown.join(', ')} and ${last}`;
}
