import type { Anchor } from './anchor.js';
import { chooseSlots, leastShare } from './choose-slots.js';
import { type Key, KeyTable } from './key-table.js';
import type { AnchoredField, Placement, PlacementOwner } from './placement.js';
import { RuleList } from './rule-list.js';
import type { IndexEntry, Search } from './search.js';

/** A list of this many rules is verified one by one; a longer one is filed by paths. */
const shortList = 6;

/** Up to this many files a bucket looks at each to find the one of a slot; beyond, it keeps a table of them. */
const fewFiles = 8;

/**
 * Rules that an event has to be checked against once it has come here. A few are kept as a list. Of many, those that ask
 * something definite of one path are filed by it in buckets of their own, which divide in turn; the path is the one that
 * divides them best at that time. What is filed so is skipped only where a rule cannot match, and whatever is found is verified,
 * unless the keys on the way to it say all that it asks for.
 */
export class Bucket<Id> implements PlacementOwner<Id>, IndexEntry<Id> {
  // What a match reads stands first, where it shares a line of memory.
  /** The first of the tables of all files. */
  #tables: Table<Id> | undefined;
  #decided: RuleList<Id> | undefined;
  /** Those that ask more than the keys that lead here say. */
  #list: RuleList<Id> | undefined;
  #files: PathIndex<Id>[] | undefined;
  #fileBySlot: Map<number, PathIndex<Id>> | undefined;
  #removed = 0;
  /** How long the list may become before it is looked at again. */
  #limit = shortList;
  /** The event for which several values of one path may have led here. */
  #visited = 0;
  /** How many rules are in here, at whatever depth. */
  size = 0;
  readonly decidedRule = undefined;

  constructor(
    /** The slots by which the bucket is filed already. */
    readonly used: readonly number[],
    /** Called when the bucket has become empty. */
    readonly place: { readonly file: PathIndex<Id>; readonly table: Table<Id>; readonly key: Key } | undefined,
  ) {}

