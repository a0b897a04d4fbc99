import type { Anchor } from './anchor.js';
import { chooseSlots, minShare } from './choose-slots.js';
import type { IndexEntry, IndexMatch } from './index-match.js';
import { type Key, KeyTable } from './key-table.js';
import type { AnchoredField, Placement, PlacementOwner } from './placement.js';
import { RuleList } from './rule-list.js';

/** A list of this many rules is verified one by one; a longer list is split by paths. */
const maxListLength = 6;

/** Up to this many path indexes are searched one by one for a slot; more are found by a map. */
const maxScannedIndexes = 8;

/**
 * Rules to check for an event whose keys lead here. A few are kept in a list. Of many, those that require definite values at one
 * path are indexed by it into buckets of their own, which split in turn; the path is the one that splits them best at that time.
 * A rule is skipped only if it cannot match, and every rule found is verified unless the keys that lead to it are all that it
 * requires.
 */
export class Bucket<Id> implements PlacementOwner<Id>, IndexEntry<Id> {
  // What a match reads comes first, so that it shares a cache line.
  /** The first table of the linked list of the tables of all path indexes. */
  #tables: Table<Id> | undefined;
  #fullyKeyed: RuleList<Id> | undefined;
  /** Those that require more than the keys that lead here. */
  #list: RuleList<Id> | undefined;
  #pathIndexes: PathIndex<Id>[] | undefined;
  #pathIndexBySlot: Map<number, PathIndex<Id>> | undefined;
  #removed = 0;
  /** The length above which the list is split. */
  #splitThreshold = maxListLength;
  /** The event for which several values of one path may have led here. */
  #visited = 0;
  /** The number of rules in here, at any depth. */
  size = 0;
  readonly fullyKeyedRule = undefined;

  constructor(
    /** The slots by which the rules here are already indexed. */
    readonly usedSlots: readonly number[],
    /** Where the bucket is removed from once it is empty. */
    readonly position: { readonly pathIndex: PathIndex<Id>; readonly table: Table<Id>; readonly key: Key } | undefined,
  ) {}

