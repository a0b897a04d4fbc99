import type { Bucket } from './bucket.js';
import type { Rule } from './rule.js';
import type { SharedField } from './shared-field.js';

/** A rule on its way into buckets: all of these fields must hold for it to match. */
export interface Placement<Entry> {
  readonly rule: Rule<Entry>;
  /** Fields with anchors. */
  readonly fields: readonly SharedField[];
  /** The buckets whose lists it is in. */
  readonly homes: Bucket<Entry>[];
}

/** An `$or` of more branches is not taken apart. */
const mostBranches = 8;

/**
 * How a rule is filed: once by the fields it always asks for, or once for each branch of one `$or`. A branch only adds fields,
 * so an event that matches holds every field of some placement.
 */
export function placementsOf<Entry>(rule: Rule<Entry>): readonly Placement<Entry>[] {
  const always = rule.conditions.fields.filter(hasAnchors);
  const or = rule.conditions.ors.find(
    (branches) => branches.length <= mostBranches && branches.every((branch) => branch.fields.some(hasAnchors)),
  );
  if (or === undefined) return [{ rule, fields: always, homes: [] }];
  return or.map((branch) => ({ rule, fields: [...always, ...branch.fields.filter(hasAnchors)], homes: [] }));
}

function hasAnchors(field: SharedField): boolean {
  return field.anchors !== undefined;
}
