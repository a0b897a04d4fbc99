import { anyOf, describeMatcher } from '../patterns/explain/describe-matcher.js';
import { type Difference, explainPattern } from '../patterns/explain/explain-pattern.js';
import { parsePattern } from '../patterns/language/parse-pattern.js';
import type { Conditions, Field } from '../patterns/language/pattern.js';
import { compilePattern } from '../patterns/reference/compile-pattern.js';
import type { Mismatch } from './compare-values.js';
import { cut } from './layout.js';
import type { Call } from './matcher.js';
import { mistaken, operatorAdvice, refuseMistakes } from './pattern-mistake.js';
import type { Wanted } from './wanted.js';

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
