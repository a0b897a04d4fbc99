import type { Conditions, Field } from '../language/pattern.js';
import { Rule, SharedField, type SharedFields } from '../reference/rule.js';
import { type Anchor, anchorsOf } from './anchor.js';
import type { IndexEntry, Search } from './search.js';

/** A field that a rule index can look rules up by. */
export class AnchoredField extends SharedField {
  /** Under how many keys this field places a rule; 0 if its list allows values that no key finds. */
  readonly keys: number;
  /** Whether every value with the key of an anchor satisfies the list. */
  readonly isAnchoredFully: boolean;

  constructor(field: Field, slot: number) {
    super(field, slot);
    const anchors = field.allowsAbsence ? undefined : anchorsOf(field.matchers);
    this.keys = anchors?.length ?? 0;
    this.isAnchoredFully = anchors?.every((anchor) => anchor.full) === true;
  }

  /** Made on each call: they are needed only when rules come and go, and storing them costs memory for each field. */
  anchors(): readonly Anchor[] {
    return (this.keys > 0 ? anchorsOf(this.matchers) : undefined) ?? [];
  }
}

/** A rule with its placements in an index. */
export class PlacedRule<Id> extends Rule<Id, AnchoredField> {
  readonly placements: readonly Placement<Id>[];

  constructor(id: Id, order: number, conditions: Conditions, fields: SharedFields<AnchoredField>) {
    super(id, order, conditions, fields);
    this.placements = placementsOf(this);
  }
}

/** What holds placements. */
export interface PlacementOwner<Id> {
  /** Called when the placement's rule has been removed. */
  forget(placement: Placement<Id>): void;
}

/** A rule at one position of the index: it matches only if all of these fields hold. */
export class Placement<Id> implements IndexEntry<Id> {
  // What a match reads comes first, so that it shares a cache line.
  /** The fields still to test if the keys that lead here are all the values that the event has at their paths. */
  open: readonly AnchoredField[];
  /** Its position in the list that holds it, if it is the rule's only placement. */
  position = -1;
  /** Whether this is the rule's only position: no field has two keys, and there is no `$or`. */
  readonly isAlone: boolean;
  // Nearly every placement has one owner, so only the others have a list.
  #owner: PlacementOwner<Id> | undefined;
  #others: PlacementOwner<Id>[] | undefined;

  constructor(
    readonly rule: PlacedRule<Id>,
    /** Fields with anchors. */
    readonly fields: readonly AnchoredField[],
  ) {
    this.open = this.#leftBy(none);
    this.isAlone = rule.isPlain && fields.every((field) => field.keys === 1);
  }

  /** Whether keys at these slots are the rule's only conditions and lead nowhere else. */
  isDecidedBy(slots: readonly number[]): boolean {
    return this.isAlone && this.#leftBy(slots).length === 0;
  }

  get decidedRule(): PlacedRule<Id> | undefined {
    return this.isAlone && this.open.length === 0 ? this.rule : undefined;
  }

  match(search: Search<Id>, exactly: boolean): void {
    const { open, rule } = this;
    const { event, mark } = search;
    for (let i = 0; i < open.length; i++) if ((open[i] as AnchoredField).excludes(event, mark)) return;
    const isDecided = exactly && !event.isNested;
    if (isDecided && this.isAlone) search.found(rule.id, rule.order);
    else if (rule.visit(mark) && ((isDecided && rule.isPlain) || rule.matches(event, mark))) {
      search.found(rule.id, rule.order);
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
    this.open = this.#leftBy(this.#owner === undefined ? slots : none);
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
    this.#owner?.forget(this);
    if (this.#others === undefined) return;
    for (const owner of new Set(this.#others)) if (owner !== this.#owner) owner.forget(this);
  }

  #leftBy(slots: readonly number[]): readonly AnchoredField[] {
    const fields = this.rule.isPlain ? this.rule.fields : this.fields;
    const left = fields.filter((field) => !field.isAnchoredFully || !slots.includes(field.slot));
    // One empty list for all: each list of its own would be one more memory access.
    if (left.length === 0) return nothing;
    return left.length === fields.length ? fields : left;
  }
}

const none: readonly number[] = [];
const nothing: readonly AnchoredField[] = [];

/** An `$or` with more branches does not place its rule. */
const mostBranches = 8;

/**
 * The placements of a rule: one by the fields that it always requires, or one for each branch of one `$or`. A branch only adds
 * fields, so a matching event holds every field of some placement.
 */
function placementsOf<Id>(rule: PlacedRule<Id>): readonly Placement<Id>[] {
  const { fields, ors } = rule.conditions;
  const or = ors.find(
    (branches) => branches.length <= mostBranches && branches.every((branch) => branch.fields.some(hasKeys)),
  );
  if (or === undefined) return [new Placement(rule, chooseFields(fields))];
  return or.map((branch) => new Placement(rule, chooseFields([...fields, ...branch.fields])));
}

/** A placement has at most this many owners. */
const mostOwners = 64;

/** The fields to place a rule by. It is placed under every combination of their keys, so few fields may have many keys. */
function chooseFields(fields: readonly AnchoredField[]): readonly AnchoredField[] {
  const owners = fields.reduce((product, { keys }) => product * keys, 1);
  if (owners > 0 && owners <= mostOwners) return fields;
  let left = mostOwners;
  const chosen = new Set<AnchoredField>();
  for (const field of fields.filter(hasKeys).sort((a, b) => a.keys - b.keys)) {
    if (field.keys > left) break;
    left /= field.keys;
    chosen.add(field);
  }
  return fields.filter((field) => chosen.has(field));
}

function hasKeys({ keys }: AnchoredField): boolean {
  return keys > 0;
}
