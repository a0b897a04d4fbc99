import type { Conditions, Field } from '../language/pattern.js';
import { Rule, SharedField, type SharedFieldPool } from '../reference/rule.js';
import { type Anchor, anchorsOf } from './anchor.js';
import type { IndexEntry, IndexMatch } from './index-match.js';

/** A field that a rule index can look rules up by. */
export class AnchoredField extends SharedField {
  /** Under how many keys this field places a rule; 0 if its list allows values that no key finds. */
  readonly keys: number;
  /** Whether every value with the key of an anchor satisfies the list. */
  readonly isFullyAnchored: boolean;

  constructor(field: Field, slot: number) {
    super(field, slot);
    const anchors = field.allowsAbsence ? undefined : anchorsOf(field.matchers);
    this.keys = anchors?.length ?? 0;
    this.isFullyAnchored = anchors?.every((anchor) => anchor.full) === true;
  }

  /** Made on each call: they are needed only when rules come and go, and storing them costs memory for each field. */
  anchors(): readonly Anchor[] {
    return (this.keys > 0 ? anchorsOf(this.matchers) : undefined) ?? [];
  }
}

/** A rule with its placements in an index. */
export class PlacedRule<Id> extends Rule<Id, AnchoredField> {
  readonly placements: readonly Placement<Id>[];

  constructor(id: Id, rank: number, conditions: Conditions, fields: SharedFieldPool<AnchoredField>) {
    super(id, rank, conditions, fields);
    this.placements = placementsOf(this);
  }
}

/** What holds placements. */
export interface PlacementOwner<Id> {
  /** Called when the placement's rule has been removed. */
  onRemoved(placement: Placement<Id>): void;
}

/** A rule at one position of the index: it matches only if all of these fields hold. */
export class Placement<Id> implements IndexEntry<Id> {
  // What a match reads comes first, so that it shares a cache line.
  /** The fields still to test if the keys that lead here are all the values that the event has at their paths. */
  remainingFields: readonly AnchoredField[];
  /** Its position in the list that holds it, if it is the rule's only placement. */
  position = -1;
  /** Whether this is the rule's only position: no field has two keys, and there is no `$or`. */
  readonly isOnlyPlacement: boolean;
  // Nearly every placement has one owner, so only the others have a list.
  #owner: PlacementOwner<Id> | undefined;
  #others: PlacementOwner<Id>[] | undefined;

  constructor(
    readonly rule: PlacedRule<Id>,
    /** Fields with anchors. */
    readonly fields: readonly AnchoredField[],
  ) {
    this.remainingFields = this.#remainingAfter(none);
    this.isOnlyPlacement = rule.isConjunction && fields.every((field) => field.keys === 1);
  }

  /** Whether keys at these slots are the rule's only conditions and lead nowhere else. */
  isFullyKeyedBy(slots: readonly number[]): boolean {
    return this.isOnlyPlacement && this.#remainingAfter(slots).length === 0;
  }

  get fullyKeyedRule(): PlacedRule<Id> | undefined {
    return this.isOnlyPlacement && this.remainingFields.length === 0 ? this.rule : undefined;
  }

  match(indexMatch: IndexMatch<Id>, keysAreExact: boolean): void {
    const { remainingFields, rule } = this;
    const { event, mark } = indexMatch;
    for (let i = 0; i < remainingFields.length; i++)
      if ((remainingFields[i] as AnchoredField).rulesOut(event, mark)) return;
    const isFullyKeyed = keysAreExact && !event.isNested;
    if (isFullyKeyed && this.isOnlyPlacement) indexMatch.add(rule.id, rule.rank);
    else if (rule.markVisited(mark) && ((isFullyKeyed && rule.isConjunction) || rule.matches(event, mark))) {
      indexMatch.add(rule.id, rule.rank);
    }
  }

  fieldAt(slot: number): AnchoredField | undefined {
    for (let i = 0; i < this.fields.length; i++) {
      const field = this.fields[i] as AnchoredField;
      if (field.slot === slot) return field;
    }
    return undefined;
  }

  /** `slots` are those of the keys that lead to the owner. */
  addOwner(owner: PlacementOwner<Id>, slots: readonly number[]): void {
    this.remainingFields = this.#remainingAfter(this.#owner === undefined ? slots : none);
    if (this.#owner === undefined) this.#owner = owner;
    else if (this.#others === undefined) this.#others = [owner];
    else this.#others.push(owner);
  }

  /** Undoes one `addOwner`. */
  removeOwner(owner: PlacementOwner<Id>): void {
    if (this.#owner === owner) this.#owner = this.#others?.pop();
    else this.#others?.splice(this.#others.indexOf(owner), 1);
  }

  remove(): void {
    this.#owner?.onRemoved(this);
    if (this.#others === undefined) return;
    for (const owner of new Set(this.#others)) if (owner !== this.#owner) owner.onRemoved(this);
  }

  #remainingAfter(slots: readonly number[]): readonly AnchoredField[] {
    const fields = this.rule.isConjunction ? this.rule.fields : this.fields;
    const remaining = fields.filter((field) => !field.isFullyAnchored || !slots.includes(field.slot));
    // One empty list for all: each list of its own would be one more memory access.
    if (remaining.length === 0) return noFields;
    return remaining.length === fields.length ? fields : remaining;
  }
}

const none: readonly number[] = [];
const noFields: readonly AnchoredField[] = [];

/** An `$or` with more branches does not place its rule. */
const maxBranches = 8;

/**
 * The placements of a rule: one by the fields that it always requires, or one for each branch of one `$or`. A branch only adds
 * fields, so a matching event holds every field of some placement.
 */
function placementsOf<Id>(rule: PlacedRule<Id>): readonly Placement<Id>[] {
  const { fields, ors } = rule.conditions;
  const or = ors.find(
    (branches) => branches.length <= maxBranches && branches.every((branch) => branch.fields.some(hasAnchors)),
  );
  if (or === undefined) return [new Placement(rule, indexableFields(fields))];
  return or.map((branch) => new Placement(rule, indexableFields([...fields, ...branch.fields])));
}

/** A placement has at most this many owners. */
const maxOwners = 64;

/** The fields to place a rule by. It is placed under every combination of their keys, so few fields may have many keys. */
function indexableFields(fields: readonly AnchoredField[]): readonly AnchoredField[] {
  const owners = fields.reduce((product, { keys }) => product * keys, 1);
  if (owners > 0 && owners <= maxOwners) return fields;
  let remaining = maxOwners;
  const selected = new Set<AnchoredField>();
  for (const field of fields.filter(hasAnchors).sort((a, b) => a.keys - b.keys)) {
    if (field.keys > remaining) break;
    remaining /= field.keys;
    selected.add(field);
  }
  return fields.filter((field) => selected.has(field));
}

function hasAnchors({ keys }: AnchoredField): boolean {
  return keys > 0;
}