  add(placement: Placement<Id>): void {
    this.size++;
    const pathIndex = this.#bestPathIndex(placement);
    if (pathIndex !== undefined) {
      pathIndex.add(placement);
      return;
    }
    placement.addOwner(this, this.usedSlots);
    if (placement.isFullyKeyedBy(this.usedSlots)) {
      this.#fullyKeyed ??= new RuleList();
      this.#fullyKeyed.push(placement);
      return;
    }
    this.#list ??= new RuleList();
    this.#list.push(placement);
    if (this.#list.length > this.#splitThreshold) this.#split();
  }

  /** A rule with several placements stays in the list until half of the list was removed. */
  onRemoved(placement: Placement<Id>): void {
    this.decrementSize();
    if (!placement.isOnlyPlacement) {
      if (++this.#removed * 2 > this.#listLength) this.#clear();
    } else if (placement.fullyKeyedRule !== undefined) {
      this.#fullyKeyed?.remove(placement);
    } else {
      this.#list?.remove(placement);
      if (this.#listLength * 4 < this.#splitThreshold) this.#updateSplitThreshold();
    }
    this.#removeIfEmpty();
  }

  /** Counts one rule less, here and in the buckets that this one is in. */
  decrementSize(): void {
    this.size--;
    this.position?.pathIndex.decrementSize(this.position.table);
  }

  match(search: IndexMatch<Id>, keysAreExact: boolean): void {
    if (!keysAreExact) {
      if (this.#visited === search.mark) return;
      this.#visited = search.mark;
    }
    for (let table = this.#tables; table !== undefined; table = table.next) table.match(search, keysAreExact);
    this.#fullyKeyed?.checkAll(search, keysAreExact);
    this.#list?.checkAll(search, keysAreExact);
  }

  linkTable(table: Table<Id>): void {
    table.next = this.#tables;
    if (table.next !== undefined) table.next.previous = table;
    this.#tables = table;
  }

  unlinkTable({ previous, next }: Table<Id>): void {
    if (previous === undefined) this.#tables = next;
    else previous.next = next;
    if (next !== undefined) next.previous = previous;
  }

  removePathIndex(pathIndex: PathIndex<Id>): void {
    const last = this.#pathIndexes?.pop() as PathIndex<Id>;
    if (last !== pathIndex) {
      (this.#pathIndexes as PathIndex<Id>[])[pathIndex.position] = last;
      last.position = pathIndex.position;
    }
    this.#pathIndexBySlot?.delete(pathIndex.slot);
    this.#removeIfEmpty();
  }

  /** The path index that would find the placement least often when it does not match. */
  #bestPathIndex(placement: Placement<Id>): PathIndex<Id> | undefined {
    if (this.#pathIndexes === undefined) return undefined;
    let best: PathIndex<Id> | undefined;
    let lowestShare = Number.POSITIVE_INFINITY;
    for (const field of placement.fields) {
      const pathIndex = this.#pathIndexAt(field.slot);
      if (pathIndex === undefined) continue;
      if (this.#pathIndexes.length === 1) return pathIndex;
      const share = pathIndex.share(field);
      if (share < lowestShare) {
        lowestShare = share;
        best = pathIndex;
      }
    }
    return best;
  }

  #pathIndexAt(slot: number): PathIndex<Id> | undefined {
    if (this.#pathIndexBySlot !== undefined) return this.#pathIndexBySlot.get(slot);
    return this.#pathIndexes?.find((pathIndex) => pathIndex.slot === slot);
  }

  #addPathIndex(slot: number): PathIndex<Id> {
    this.#pathIndexes ??= [];
    const pathIndex = new PathIndex(slot, this, this.#pathIndexes.length);
    this.#pathIndexes.push(pathIndex);
    if (this.#pathIndexBySlot !== undefined) this.#pathIndexBySlot.set(slot, pathIndex);
    else if (this.#pathIndexes.length > maxScannedIndexes)
      this.#pathIndexBySlot = new Map(this.#pathIndexes.map((each) => [each.slot, each]));
    return pathIndex;
  }

  /** Indexes what can be indexed, as long as that makes the list much shorter. */
  #split(): void {
    this.#clear();
    let before: number;
    do {
      before = this.#listLength;
      if (before > maxListLength) this.#indexBy(chooseSlots(this.#placements(), this.usedSlots));
    } while (this.#listLength < before * (1 - minShare));
    this.#updateSplitThreshold();
  }

  /** Moves each placement to the path index of its slot that gains most. */
  #indexBy(gains: ReadonlyMap<number, number>): void {
    if (gains.size === 0) return;
    const kept: Placement<Id>[] = [];
    for (const placement of this.#placements()) {
      let best: number | undefined;
      for (const { slot } of placement.fields) {
        const gain = gains.get(slot);
        if (gain !== undefined && (best === undefined || gain > (gains.get(best) as number))) best = slot;
      }
      if (best === undefined) kept.push(placement);
      else {
        placement.removeOwner(this);
        (this.#pathIndexAt(best) ?? this.#addPathIndex(best)).add(placement);
      }
    }
    this.#keep(kept);
  }

  #clear(): void {
    this.#keep(this.#placements().filter(({ rule }) => !rule.removed));
    this.#removed = 0;
    if (this.#listLength * 2 < this.#splitThreshold) this.#updateSplitThreshold();
  }

  /** The list must double before it is split again. */
  #updateSplitThreshold(): void {
    this.#splitThreshold = Math.max(maxListLength, this.#listLength * 2);
  }

  get #listLength(): number {
    return this.#list?.length ?? 0;
  }

  #placements(): readonly Placement<Id>[] {
    return this.#list?.placements() ?? [];
  }

  /** An empty list becomes `undefined`, so that a match does not have to look at it. */
  #keep(placements: readonly Placement<Id>[]): void {
    this.#list = placements.length === 0 ? undefined : new RuleList(placements);
  }

  #removeIfEmpty(): void {
    if (this.size === 0) this.position?.pathIndex.remove(this.position.table, this.position.key);
  }
}

/** A key that leads to one rule needs no bucket. */
type Table<Id> = KeyTable<Id, Bucket<Id> | Placement<Id>>;

/** Rules of a bucket, indexed by the values that they require at one path. */
class PathIndex<Id> implements PlacementOwner<Id> {
  readonly #tables: Table<Id>[] = [];
  readonly #usedSlots: readonly number[];

  constructor(
    readonly slot: number,
    readonly owner: Bucket<Id>,
    /** Its position among its owner's path indexes. */
    public position: number,
  ) {
    this.#usedSlots = [...owner.usedSlots, slot];
  }

  add(placement: Placement<Id>): void {
    for (const anchor of this.#anchors(placement)) {
      const table = this.#table(anchor) ?? this.#addTable(anchor);
      table.rules++;
      const existing = table.get(anchor.key);
      if (existing === undefined) {
        // In this order: the table notes whether its keys decide the rule.
        placement.addOwner(this, this.#usedSlots);
        table.set(anchor.key, placement);
      } else if (existing instanceof Bucket) {
        existing.add(placement);
      } else if (existing !== placement) {
        const bucket = new Bucket(this.#usedSlots, { pathIndex: this, table, key: anchor.key });
        table.set(anchor.key, bucket);
        existing.removeOwner(this);
        bucket.add(existing);
        bucket.add(placement);
      }
    }
  }

  /** Estimates the share of events with a field's keys, from the keys of the rules here. */
  share(field: AnchoredField): number {
    let share = 0;
    for (const anchor of field.anchors()) {
      const table = this.#table(anchor);
      const entry = table?.get(anchor.key);
      const rules = entry === undefined ? 0 : entry instanceof Bucket ? entry.size : 1;
      share += (rules + 1) / ((table?.rules ?? 0) + (table?.size ?? 0) + 1);
    }
    return share;
  }

  /** Counts one rule of a table less. */
  decrementSize(table: Table<Id>): void {
    table.rules--;
    this.owner.decrementSize();
  }

  onRemoved(placement: Placement<Id>): void {
    for (const anchor of this.#anchors(placement)) {
      const table = this.#table(anchor);
      if (table?.get(anchor.key) !== placement) continue;
      this.decrementSize(table);
      this.remove(table, anchor.key);
    }
  }

  remove(table: Table<Id>, key: Key): void {
    table.delete(key);
    if (table.size > 0) return;
    this.#tables.splice(this.#tables.indexOf(table), 1);
    this.owner.unlinkTable(table);
    if (this.#tables.length === 0) this.owner.removePathIndex(this);
  }

  #anchors(placement: Placement<Id>): readonly Anchor[] {
    return placement.fieldAt(this.slot)?.anchors() ?? [];
  }

  #table(anchor: Anchor): Table<Id> | undefined {
    return this.#tables.find((table) => table.holds(anchor));
  }

  #addTable(anchor: Anchor): Table<Id> {
    const table: Table<Id> = new KeyTable(this.slot, anchor);
    this.#tables.push(table);
    this.owner.linkTable(table);
    return table;
  }
}
