import type { Conditions, Field } from '../language/pattern.js';
import type { EventArray, EventScope } from '../readers/event-scope.js';
import { listTest } from './value-test.js';

/**
 * The reference matcher: one pattern, one event, straight from the rules of the language. Every other matcher of Footbridge
 * must agree with it.
 *
 * Outside arrays fields are independent. An array matches if one of its elements satisfies every condition below it. `{"exists": false}` looks only at the elements that fields earlier in the order of paths have chosen; as long as
 * none has, the whole array must lack the field (recorded).
 */
export function matchesPattern(conditions: Conditions, event: EventScope): boolean {
  const root = toPending(conditions, new Map());
  const absences = new Set(
    allPendingFields([root]).flatMap((pendingField) => (pendingField.canBeAbsent ? [pendingField.field.path] : [])),
  );
  return new ReferenceSearch([...absences]).matches(event, root);
}

/** A field that is not decided yet. */
interface PendingField {
  readonly field: Field;
  readonly canBeAbsent: boolean;
  readonly canBePresent: boolean;
  /** Set if the path occurs in several arrays of one scope and this field is about one of them. */
  readonly onlyIn?: EventArray;
}

type PendingConditions = Conditions<PendingField>;

const noneLeft: PendingConditions = { fields: [], ors: [] };

/**
 * `$or`s that reach into several arrays of one event are tried branch by branch. Only a pattern made for it tries more than
 * a few; past this number the pattern does not match.
 */
const maxTries = 10_000;
/** The same for the elements of arrays that are looked at in these tries. */
const maxVisits = 2_000_000;

class ReferenceSearch {
  #tries = 0;
  #visits = 0;

  /** The paths that may be absent. */
  constructor(readonly absences: readonly string[]) {}

  matches(scope: EventScope, conditions: PendingConditions): boolean {
    const pending = new ScopeEvaluation(scope, this.absences).of(conditions);
    return typeof pending === 'boolean' ? pending : this.#matchesInArrays(scope, pending);
  }

  #matchesInArrays(scope: EventScope, pending: PendingConditions): boolean {
    const multiArrayField = pending.fields.find((pendingField) => arraysOf(scope, pendingField).length > 1);
    if (multiArrayField !== undefined) return this.#matchesInOneOf(scope, pending, multiArrayField);
    const multiArrayOr = pending.ors.find((branches) => arraysOfBranches(scope, branches).size > 1);
    if (multiArrayOr !== undefined) return this.#matchesByBranch(scope, pending, multiArrayOr);
    const parts = new Map<EventArray, { fields: PendingField[]; ors: (readonly PendingConditions[])[] }>();
    const partOf = (array: EventArray) => {
      const part = parts.get(array) ?? { fields: [], ors: [] };
      parts.set(array, part);
      return part;
    };
    for (const pendingField of pending.fields)
      partOf(arraysOf(scope, pendingField)[0] as EventArray).fields.push(pendingField);
    for (const branches of pending.ors) {
      const [array] = arraysOfBranches(scope, branches);
      partOf(array as EventArray).ors.push(branches);
    }
    for (const [array, part] of parts) if (!this.#matchesInArray(scope, array, part)) return false;
    return true;
  }

  #matchesInArray(scope: EventScope, array: EventArray, pending: PendingConditions): boolean {
    const [first] = [...pending.fields].sort(byPath);
    const absences = allPendingFields(pending.ors.flat()).filter((pendingField) => pendingField.canBeAbsent);
    const lowestOr = allPendingFields(pending.ors.flat()).sort(byPath)[0];
    // Which field comes first decides whether an absence is one of the whole array: settle the branches before.
    const undecided =
      first === undefined
        ? absences.length > 0
        : absences.some((pendingField) => byPath(pendingField, first) < 0) ||
          (first.canBeAbsent && lowestOr !== undefined && byPath(lowestOr, first) < 0);
    if (undecided) return this.#matchesByBranch(scope, pending, pending.ors[0] as readonly PendingConditions[]);
    const selected = first?.canBeAbsent ? replace(pending, first, [present(first)]) : pending;
    return array.elements.some((element) => this.#mayVisit() && this.matches(element, selected));
  }

  #mayVisit(): boolean {
    return this.#tries === 0 || ++this.#visits <= maxVisits;
  }

  /** One path, several arrays: its value is in one of them, or it is absent from all. */
  #matchesInOneOf(scope: EventScope, pending: PendingConditions, pendingField: PendingField): boolean {
    const arrays = arraysOf(scope, pendingField);
    for (const onlyIn of arrays) {
      if (++this.#tries > maxTries) return false;
      if (!pendingField.canBePresent) break;
      if (this.#matchesInArrays(scope, replace(pending, pendingField, [{ ...present(pendingField), onlyIn }])))
        return true;
    }
    if (!pendingField.canBeAbsent) return false;
    const absent = arrays.map((onlyIn) => ({ ...pendingField, onlyIn, canBePresent: false }));
    return this.#matchesInArrays(scope, replace(pending, pendingField, absent));
  }

  #matchesByBranch(scope: EventScope, pending: PendingConditions, or: readonly PendingConditions[]): boolean {
    const ors = pending.ors.filter((other) => other !== or);
    return or.some((branch) => {
      if (++this.#tries > maxTries) return false;
      return this.#matchesInArrays(scope, {
        fields: [...pending.fields, ...branch.fields],
        ors: [...ors, ...branch.ors],
      });
    });
  }
}

