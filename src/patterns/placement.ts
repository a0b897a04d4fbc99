import type { Rule } from './rule.js';
import type { SharedField } from './shared-field.js';

/** Where a placement stands. */
export interface Home<Entry> {
  /** Says that the placement's rule has been removed. */
  forget(placement: Placement<Entry>): void;
}

/** A rule as it is filed: all of these fields must hold for it to match. */
export class Placement<Entry> {
  // Nearly every placement stands in one place, so only the others have a list.
  #home: Home<Entry> | undefined;
  #others: Home<Entry>[] | undefined;
  /** Whether the rule asks for nothing but what a key of its only field says. */
  readonly isAll: boolean;

  constructor(
    readonly rule: Rule<Entry>,
    /** Fields with anchors. */
    readonly fields: readonly SharedField[],
  ) {
    this.isAll = rule.fields.length === 1 && fields[0]?.isAnchoredFully === true;
  }

  fieldAt(slot: number): SharedField | undefined {
    for (let i = 0; i < this.fields.length; i++) {
      const field = this.fields[i] as SharedField;
      if (field.slot === slot) return field;
    }
    return undefined;
  }

  settle(home: Home<Entry>): void {
    if (this.#home === undefined) this.#home = home;
    else if (this.#others === undefined) this.#others = [home];
    else this.#others.push(home);
  }

  /** Takes back one `settle`. */
  leave(home: Home<Entry>): void {
    if (this.#home === home) this.#home = this.#others?.pop();
    else this.#others?.splice(this.#others.indexOf(home), 1);
  }

  remove(): void {
    this.#home?.forget(this);
    for (const home of this.#others ?? []) home.forget(this);
  }
}

/** An `$or` of more branches is not taken apart. */
const mostBranches = 8;

/**
 * How a rule is filed: once by the fields it always asks for, or once for each branch of one `$or`. A branch only adds fields,
 * so an event that matches holds every field of some placement.
 */
export function placementsOf<Entry>(rule: Rule<Entry>): readonly Placement<Entry>[] {
  const { fields, ors } = rule.conditions;
  const always = fields.every(isAnchored) ? fields : fields.filter(isAnchored);
  const or = ors.find(
    (branches) => branches.length <= mostBranches && branches.every((branch) => branch.fields.some(isAnchored)),
  );
  if (or === undefined) return [new Placement(rule, always)];
  return or.map((branch) => new Placement(rule, [...always, ...branch.fields.filter(isAnchored)]));
}

function isAnchored(field: SharedField): boolean {
  return field.isAnchored;
}