  add(placement: Placement<Id>): void {
    this.size++;
    const file = this.#fileFor(placement);
    if (file !== undefined) {
      file.add(placement);
      return;
    }
    placement.addOwner(this, this.used);
    if (placement.isDecidedBy(this.used)) {
      this.#decided ??= new RuleList();
      this.#decided.push(placement);
      return;
    }
    this.#list ??= new RuleList();
    this.#list.push(placement);
    if (this.#list.length > this.#limit) this.#divide();
  }

  /** A rule that stands in several places stays in the list until half of it is gone. */
  forget(placement: Placement<Id>): void {
    this.shrink();
    if (!placement.isAlone) {
      if (++this.#removed * 2 > this.#listed) this.#clear();
    } else if (placement.decidedRule !== undefined) {
      this.#decided?.remove(placement);
    } else {
      this.#list?.remove(placement);
      if (this.#listed * 4 < this.#limit) this.#setLimit();
    }
    this.#leaveIfEmpty();
  }

  /** Counts one rule less, here and in the buckets that this one is in. */
  shrink(): void {
    this.size--;
    this.place?.file.shrink(this.place.table);
  }

  match(search: Search<Id>, exactly: boolean): void {
    if (!exactly) {
      if (this.#visited === search.mark) return;
      this.#visited = search.mark;
    }
    for (let table = this.#tables; table !== undefined; table = table.next) table.match(search, exactly);
    this.#decided?.checkAll(search, exactly);
    this.#list?.checkAll(search, exactly);
  }

  link(table: Table<Id>): void {
    table.next = this.#tables;
    if (table.next !== undefined) table.next.previous = table;
    this.#tables = table;
  }

  unlink({ previous, next }: Table<Id>): void {
    if (previous === undefined) this.#tables = next;
    else previous.next = next;
    if (next !== undefined) next.previous = previous;
  }

  drop(file: PathIndex<Id>): void {
    const last = this.#files?.pop() as PathIndex<Id>;
    if (last !== file) {
      (this.#files as PathIndex<Id>[])[file.place] = last;
      last.place = file.place;
    }
    this.#fileBySlot?.delete(file.slot);
    this.#leaveIfEmpty();
  }

  /** The file by which the placement would be found least often when it does not match. */
  #fileFor(placement: Placement<Id>): PathIndex<Id> | undefined {
    if (this.#files === undefined) return undefined;
    let best: PathIndex<Id> | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const field of placement.fields) {
      const file = this.#fileAt(field.slot);
      if (file === undefined) continue;
      if (this.#files.length === 1) return file;
      const share = file.share(field);
      if (share < least) {
        least = share;
        best = file;
      }
    }
    return best;
  }

  #fileAt(slot: number): PathIndex<Id> | undefined {
    if (this.#fileBySlot !== undefined) return this.#fileBySlot.get(slot);
    return this.#files?.find((file) => file.slot === slot);
  }

  #newFile(slot: number): PathIndex<Id> {
    this.#files ??= [];
    const file = new PathIndex(slot, this, this.#files.length);
    this.#files.push(file);
    if (this.#fileBySlot !== undefined) this.#fileBySlot.set(slot, file);
    else if (this.#files.length > fewFiles) this.#fileBySlot = new Map(this.#files.map((each) => [each.slot, each]));
    return file;
  }

  /** Files what can be filed, as long as that makes the list much shorter. */
  #divide(): void {
    this.#clear();
    let before: number;
    do {
      before = this.#listed;
      if (before > shortList) this.#fileBy(chooseSlots(this.#placements(), this.used));
    } while (this.#listed < before * (1 - leastShare));
    this.#setLimit();
  }

  /** Moves each placement to the file of its slot that gains most. */
  #fileBy(gains: ReadonlyMap<number, number>): void {
    if (gains.size === 0) return;
    const staying: Placement<Id>[] = [];
    for (const placement of this.#placements()) {
      let best: number | undefined;
      for (const { slot } of placement.fields) {
        const gain = gains.get(slot);
        if (gain !== undefined && (best === undefined || gain > (gains.get(best) as number))) best = slot;
      }
      if (best === undefined) staying.push(placement);
      else {
        placement.removeOwner(this);
        (this.#fileAt(best) ?? this.#newFile(best)).add(placement);
      }
    }
    this.#keep(staying);
  }

  #clear(): void {
    this.#keep(this.#placements().filter(({ rule }) => !rule.removed));
    this.#removed = 0;
    if (this.#listed * 2 < this.#limit) this.#setLimit();
  }

  /** As many again as cannot be filed must come before it is worth another look. */
  #setLimit(): void {
    this.#limit = Math.max(shortList, this.#listed * 2);
  }

  get #listed(): number {
    return this.#list?.length ?? 0;
  }

  #placements(): readonly Placement<Id>[] {
    return this.#list?.placements() ?? [];
  }

  /** An empty list is none, so that a match need not look at it. */
  #keep(placements: readonly Placement<Id>[]): void {
    this.#list = placements.length === 0 ? undefined : new RuleList(placements);
  }

  #leaveIfEmpty(): void {
    if (this.size === 0) this.place?.file.remove(this.place.table, this.place.key);
  }
}

/** A key that leads to one rule needs no bucket. */
type Table<Id> = KeyTable<Id, Bucket<Id> | Placement<Id>>;

/** Rules of a bucket, filed by what they ask of one path. */
class PathIndex<Id> implements PlacementOwner<Id> {
  readonly #tables: Table<Id>[] = [];
  readonly #used: readonly number[];

  constructor(
    readonly slot: number,
    readonly owner: Bucket<Id>,
    /** Where it stands among its owner's files. */
    public place: number,
  ) {
    this.#used = [...owner.used, slot];
  }

  add(placement: Placement<Id>): void {
    for (const anchor of this.#anchors(placement)) {
      const table = this.#table(anchor) ?? this.#newTable(anchor);
      table.rules++;
      const found = table.get(anchor.key);
      if (found === undefined) {
        // In this order: the table notes whether its keys decide the rule.
        placement.addOwner(this, this.#used);
        table.set(anchor.key, placement);
      } else if (found instanceof Bucket) {
        found.add(placement);
      } else if (found !== placement) {
        const bucket = new Bucket(this.#used, { file: this, table, key: anchor.key });
        table.set(anchor.key, bucket);
        found.removeOwner(this);
        bucket.add(found);
        bucket.add(placement);
      }
    }
  }

  /** The share of events that hold a field's keys, as far as the rules that are filed here tell what events hold. */
  share(field: AnchoredField): number {
    let share = 0;
    for (const anchor of field.anchors()) {
      const table = this.#table(anchor);
      const there = table?.get(anchor.key);
      const rules = there === undefined ? 0 : there instanceof Bucket ? there.size : 1;
      share += (rules + 1) / ((table?.rules ?? 0) + (table?.size ?? 0) + 1);
    }
    return share;
  }

  /** Counts one rule of a table less. */
  shrink(table: Table<Id>): void {
    table.rules--;
    this.owner.shrink();
  }

  forget(placement: Placement<Id>): void {
    for (const anchor of this.#anchors(placement)) {
      const table = this.#table(anchor);
      if (table?.get(anchor.key) !== placement) continue;
      this.shrink(table);
      this.remove(table, anchor.key);
    }
  }

  remove(table: Table<Id>, key: Key): void {
    table.delete(key);
    if (table.size > 0) return;
    this.#tables.splice(this.#tables.indexOf(table), 1);
    this.owner.unlink(table);
    if (this.#tables.length === 0) this.owner.drop(this);
  }

  #anchors(placement: Placement<Id>): readonly Anchor[] {
    return placement.fieldAt(this.slot)?.anchors() ?? [];
  }

  #table(anchor: Anchor): Table<Id> | undefined {
    return this.#tables.find((table) => table.holds(anchor));
  }

  #newTable(anchor: Anchor): Table<Id> {
    const table: Table<Id> = new KeyTable(this.slot, anchor);
    this.#tables.push(table);
    this.owner.link(table);
    return table;
  }
}
