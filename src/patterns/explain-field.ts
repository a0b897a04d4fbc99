import { anyOf, describeMatcher, describeValue, kindOf } from './describe-matcher.js';
import { LongNumber } from './number.js';
import type { Field, FieldValue, Matcher } from './pattern.js';

/** What an event has at a path. */
export interface Found {
  readonly values: readonly FieldValue[];
  /** Set where there is no value: what stands there instead, such as `an object`. */
  readonly instead: string | undefined;
  /** Set where there is nothing: a name next to it that reads almost alike. */
  readonly similar: string | undefined;
}

/** In words, why none of the values found satisfies a field's list. */
export function explainField({ path, matchers }: Field, { values, instead, similar }: Found): string {
  const wanted = anyOf(matchers.map(describeMatcher));
  const [value] = values;
  if (value === undefined) {
    if (instead !== undefined) return `${path} is ${instead}, wanted ${wanted}`;
    const hint = similar === undefined ? '' : ` (the event has ${similar})`;
    return `${path}: missing${hint}; wanted ${wanted}`;
  }
  if (matchers.every((matcher) => matcher.kind === 'exists')) return `${path}: present; wanted absent`;
  if (values.length > 1) return `${path}: none of ${list(values)} is ${wanted}`;
  const shown = describeValue(value);
  if (kindOf(value) !== 'a number' && matchers.every(isNumeric)) {
    return `${path} is ${shown}, ${kindOf(value)}; numeric matches numbers only`;
  }
  if (matchers.every(isNumeric)) return `${path}: ${shown} is not ${wanted}${exactnessHint(value)}`;
  const kinds = new Set(matchers.map(wantedKind));
  const [kind] = kinds;
  if (kinds.size === 1 && kind !== undefined && kind !== kindOf(value)) {
    return `${path} is ${shown}, ${kindOf(value)}; wanted ${wanted}, ${kind}`;
  }
  return `${path} is ${shown}, wanted ${wanted}${caseHint(value, matchers)}`;
}

function isNumeric(matcher: Matcher): boolean {
  return matcher.kind === 'numeric';
}

/** The only kind of value a matcher takes, if there is just one. */
function wantedKind(matcher: Matcher): string | undefined {
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

function caseHint(value: FieldValue, matchers: readonly Matcher[]): string {
  if (typeof value !== 'string') return '';
  const lower = value.toLowerCase();
  const differs = matchers.some(
    (matcher) =>
      matcher.kind === 'equals' && typeof matcher.operand === 'string' && matcher.operand.toLowerCase() === lower,
  );
  return differs ? ' (case differs)' : '';
}

function list(values: readonly FieldValue[]): string {
  const shown = values.slice(0, 5).map(describeValue).join(', ');
  return values.length > 5 ? `${shown}, and ${values.length - 5} more` : shown;
}