function toPending(conditions: Conditions, memo: Map<Conditions, PendingConditions>): PendingConditions {
  let pending = memo.get(conditions);
  if (pending === undefined) {
    pending = {
      fields: conditions.fields.map((field) => ({ field, canBeAbsent: field.allowsAbsence, canBePresent: true })),
      ors: conditions.ors.map((branches) => branches.map((branch) => toPending(branch, memo))),
    };
    memo.set(conditions, pending);
  }
  return pending;
}

/** Evaluates what a scope's own values decide; the rest is about its arrays. Branches may be shared: each is evaluated once. */
class ScopeEvaluation {
  readonly #memo = new Map<PendingConditions, PendingConditions | boolean>();
  /**
   * The arrays in which a field may be missing from the element chosen. A field that matches without them may
   * still have to be taken from there: the choice of an element can make that field absent.
   */
  readonly #repeatedPaths: readonly EventArray[];

  constructor(
    readonly scope: EventScope,
    absences: readonly string[],
  ) {
    this.#repeatedPaths = scope.arrays.filter(({ paths }) =>
      absences.some((path) => paths.has(path) && !scope.values.has(path)),
    );
  }

  of(conditions: PendingConditions): PendingConditions | boolean {
    let pending = this.#memo.get(conditions);
    if (pending === undefined) {
      pending = this.#decide(conditions);
      this.#memo.set(conditions, pending);
    }
    return pending;
  }

  #decide(conditions: PendingConditions): PendingConditions | boolean {
    const fields: PendingField[] = [];
    const ors: (readonly PendingConditions[])[] = [];
    for (const pendingField of conditions.fields) {
      const result = decideField(this.scope, pendingField);
      if (result === false) return false;
      if (result === undefined)
        fields.push(this.scope.values.has(pendingField.field.path) ? present(pendingField) : pendingField);
      else this.#defer(this.#alternatives(pendingField), ors);
    }
    for (const branches of conditions.ors) {
      const results = branches.map((branch) => this.of(branch));
      const pending = results.filter((result) => typeof result === 'object');
      if (results.includes(true))
        this.#defer(
          pending.filter((branch) => this.#usesRepeatedPath(branch)),
          ors,
        );
      else if (pending.length > 0) ors.push(pending);
      else return false;
    }
    return fields.length === 0 && ors.length === 0 ? true : { fields, ors };
  }

  #defer(alternatives: readonly PendingConditions[], ors: (readonly PendingConditions[])[]): void {
    if (alternatives.length > 0) ors.push([noneLeft, ...alternatives]);
  }

  #alternatives(pendingField: PendingField): readonly PendingConditions[] {
    return this.#repeatedPaths
      .filter(({ paths }) => paths.has(pendingField.field.path))
      .map((onlyIn) => ({ fields: [{ ...present(pendingField), onlyIn }], ors: [] }));
  }

  #usesRepeatedPath(branch: PendingConditions): boolean {
    return (
      this.#repeatedPaths.length > 0 &&
      allPendingFields([branch]).some((pendingField) =>
        arraysOf(this.scope, pendingField).some((array) => this.#repeatedPaths.includes(array)),
      )
    );
  }
}

/** Undefined: an array of this scope decides. */
function decideField(scope: EventScope, { field, canBeAbsent, canBePresent }: PendingField): boolean | undefined {
  const values = scope.values.get(field.path);
  if (canBePresent && values?.some(listTest(field.matchers))) return true;
  const inArrays = scope.arrays.some((array) => array.paths.has(field.path));
  if (values === undefined && !inArrays) return canBeAbsent;
  return inArrays && (canBePresent || values === undefined) ? undefined : false;
}

function arraysOf(scope: EventScope, pendingField: PendingField): readonly EventArray[] {
  if (pendingField.onlyIn !== undefined && scope.arrays.includes(pendingField.onlyIn)) return [pendingField.onlyIn];
  return scope.arrays.filter((array) => array.paths.has(pendingField.field.path));
}

function arraysOfBranches(scope: EventScope, branches: readonly PendingConditions[]): Set<EventArray> {
  return new Set(allPendingFields(branches).flatMap((pendingField) => arraysOf(scope, pendingField)));
}

function allPendingFields(
  branches: readonly PendingConditions[],
  into: PendingField[] = [],
  seen = new Set<PendingConditions>(),
): PendingField[] {
  for (const branch of branches) {
    if (seen.has(branch)) continue;
    seen.add(branch);
    for (const pendingField of branch.fields) into.push(pendingField);
    for (const inner of branch.ors) allPendingFields(inner, into, seen);
  }
  return into;
}

function replace(
  pending: PendingConditions,
  pendingField: PendingField,
  by: readonly PendingField[],
): PendingConditions {
  return { fields: pending.fields.flatMap((other) => (other === pendingField ? by : [other])), ors: pending.ors };
}

function present(pendingField: PendingField): PendingField {
  return { ...pendingField, canBeAbsent: false };
}

function byPath(a: PendingField, b: PendingField): number {
  return a.field.path < b.field.path ? -1 : a.field.path > b.field.path ? 1 : 0;
}
