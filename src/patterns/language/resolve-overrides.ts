import type { Clause, Conditions, Field } from './pattern.js';
import { InvalidPattern } from './pattern-reader.js';

/**
 * Where one path is written several times the last one counts, and a branch of an `$or` writes only when it is the branch
 * taken. Read from the end, a pattern is a list of steps; a step is dropped if its path was already written. An `$or` whose
 * branches decide over steps before it takes those steps into each of its branches, shared through a memo, so that
 * `$or`s are never multiplied out.
 */
export function resolveOverrides(clauses: readonly Clause[]): Conditions {
  return repeatsPath(clauses, new Set()) ? new Resolution(clauses).resolve(clauses) : removeOverridden(clauses);
}

function repeatsPath(clauses: readonly Clause[], written: Set<string>): boolean {
  for (const clause of clauses) {
    if (clause.kind === 'or') {
      for (const branch of clause.branches) if (repeatsPath(branch, written)) return true;
    } else if (written.size === written.add(clause.field.path).size) {
      return true;
    }
  }
  return false;
}

function removeOverridden(clauses: readonly Clause[]): Conditions {
  const fields: Field[] = [];
  const ors: (readonly Conditions[])[] = [];
  for (const clause of clauses) {
    if (clause.kind === 'field') fields.push(clause.field);
    else ors.push(clause.branches.map(removeOverridden));
  }
  return { fields, ors };
}

/** Ways in which `$or`s may override each other before a pattern counts as too complex. AWS's own bound is not known. */
const maxStates = 2_000;
/** How many `$or`s may in turn depend on one another. No pattern of the service's size comes near. */
const maxDepth = 500;

interface Step {
  readonly clause: Clause;
  /** The step written before this one. */
  readonly before: Step | undefined;
}

class Resolution {
  readonly #writes = new Map<string, number>();
  readonly #firstOr = new Map<Clause, boolean>();
  readonly #steps = new Map<readonly Clause[], Step | undefined>();
  readonly #memo = new Map<Step, Map<string, Conditions>>();
  #states = 0;

  constructor(clauses: readonly Clause[]) {
    this.#count(clauses);
    this.#markDependent(clauses, new Set());
  }

  resolve(clauses: readonly Clause[]): Conditions {
    return this.#from(this.#chain(clauses, undefined), new Set(), 0);
  }

  #count(clauses: readonly Clause[]): void {
    for (const clause of clauses) {
      if (clause.kind === 'or') for (const branch of clause.branches) this.#count(branch);
      else this.#writes.set(clause.field.path, (this.#writes.get(clause.field.path) ?? 0) + 1);
    }
  }

  #contested(path: string): boolean {
    return (this.#writes.get(path) ?? 0) > 1;
  }

  /** Marks each `$or` that writes a path which `written` holds: what came before depends on its choice. */
  #markDependent(clauses: readonly Clause[], written: Set<string>): void {
    for (const clause of clauses) {
      if (clause.kind === 'field') {
        if (this.#contested(clause.field.path)) written.add(clause.field.path);
        continue;
      }
      const inside = new Set<string>();
      for (const branch of clause.branches) collectPaths(branch, inside);
      this.#firstOr.set(
        clause,
        [...inside].some((path) => written.has(path)),
      );
      for (const branch of clause.branches) this.#markDependent(branch, new Set(written));
      for (const path of inside) if (this.#contested(path)) written.add(path);
    }
  }

  #chain(clauses: readonly Clause[], before: Step | undefined): Step | undefined {
    if (clauses.length === 0) return before;
    let step = this.#steps.get(clauses);
    if (step === undefined) {
      step = before;
      for (const clause of clauses) step = { clause, before: step };
      this.#steps.set(clauses, step);
    }
    return step;
  }

  #from(last: Step | undefined, overridden: ReadonlySet<string>, depth: number): Conditions {
    const fields: Field[] = [];
    const ors: (readonly Conditions[])[] = [];
    const written = new Set(overridden);
    for (let step = last; step !== undefined; step = step.before) {
      const { clause, before } = step;
      if (clause.kind === 'field') {
        const { path } = clause.field;
        if (!written.has(path)) fields.push(clause.field);
        if (this.#contested(path)) written.add(path);
      } else if (this.#firstOr.get(clause)) {
        ors.push(clause.branches.map((branch) => this.#memoized(this.#chain(branch, before), written, depth)));
        break;
      } else {
        ors.push(clause.branches.map((branch) => this.#from(this.#chain(branch, undefined), written, depth)));
      }
    }
    return { fields: fields.reverse(), ors: ors.reverse() };
  }

  #memoized(step: Step | undefined, written: ReadonlySet<string>, depth: number): Conditions {
    if (step === undefined) return this.#from(step, written, depth);
    const key = JSON.stringify([...written].sort());
    const known = this.#memo.get(step) ?? new Map<string, Conditions>();
    this.#memo.set(step, known);
    let conditions = known.get(key);
    if (conditions === undefined) {
      if (++this.#states > maxStates || depth > maxDepth) {
        throw new InvalidPattern(
          'too-complex',
          `Rule is too complex - its $or branches override each other in more than ${maxStates} ways or ${maxDepth} deep`,
        );
      }
      conditions = this.#from(step, written, depth + 1);
      known.set(key, conditions);
    }
    return conditions;
  }
}

function collectPaths(clauses: readonly Clause[], into: Set<string>): void {
  for (const clause of clauses) {
    if (clause.kind === 'field') into.add(clause.field.path);
    else for (const branch of clause.branches) collectPaths(branch, into);
  }
}
