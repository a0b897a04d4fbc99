import { requirePattern } from '../language/parse-pattern.js';
import type { Conditions, Field, Matcher } from '../language/pattern.js';
import { type EventScope, readEvent } from '../readers/event-scope.js';
import { pathsOf } from '../readers/path-trie.js';
import { matchesPattern } from '../reference/match-pattern.js';
import { listTest } from '../reference/value-test.js';
import { describeMatcher } from './describe-matcher.js';

/** One of the ways in which a pattern lets an event match: an element of a field's list, or a branch of an `$or`. */
export interface PatternBranch {
  readonly kind: 'alternative' | 'or';
  /** `detail.total > 100`; of a branch of an `$or`, `$or branch 2 of 3 (detail.total > 100)`; of what is in one, both. */
  readonly text: string;
  /** The branch of an `$or` that this one is in. */
  readonly parent: PatternBranch | undefined;
  /** What an event must match for this branch to have decided: the pattern without the alternatives of this branch. */
  readonly conditions: Conditions;
  /** The fields of the branch itself, which are cheap to rule out. */
  readonly fields: readonly Field[];
  /** The field with only this element in its list, if it is outside every `$or`. */
  readonly top: Field | undefined;
}

/** Finds the branches by which events match a pattern. An event may match by several. */
export class PatternBranches {
  readonly branches: readonly PatternBranch[];
  readonly #paths;

  /** `pattern` is the JSON text of a valid pattern. */
  constructor(pattern: string) {
    const { conditions } = requirePattern(pattern);
    this.#paths = pathsOf(conditions);
    this.branches = new BranchLister(conditions).branches;
  }

  /** `event` is the text of one that matches the whole pattern. */
  matchedBranches(event: string): readonly PatternBranch[] {
    const scope = readEvent(event, this.#paths.root);
    const matched = new Set<PatternBranch>();
    for (const branch of this.branches) {
      if ((branch.parent === undefined || matched.has(branch.parent)) && isMatched(branch, scope)) matched.add(branch);
    }
    return [...matched];
  }
}

function isMatched({ conditions, fields, top }: PatternBranch, scope: EventScope): boolean {
  if (!fields.every((field) => canMatch(field, scope))) return false;
  // Without arrays fields are independent, and all others are known to match.
  if (top === undefined || scope.arrays.length > 0) return matchesPattern(conditions, scope);
  return !top.allowsAbsence || !scope.values.has(top.path);
}

/** Whether some value anywhere fits, or none is needed. */
function canMatch(field: Field, scope: EventScope): boolean {
  const { path, matchers, allowsAbsence } = field;
  if (allowsAbsence || scope.values.get(path)?.some(listTest(matchers)) === true) return true;
  return scope.arrays.some(
    ({ paths, elements }) => paths.has(path) && elements.some((element) => canMatch(field, element)),
  );
}

class BranchLister {
  readonly branches: PatternBranch[] = [];
  readonly #root: Conditions;
  /** Branches may be shared where `$or`s override each other: each is listed where it is met first. */
  readonly #seen = new Set<Conditions>();

  constructor(root: Conditions) {
    this.#root = root;
    this.#list(root, undefined);
  }

  #list(node: Conditions, parent: PatternBranch | undefined): void {
    if (this.#seen.has(node)) return;
    this.#seen.add(node);
    const inside = parent === undefined ? '' : `${parent.text}: `;
    for (const field of node.fields) {
      for (const matcher of field.matchers) {
        const only = { ...field, matchers: [matcher], allowsAbsence: isAbsence(matcher) };
        const fields = node.fields.map((other) => (other === field ? only : other));
        const conditions = restrict(this.#root, node, { fields, ors: node.ors });
        const top = parent === undefined ? only : undefined;
        this.branches.push({
          kind: 'alternative',
          text: inside + describe(field, matcher),
          parent,
          conditions,
          fields: [only],
          top,
        });
      }
    }
    for (const or of node.ors) {
      for (const [i, branch] of or.entries()) {
        const text = `${inside}$or branch ${i + 1} of ${or.length} (${summary(branch)})`;
        const conditions = restrict(this.#root, branch, branch);
        const listed: PatternBranch = { kind: 'or', text, parent, conditions, fields: branch.fields, top: undefined };
        this.branches.push(listed);
        this.#list(branch, listed);
      }
    }
  }
}

/** A pattern that holds only by a part of it, with another in its place. */
function restrict(root: Conditions, part: Conditions, instead: Conditions): Conditions {
  const known = new Map<Conditions, Conditions | undefined>([[part, instead]]);
  /** `undefined` if the part is not in there. */
  const narrow = (conditions: Conditions): Conditions | undefined => {
    if (known.has(conditions)) return known.get(conditions);
    let contains = false;
    const ors = conditions.ors.map((branches) => {
      const within = branches.map(narrow).filter((branch) => branch !== undefined);
      contains ||= within.length > 0;
      return within.length > 0 ? within : branches;
    });
    const result = contains ? { fields: conditions.fields, ors } : undefined;
    known.set(conditions, result);
    return result;
  };
  return narrow(root) ?? root;
}

function isAbsence(matcher: Matcher): boolean {
  return matcher.kind === 'exists' && !matcher.operand;
}

function describe({ path }: Field, matcher: Matcher): string {
  return `${path === '' ? '""' : path} ${describeMatcher(matcher)}`;
}

const maxNamed = 2;

/** What a person knows a branch by: its first fields. */
function summary({ fields, ors }: Conditions): string {
  const named = fields.slice(0, maxNamed).map((field) => {
    const [first, ...more] = field.matchers;
    const others = more.length === 0 ? '' : ` or ${more.length} more`;
    return `${first === undefined ? `${field.path} nothing` : describe(field, first)}${others}`;
  });
  const left = fields.length - named.length + ors.length;
  if (left > 0) named.push(named.length === 0 ? 'only $or' : `${left} more`);
  return named.length === 0 ? 'empty' : named.join(', ');
}
