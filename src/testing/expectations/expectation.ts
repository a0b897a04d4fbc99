import { isArray } from '../../base/unknown-value.js';
import type { BusEvent } from '../../events/bus-event.js';
import { envelopeMembers } from '../../events/envelope.js';
import { anyOf, describeMatcher } from '../../patterns/explain/describe-matcher.js';
import { type Difference, explainPattern } from '../../patterns/explain/explain-pattern.js';
import { parsePattern } from '../../patterns/language/parse-pattern.js';
import type { Conditions, Field } from '../../patterns/language/pattern.js';
import { PatternTest } from '../../patterns/reference/compile-pattern.js';
import { paragraph, truncate } from '../layout.js';
import { type MatcherCall, usageError } from '../matcher-call.js';
import { compareValues, type Mismatch } from './compare-values.js';
import { assertMatchable, describeUnknownMember, invalidPattern, operatorAdvice } from './pattern-mistake.js';
import { describeLeaves, describeNonJson, isAsymmetric } from './plain-values.js';

/** What an assertion requires of an event. */
export interface Expectation {
  /** How a failure calls the requirement: `pattern` or `values`. */
  readonly label: string;
  /** One condition a line. */
  readonly description: readonly string[];
  matches(event: BusEvent): boolean;
  /** Returns why an event does not match; empty if it does. */
  mismatches(event: BusEvent): readonly Mismatch[];
  /** What the test may mean instead, shown when the assertion fails. */
  readonly advice?: string | undefined;
}

/** Matches every event. */
export const anyEvent: Expectation = { label: '', description: [], matches: () => true, mismatches: () => [] };

const maxLines = 12;
const maxBranches = 4;

/** Throws an Error for what is not an event pattern, and for a pattern that no event can match. */
export function expectPattern(call: MatcherCall, pattern: string | object): Expectation {
  const parsed = parsePattern(pattern);
  if (!parsed.ok) throw invalidPattern(call, pattern, parsed.issues[0]);
  const { text, conditions } = parsed.pattern;
  assertMatchable(call, pattern, conditions);
  const test = new PatternTest(parsed.pattern);
  return {
    label: 'pattern',
    description: describeConditions(conditions),
    matches: ({ fields, detail }) => test.matches(fields, detail),
    mismatches: (event) => explainPattern(text, event.text).differences.map(toMismatch),
    advice: operatorAdvice(conditions),
  };
}

function toMismatch(difference: Difference): Mismatch {
  const { message } = difference;
  switch (difference.kind) {
    case 'field':
      return { path: difference.path, message };
    case 'array':
      return { path: difference.paths[0] ?? '', message };
    case 'or':
      return { path: '$or', message };
  }
}

function describeConditions({ fields, ors }: Conditions): string[] {
  const lines = [
    ...fields.map(describeField),
    ...ors.map((branches) => {
      const shown = branches.slice(0, maxBranches).map(describeBranch);
      const more = branches.length > maxBranches ? [`${branches.length - maxBranches} more`] : [];
      return `one of: ${[...shown, ...more].join(' | ')}`;
    }),
  ];
  return lines.length > maxLines
    ? [...lines.slice(0, maxLines), `and ${lines.length - maxLines} more conditions`]
    : lines;
}

/** Does not descend into a nested `$or`: branches share parts, so written out they may have no end. */
function describeBranch({ fields, ors }: Conditions): string {
  const parts = [...fields.slice(0, maxBranches).map(describeField), ...(ors.length > 0 ? ['$or …'] : [])];
  // A field outside the $or may override everything in a branch.
  return parts.length === 0 ? 'anything' : parts.join(' and ');
}

function describeField({ path, matchers }: Field): string {
  const wanted = anyOf(matchers.map((matcher) => truncate(describeMatcher(matcher), 80)));
  if (matchers.every(({ kind }) => kind === 'numeric')) return `${path} ${wanted}`;
  return matchers.every(({ kind }) => kind === 'equals' || kind === 'address')
    ? `${path} = ${wanted}`
    : `${path}: ${wanted}`;
}

/** Throws an Error for values that no event can have. */
export function expectValues(call: MatcherCall, values: unknown): Expectation {
  if (typeof values !== 'object' || values === null || isArray(values)) {
    throw usageError(call, 'This takes the members that the event must have, e.g. { source: "com.shop" }.');
  }
  const isMatcher = isAsymmetric(values);
  const unknown = isMatcher ? undefined : Object.keys(values).find((name) => !envelopeMembers.includes(name));
  if (unknown !== undefined) throw usageError(call, describeUnknownMember(unknown));
  const mistake = mistakeIn(values as Readonly<Record<string, unknown>>);
  if (mistake !== undefined) throw usageError(call, paragraph(mistake));
  return {
    label: 'values',
    description: isMatcher ? [] : describeLeaves(values, maxLines),
    matches: (event) => compareValues(event.envelope, values).length === 0,
    mismatches: (event) => compareValues(event.envelope, values),
  };
}

/** Describes values that no event has, so that `.not` would hold for every event. */
function mistakeIn(values: { readonly [name: string]: unknown; readonly detail?: unknown }): string | undefined {
  const list = ['source', 'detail-type'].find((name) => isArray(values[name]));
  if (list !== undefined) {
    return `${list} is an array, as in an event pattern. To compare with a pattern use toHaveReceivedEvent(pattern).`;
  }
  if (typeof values.detail === 'string') {
    return 'detail is a string, but the detail of an event is an object: `{ detail: { … } }`.';
  }
  return describeNonJson(values);
}
