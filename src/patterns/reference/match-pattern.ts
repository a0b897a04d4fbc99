import type { Conditions, Field } from '../language/pattern.js';
import type { EventArray, EventScope } from '../readers/event-scope.js';
import { listTest } from './value-test.js';

/**
 * The reference matcher: one pattern, one event, straight from the rules of the language. Every other matcher of Footbridge
 * must agree with it.
 *
 * Outside arrays each field stands for itself. An array holds if one of its elements satisfies everything that is asked for
 * below it. `{"exists": false}` looks only at the elements that fields earlier in the order of paths have chosen; as long as
 * none has, it asks that the whole array lack the field (recorded).
 */
export function matchesPattern(conditions: Conditions, event: EventScope): boolean {
  const root = wants(conditions, new Map());
  const absences = new Set(allWants([root]).flatMap((want) => (want.mayBeAbsent ? [want.field.path] : [])));
  return new Search([...absences]).holds(event, root);
}

/** A field that is still to be decided. */
interface Want {
  readonly field: Field;
  readonly mayBeAbsent: boolean;
  readonly mayBePresent: boolean;
  /** Set where the path occurs in several arrays of one scope and this want is about one of them. */
  readonly only?: EventArray;
}

type Wants = Conditions<Want>;

const nothingMore: Wants = { fields: [], ors: [] };

/**
 * `$or`s that reach into several arrays of one event are tried branch by branch. Only a pattern made for it tries more than
 * a few; past this number the answer is no.
 */
const maxTries = 10_000;
/** The same for the elements of arrays that are looked at in these tries. */
const maxVisits = 2_000_000;

class Search {
  #tries = 0;
  #visits = 0;

  /** The paths that may be absent. */
  constructor(readonly absences: readonly string[]) {}

  holds(scope: EventScope, wanted: Wants): boolean {
    const open = new Decision(scope, this.absences).of(wanted);
    return typeof open === 'boolean' ? open : this.#holdsInArrays(scope, open);
  }

  #holdsInArrays(scope: EventScope, open: Wants): boolean {
    const spread = open.fields.find((want) => arraysOf(scope, want).length > 1);
    if (spread !== undefined) return this.#holdsSpread(scope, open, spread);
    const crossing = open.ors.find((branches) => arraysOfBranches(scope, branches).size > 1);
    if (crossing !== undefined) return this.#holdsByBranch(scope, open, crossing);
    const parts = new Map<EventArray, { fields: Want[]; ors: (readonly Wants[])[] }>();
    const partOf = (array: EventArray) => {
      const part = parts.get(array) ?? { fields: [], ors: [] };
      parts.set(array, part);
      return part;
    };
    for (const want of open.fields) partOf(arraysOf(scope, want)[0] as EventArray).fields.push(want);
    for (const branches of open.ors) {
      const [array] = arraysOfBranches(scope, branches);
      partOf(array as EventArray).ors.push(branches);
    }
    for (const [array, part] of parts) if (!this.#holdsInArray(scope, array, part)) return false;
    return true;
  }

  #holdsInArray(scope: EventScope, array: EventArray, open: Wants): boolean {
    const [first] = [...open.fields].sort(byPath);
    const absences = allWants(open.ors.flat()).filter((want) => want.mayBeAbsent);
    const lowestOr = allWants(open.ors.flat()).sort(byPath)[0];
    // Which field comes first decides whether an absence is one of the whole array: settle the branches before.
    const undecided =
      first === undefined
        ? absences.length > 0
        : absences.some((want) => byPath(want, first) < 0) ||
          (first.mayBeAbsent && lowestOr !== undefined && byPath(lowestOr, first) < 0);
    if (undecided) return this.#holdsByBranch(scope, open, open.ors[0] as readonly Wants[]);
    const chosen = first?.mayBeAbsent ? replace(open, first, [present(first)]) : open;
    return array.elements.some((element) => this.#mayVisit() && this.holds(element, chosen));
  }

  #mayVisit(): boolean {
    return this.#tries === 0 || ++this.#visits <= maxVisits;
  }

  /** One path, several arrays: its value is in one of them, or it is absent from all. */
  #holdsSpread(scope: EventScope, open: Wants, want: Want): boolean {
    const arrays = arraysOf(scope, want);
    for (const only of arrays) {
      if (++this.#tries > maxTries) return false;
      if (!want.mayBePresent) break;
      if (this.#holdsInArrays(scope, replace(open, want, [{ ...present(want), only }]))) return true;
    }
    if (!want.mayBeAbsent) return false;
    const absent = arrays.map((only) => ({ ...want, only, mayBePresent: false }));
    return this.#holdsInArrays(scope, replace(open, want, absent));
  }

  #holdsByBranch(scope: EventScope, open: Wants, or: readonly Wants[]): boolean {
    const ors = open.ors.filter((other) => other !== or);
    return or.some((branch) => {
      if (++this.#tries > maxTries) return false;
      return this.#holdsInArrays(scope, {
        fields: [...open.fields, ...branch.fields],
        ors: [...ors, ...branch.ors],
      });
    });
  }
}

