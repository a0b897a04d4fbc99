import { isArray } from '../../base/unknown-value.js';
import type { BusEvent } from '../../events/bus-event.js';
import { envelopeMembers } from '../../events/envelope.js';
import { anyOf, describeMatcher } from '../../patterns/explain/describe-matcher.js';
import { type Difference, explainPattern } from '../../patterns/explain/explain-pattern.js';
import { parsePattern } from '../../patterns/language/parse-pattern.js';
import type { Conditions, Field } from '../../patterns/language/pattern.js';
import { compilePattern } from '../../patterns/reference/compile-pattern.js';
import { cut, paragraph } from '../layout.js';
import { type Call, misuse } from '../matcher-call.js';
import { compareValues, type Mismatch } from './compare-values.js';
import { describeUnknownMember, mistaken, operatorAdvice, refuseMistakes } from './pattern-mistake.js';
import { describeForeign, describeLeaves } from './plain-values.js';

/** What an event is to be like. */
export interface Wanted {
  /** What the description is called: `pattern` or `values`. */
  readonly label: string;
  /** It in words, a condition a line. */
  readonly description: readonly string[];
  fits(event: BusEvent): boolean;
  /** Why an event does not fit; empty if it does. */
  mismatches(event: BusEvent): readonly Mismatch[];
  /** What may have been meant instead, for an assertion that fails. */
  readonly advice?: string | undefined;
}

/** Whatever the event is. */
export const anyEvent: Wanted = { label: '', description: [], fits: () => true, mismatches: () => [] };

/** Throws an Error, in words for whoever wrote the test, for what is no pattern. */
export function wantedPattern(call: Call, pattern: string | object): Wanted {
  const parsed = parsePattern(pattern);
  if (!parsed.ok) throw mistaken(call, pattern, parsed.issues[0]);
  const { text, conditions } = parsed.pattern;
  refuseMistakes(call, pattern, conditions);
  const compiled = compilePattern(text);
  return {
    label: 'pattern',
    description: describeConditions(conditions),
    fits: (event) => compiled.test(event.text),
    mismatches: (event) => explainPattern(text, event.text).differences.map(toMismatch),
    advice: operatorAdvice(conditions),
  };
}

export function toMismatch(difference: Difference): Mismatch {
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

const mostLines = 12;
const mostBranches = 4;

function describeConditions({ fields, ors }: Conditions): string[] {
  const lines = [
    ...fields.map(describeField),
    ...ors.map((branches) => {
      const shown = branches.slice(0, mostBranches).map(describeBranch);
      const more = branches.length > mostBranches ? [`${branches.length - mostBranches} more`] : [];
      return `one of: ${[...shown, ...more].join(' | ')}`;
    }),
  ];
  return lines.length > mostLines
    ? [...lines.slice(0, mostLines), `and ${lines.length - mostLines} more conditions`]
    : lines;
}

/** Not what branches hold inside: they may share their parts without end. */
function describeBranch({ fields, ors }: Conditions): string {
  const parts = [...fields.slice(0, mostBranches).map(describeField), ...(ors.length > 0 ? ['$or …'] : [])];
  // What stands outside the $or may have overridden all of it.
  return parts.length === 0 ? 'anything' : parts.join(' and ');
}

function describeField({ path, matchers }: Field): string {
  const wanted = anyOf(matchers.map((matcher) => cut(describeMatcher(matcher), 80)));
  if (matchers.every(({ kind }) => kind === 'numeric')) return `${path} ${wanted}`;
  return matchers.every(({ kind }) => kind === 'equals' || kind === 'address')
    ? `${path} = ${wanted}`
    : `${path}: ${wanted}`;
}

const mostValueLines = 12;

/** Throws an Error, in words for whoever wrote the test, for what no event can be like. */
export function wantedValues(call: Call, values: unknown): Wanted {
  if (typeof values !== 'object' || values === null || isArray(values)) {
    throw misuse(call, 'This takes the members that the event must have, e.g. { source: "com.shop" }.');
  }
  const isMatcher = typeof (values as { asymmetricMatch?: unknown }).asymmetricMatch === 'function';
  const unknown = isMatcher ? undefined : Object.keys(values).find((name) => !envelopeMembers.includes(name));
  if (unknown !== undefined) throw misuse(call, describeUnknownMember(unknown));
  const mistake = mistakeIn(values as Readonly<Record<string, unknown>>);
  if (mistake !== undefined) throw misuse(call, paragraph(mistake));
  const { equals } = call;
  return {
    label: 'values',
    description: isMatcher ? [] : describeLeaves(values, mostValueLines),
    fits: (event) => compareValues(event.envelope, values, equals).length === 0,
    mismatches: (event) => compareValues(event.envelope, values, equals),
  };
}

/** What no event equals, whatever it is: `.not` would always hold of it. */
function mistakeIn(values: { readonly [name: string]: unknown; readonly detail?: unknown }): string | undefined {
  const list = ['source', 'detail-type'].find((name) => isArray(values[name]));
  if (list !== undefined) {
    return `${list} is an array, as in an event pattern. To compare with a pattern use toHaveReceivedEvent(pattern).`;
  }
  if (typeof values.detail === 'string')
    return 'detail is a text, but that of an event is an object: `{ detail: { … } }`.';
  return describeForeign(values);
}
