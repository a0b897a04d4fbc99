import { exactValue } from './number.js';
import type { Clause, Field, Matcher } from './pattern.js';
import { InvalidPattern } from './pattern-reader.js';
import { maxWildcardComplexity, type WildcardPattern, wildcardComplexity } from './wildcard-complexity.js';

/** The service accepts 512 combinations and rejects 1,024, naming this number. */
const maxCombinations = 1000;

/**
 * Rejects what the service rejects once everything else about a pattern is valid: too many combinations of `$or` branches, and
 * wildcards that are too complex together. Neither sentence names a place.
 */
export function assertRuleComplexity(clauses: readonly Clause[]): void {
  if (countCombinations(clauses, 1) > maxCombinations) {
    throw new InvalidPattern('too-complex', 'Or operator is producing over 1000 rule combinations');
  }
  if (!hasWildcards(clauses)) return;
  const root: NameState = new Map();
  for (const rule of multiplyOut(clauses, [new Map()])) addRule(root, rule);
  if (isTooComplex(root)) {
    throw new InvalidPattern(
      'too-complex',
      'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
    );
  }
}

function countCombinations(clauses: readonly Clause[], before: number): number {
  let count = before;
  for (const clause of clauses) {
    if (clause.kind !== 'or') continue;
    const multiplied = count;
    count = clause.branches.reduce((sum, branch) => sum + countCombinations(branch, multiplied), 0);
    if (count > maxCombinations) return count;
  }
  return count;
}

function hasWildcards(clauses: readonly Clause[]): boolean {
  return clauses.some((clause) =>
    clause.kind === 'or'
      ? clause.branches.some(hasWildcards)
      : clause.field.matchers.some((matcher) => wildcardsOf(matcher).length > 0),
  );
}

/** A rule without `$or`. */
type PlainRule = ReadonlyMap<string, Field>;

/** Each of the rules, with these clauses written over it. */
function multiplyOut(clauses: readonly Clause[], rules: readonly PlainRule[]): readonly PlainRule[] {
  let written = rules;
  for (const clause of clauses) {
    const before = written;
    written =
      clause.kind === 'or'
        ? clause.branches.flatMap((branch) => multiplyOut(branch, before))
        : before.map((rule) => new Map(rule).set(clause.field.path, clause.field));
  }
  return written;
}

/**
 * A state of the service's matcher, in which it tests one path, or several if rules that are equal so far go apart here: for
 * each the patterns that were added, and the state to which each leads.
 */
type NameState = Map<string, FieldMachine>;

interface FieldMachine {
  /** Patterns with wildcards, in the order of adding, again for each rule that has them. */
  readonly added: WildcardPattern[];
  readonly next: Map<string, NameState>;
  /** Where the absence of the field leads. The service does not score what comes after it. */
  absent: NameState | undefined;
}

function addRule(root: NameState, rule: PlainRule): void {
  const paths = [...rule.keys()].sort();
  let states = new Set([root]);
  for (const path of paths) {
    const { matchers } = rule.get(path) as Field;
    const next = new Set<NameState>();
    for (const state of states) {
      const machine = state.get(path) ?? { added: [], next: new Map(), absent: undefined };
      state.set(path, machine);
      for (const reached of addMatchers(machine, matchers)) next.add(reached);
    }
    states = next;
  }
}

/** The states to which the matchers lead: one for all that are new, and those of the matchers that were there. */
function addMatchers(machine: FieldMachine, matchers: readonly Matcher[]): ReadonlySet<NameState> {
  const reached = new Set<NameState>();
  let last: NameState | undefined;
  for (const matcher of matchers) {
    if (matcher.kind === 'exists' && !matcher.operand) {
      machine.absent ??= last ?? new Map();
      last = machine.absent;
    } else {
      const identity = identityOf(matcher);
      const wildcards = wildcardsOf(matcher);
      if (wildcards.length > 0) machine.added.push({ identity, wildcards });
      last = machine.next.get(identity) ?? last ?? new Map();
      machine.next.set(identity, last);
    }
    reached.add(last);
  }
  return reached;
}

function isTooComplex(root: NameState): boolean {
  const seen = new Set([root]);
  for (const state of seen) {
    for (const { added, next } of state.values()) {
      if (added.length > 0 && wildcardComplexity(added) > maxWildcardComplexity) return true;
      for (const reached of next.values()) seen.add(reached);
    }
  }
  return false;
}

/** Equal for matchers that the service's matcher takes for one. */
function identityOf(matcher: Matcher): string {
  switch (matcher.kind) {
    case 'anything-but':
      return `anything-but ${[...new Set(matcher.not.map(identityOf))].sort().join()}`;
    case 'equals':
      return typeof matcher.operand === 'object' && matcher.operand !== null
        ? `= ${exactValue(matcher.operand) ?? matcher.operand.text}`
        : `= ${JSON.stringify(matcher.operand)}`;
    case 'cidr':
      return JSON.stringify([matcher.kind, matcher.block]);
    default:
      return JSON.stringify(matcher);
  }
}

function wildcardsOf(matcher: Matcher): WildcardPattern['wildcards'] {
  if (matcher.kind === 'wildcard') return [matcher.segments];
  return matcher.kind === 'anything-but' ? matcher.not.flatMap(wildcardsOf) : [];
}