function wants(conditions: Conditions, known: Map<Conditions, Wants>): Wants {
  let made = known.get(conditions);
  if (made === undefined) {
    made = {
      fields: conditions.fields.map((field) => ({ field, mayBeAbsent: field.allowsAbsence, mayBePresent: true })),
      ors: conditions.ors.map((branches) => branches.map((branch) => wants(branch, known))),
    };
    known.set(conditions, made);
  }
  return made;
}

/** What a scope's own values decide; what is left lies in its arrays. Branches may be shared: each is decided once. */
class Decision {
  readonly #known = new Map<Wants, Wants | boolean>();
  /**
   * The arrays in which a field may be missing from the element chosen. A want that holds without them can still be worth
   * taking from there: the choice of an element can make that field absent.
   */
  readonly #contested: readonly EventArray[];

  constructor(
    readonly scope: EventScope,
    absences: readonly string[],
  ) {
    this.#contested = scope.arrays.filter(({ paths }) =>
      absences.some((path) => paths.has(path) && !scope.values.has(path)),
    );
  }

  of(wanted: Wants): Wants | boolean {
    let open = this.#known.get(wanted);
    if (open === undefined) {
      open = this.#decide(wanted);
      this.#known.set(wanted, open);
    }
    return open;
  }

  #decide(wanted: Wants): Wants | boolean {
    const fields: Want[] = [];
    const ors: (readonly Wants[])[] = [];
    for (const want of wanted.fields) {
      const verdict = decideField(this.scope, want);
      if (verdict === false) return false;
      if (verdict === undefined) fields.push(this.scope.values.has(want.field.path) ? present(want) : want);
      else this.#leaveOpen(this.#detours(want), ors);
    }
    for (const branches of wanted.ors) {
      const verdicts = branches.map((branch) => this.of(branch));
      const open = verdicts.filter((verdict) => typeof verdict === 'object');
      if (verdicts.includes(true))
        this.#leaveOpen(
          open.filter((branch) => this.#isContested(branch)),
          ors,
        );
      else if (open.length > 0) ors.push(open);
      else return false;
    }
    return fields.length === 0 && ors.length === 0 ? true : { fields, ors };
  }

  #leaveOpen(detours: readonly Wants[], ors: (readonly Wants[])[]): void {
    if (detours.length > 0) ors.push([nothingMore, ...detours]);
  }

  #detours(want: Want): readonly Wants[] {
    return this.#contested
      .filter(({ paths }) => paths.has(want.field.path))
      .map((only) => ({ fields: [{ ...present(want), only }], ors: [] }));
  }

  #isContested(branch: Wants): boolean {
    return (
      this.#contested.length > 0 &&
      allWants([branch]).some((want) => arraysOf(this.scope, want).some((array) => this.#contested.includes(array)))
    );
  }
}

/** Undefined: an array of this scope decides. */
function decideField(scope: EventScope, { field, mayBeAbsent, mayBePresent }: Want): boolean | undefined {
  const values = scope.values.get(field.path);
  if (mayBePresent && values?.some(listTest(field.matchers))) return true;
  const inArrays = scope.arrays.some((array) => array.paths.has(field.path));
  if (values === undefined && !inArrays) return mayBeAbsent;
  return inArrays && (mayBePresent || values === undefined) ? undefined : false;
}

function arraysOf(scope: EventScope, want: Want): readonly EventArray[] {
  if (want.only !== undefined && scope.arrays.includes(want.only)) return [want.only];
  return scope.arrays.filter((array) => array.paths.has(want.field.path));
}

function arraysOfBranches(scope: EventScope, branches: readonly Wants[]): Set<EventArray> {
  return new Set(allWants(branches).flatMap((want) => arraysOf(scope, want)));
}

function allWants(branches: readonly Wants[], into: Want[] = [], seen = new Set<Wants>()): Want[] {
  for (const branch of branches) {
    if (seen.has(branch)) continue;
    seen.add(branch);
    for (const want of branch.fields) into.push(want);
    for (const inner of branch.ors) allWants(inner, into, seen);
  }
  return into;
}

function replace(open: Wants, want: Want, by: readonly Want[]): Wants {
  return { fields: open.fields.flatMap((other) => (other === want ? by : [other])), ors: open.ors };
}

function present(want: Want): Want {
  return { ...want, mayBeAbsent: false };
}

function byPath(a: Want, b: Want): number {
  return a.field.path < b.field.path ? -1 : a.field.path > b.field.path ? 1 : 0;
}
