import type { Filed } from './key-table.js';
import type { Rule } from './rule.js';
import type { Search } from './search.js';
import type { SharedField } from './shared-field.js';

/** Where a placement stands. */
export interface Home<Id> {
  /** Says that the placement's rule has been removed. */
  forget(placement: Placement<Id>): void;
}

/** A rule as it is filed: all of these fields must hold for it to match. What a match reads stands first. */
export class Placement<Id> implements Filed<Id> {
  /** What is left to be asked where the keys that lead to its home are what the event holds. */
  open: readonly SharedField[];
  /** Where it stands in the list that holds it, if it is alone. */
  place = -1;
  /** Whether its rule stands nowhere else, as no field has two keys and there is no `$or`. */
  readonly isAlone: boolean;
  // Nearly every placement stands in one place, so only the others have a list.
  #home: Home<Id> | undefined;
  #others: Home<Id>[] | undefined;

  constructor(
    readonly rule: Rule<Id>,
    /** Fields with anchors. */
    readonly fields: readonly SharedField[],
  ) {
    this.open = this.#leftBy(none);
    this.isAlone = rule.isPlain && fields.every((field) => field.keys === 1);
  }

  /** Whether keys at these slots say all that the rule asks for, and lead to no other place. */
  isDecidedBy(slots: readonly number[]): boolean {
    return this.isAlone && this.#leftBy(slots).length === 0;
  }

  /** Whether the keys that lead to its home say all that its rule asks for, and it stands nowhere else. */
  get isDecided(): boolean {
    return this.isAlone && this.open.length === 0;
  }

  match(search: Search<Id>, exactly: boolean): void {
    search.check(this, exactly);
  }

  #leftBy(slots: readonly number[]): readonly SharedField[] {
    const fields = this.rule.isPlain ? this.rule.fields : this.fields;
    const left = fields.filter((field) => !field.isAnchoredFully || !slots.includes(field.slot));
    // One empty list for all: each of its own would be one more place in memory to look at.
    if (left.length === 0) return nothing;
    return left.length === fields.length ? fields : left;
  }

  fieldAt(slot: number): SharedField | undefined {
    for (let i = 0; i < this.fields.length; i++) {
      const field = this.fields[i] as SharedField;
      if (field.slot === slot) return field;
    }
    return undefined;
  }

  /** `slots` are those of the keys that lead there. */
  settle(home: Home<Id>, slots: readonly number[]): void {
    this.open = this.#leftBy(this.#home === undefined ? slots : none);
    if (this.#home === undefined) this.#home = home;
    else if (this.#others === undefined) this.#others = [home];
    else this.#others.push(home);
  }

  /** Takes back one `settle`. */
  leave(home: Home<Id>): void {
    if (this.#home === home) this.#home = this.#others?.pop();
    else this.#others?.splice(this.#others.indexOf(home), 1);
  }

  remove(): void {
    this.#home?.forget(this);
    if (this.#others === undefined) return;
    for (const home of new Set(this.#others)) if (home !== this.#home) home.forget(this);
  }
}

const none: readonly number[] = [];
const nothing: readonly SharedField[] = [];

/** An `$or` of more branches is not taken apart. */
const mostBranches = 8;

/**
 * How a rule is filed: once by the fields it always asks for, or once for each branch of one `$or`. A branch only adds fields,
 * so an event that matches holds every field of some placement.
 */
export function placementsOf<Id>(rule: Rule<Id>): readonly Placement<Id>[] {
  const { fields, ors } = rule.conditions;
  const or = ors.find(
    (branches) => branches.length <= mostBranches && branches.every((branch) => branch.fields.some(hasKeys)),
  );
  if (or === undefined) return [new Placement(rule, filedBy(fields))];
  return or.map((branch) => new Placement(rule, filedBy([...fields, ...branch.fields])));
}

/** In more places than this a rule does not stand. */
const mostPlaces = 64;

/** The fields to file a rule by. It stands under each choice of one key a field, so there may be few with many keys. */
function filedBy(fields: readonly SharedField[]): readonly SharedField[] {
  const places = fields.reduce((product, { keys }) => product * keys, 1);
  if (places > 0 && places <= mostPlaces) return fields;
  let left = mostPlaces;
  const chosen = new Set<SharedField>();
  for (const field of fields.filter(hasKeys).sort((a, b) => a.keys - b.keys)) {
    if (field.keys > left) break;
    left /= field.keys;
    chosen.add(field);
  }
  return fields.filter((field) => chosen.has(field));
}

function hasKeys({ keys }: SharedField): boolean {
  return keys > 0;
}
