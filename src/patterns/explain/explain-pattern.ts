import { requirePattern } from '../language/parse-pattern.js';
import { type Conditions, type Field, type FieldValue, fieldsOf } from '../language/pattern.js';
import { type EventScope, eventText, readEvent } from '../readers/event-scope.js';
import { pathsOf } from '../readers/path-trie.js';
import { matchesPattern } from '../reference/match-pattern.js';
import { commonArray, findSimilarPath } from './event-tree.js';
import { explainField } from './explain-field.js';

/** One reason why an event does not match. */
export type Difference =
  /** No value of the field at `path` satisfies its list. */
  | { readonly kind: 'field'; readonly path: string; readonly message: string }
  /** Each of the fields matches, but not within one element of an array. */
  | { readonly kind: 'array'; readonly paths: readonly string[]; readonly message: string }
  /** No branch of an `$or` holds; for each branch its own differences. */
  | { readonly kind: 'or'; readonly branches: readonly (readonly Difference[])[]; readonly message: string };

/** Whether an event matches a pattern, and if not, why. */
export interface Explanation {
  /** Whether the event matches. */
  readonly matches: boolean;
  /** Every difference, in the order of the pattern; empty if the event matches. */
  readonly differences: readonly Difference[];
  /** Formats the differences as text, one a line, with the branches of an `$or` indented below it. */
  toString(): string;
}

/**
 * Explains why an event does not match a pattern: for each path, the actual value and what the pattern requires. Throws like `testPattern` for an
 * invalid pattern or event.
 */
export function explainPattern(pattern: string | object, event: string | object): Explanation {
  const { conditions } = requirePattern(pattern);
  const text = eventText(event);
  const scope = readEvent(text, pathsOf(conditions).root);
  const matches = conditionsMatch(conditions, scope);
  const differences = matches ? [] : new ExplainSearch(scope, JSON.parse(text)).differences(conditions);
  return { matches, differences, toString: () => (matches ? 'matches' : print(differences)) };
}

/** Branches may be shared, so each part is explained once. */
class ExplainSearch {
  readonly #memo = new Map<Conditions, readonly Difference[]>();

  constructor(
    readonly scope: EventScope,
    readonly tree: unknown,
  ) {}

  differences(conditions: Conditions): readonly Difference[] {
    const known = this.#memo.get(conditions);
    if (known !== undefined) return known;
    const found = this.#find(conditions);
    this.#memo.set(conditions, found);
    return found;
  }

  #find(conditions: Conditions): readonly Difference[] {
    const differences: Difference[] = [];
    const isOnly = conditions.fields.length + conditions.ors.length === 1;
    const fields: Field[] = [];
    for (const field of conditions.fields) {
      if (this.#canMatch(field, isOnly)) fields.push(field);
      else differences.push(this.#fieldDifference(field));
    }
    const ors: (readonly Conditions[])[] = [];
    for (const branches of conditions.ors) {
      const within = branches.map((branch) => this.differences(branch));
      if (within.every((found) => found.length > 0)) differences.push(orDifference(within));
      else ors.push(branches);
    }
    // What each holds on its own may still not hold together.
    const rest = { fields, ors };
    if (!conditionsMatch(rest, this.scope)) differences.push(this.#arrayDifference(rest));
    return differences;
  }

  /** An absence may also be one from the array element that other fields choose. */
  #canMatch(field: Field, isOnly: boolean): boolean {
    if (field.allowsAbsence && !isOnly && !this.scope.values.has(field.path)) return true;
    return this.#matchesAlone(field);
  }

  #matchesAlone(field: Field): boolean {
    return conditionsMatch({ fields: [field], ors: [] }, this.scope);
  }

  #fieldDifference(field: Field): Difference {
    const values = valuesAt(this.scope, field.path);
    const empty = { instead: undefined, hint: undefined };
    const found = { values, ...(values.length === 0 ? findSimilarPath(this.tree, field.path) : empty) };
    return { kind: 'field', path: field.path, message: explainField(field, found) };
  }

  #arrayDifference(conditions: Conditions): Difference {
    const fields = fieldsOf(conditions).filter(
      (field) =>
        this.scope.arrays.some((array) => array.paths.has(field.path)) &&
        (field.allowsAbsence || this.#matchesAlone(field)),
    );
    const paths = [...new Set(fields.map(({ path }) => path))];
    const array = commonArray(this.tree, paths) ?? 'an array';
    const absent = fields.find((field) => field.allowsAbsence);
    if (absent === undefined) {
      const message = `${paths.join(', ')}: each matched, but in different elements of ${array}`;
      return { kind: 'array', paths, message };
    }
    const message = `${absent.path}: present in some element of ${array}; wanted absent`;
    return { kind: 'array', paths, message };
  }
}

function orDifference(branches: readonly (readonly Difference[])[]): Difference {
  const firsts = branches.map((found) => {
    const [first] = found;
    const more = found.length > 1 ? `, and ${found.length - 1} more` : '';
    return first === undefined || first.kind === 'or' ? 'a nested $or does not match' : `${first.message}${more}`;
  });
  return { kind: 'or', branches, message: `no branch of $or matches: ${firsts.join(' | ')}` };
}

function conditionsMatch(conditions: Conditions, scope: EventScope): boolean {
  return matchesPattern(conditions, scope);
}

function valuesAt(scope: EventScope, path: string): readonly FieldValue[] {
  const within = scope.arrays.flatMap((array) =>
    array.paths.has(path) ? array.elements.flatMap((element) => valuesAt(element, path)) : [],
  );
  return [...(scope.values.get(path) ?? []), ...within];
}

const maxLines = 60;

function print(differences: readonly Difference[]): string {
  const lines: string[] = [];
  const write = (found: readonly Difference[], indent: string): void => {
    for (const difference of found) {
      if (lines.length > maxLines) return;
      if (difference.kind !== 'or') {
        lines.push(indent + difference.message);
        continue;
      }
      lines.push(`${indent}no branch of $or matches`);
      for (const [i, branch] of difference.branches.entries()) {
        lines.push(`${indent}  ${i === 0 ? 'either' : 'or'}`);
        write(branch, `${indent}    `);
      }
    }
  };
  write(differences, '');
  return lines.length > maxLines ? [...lines.slice(0, maxLines), '…'].join('\n') : lines.join('\n');
}
