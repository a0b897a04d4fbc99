import { type Anchor, fold } from './anchor.js';
import { chooseSlot } from './choose-slot.js';
import { DecidedList } from './decided-list.js';
import { type EventReader, ManyValues } from './event-reader.js';
import type { Matches } from './matches.js';
import { LongNumber } from './number.js';
import type { FieldValue } from './pattern.js';
import type { Home, Placement } from './placement.js';
import type { Rule } from './rule.js';
import type { SharedField } from './shared-field.js';

/** What one match goes by and gathers. */
export interface Search<Id> {
  readonly event: EventReader;
  /** Marks what has been looked at for this event. */
  readonly mark: number;
  readonly matches: Matches<Id>;
}

type Key = Anchor['key'];

/** A list of this many rules is verified one by one; a longer one is filed by a path. */
const shortList = 12;

/**
 * Rules that an event has to be checked against once it has come here. A few are kept as a list. Of many, those that ask
 * something definite of one path are filed by it in buckets of their own, which divide in turn; the path is the one that
 * divides best at that time. What is filed so is skipped only where a rule cannot match, and whatever is found is verified,
 * unless the keys on the way to it say all that it asks for.
 */
export class Bucket<Id> implements Home<Id> {
  #list: Placement<Id>[] = [];
  #decided: DecidedList<Id> | undefined;
  #files: readonly File<Id>[] = none;
  #removed = 0;
  #limit = shortList;
  /** How many rules are in here, at whatever depth. */
  size = 0;

  constructor(
    /** The slots by which the bucket is filed already. */
    readonly used: readonly number[],
    /** Called when the bucket has become empty. */
    readonly place: { readonly file: File<Id>; readonly table: Table<Id>; readonly key: Key } | undefined,
  ) {}

  add(placement: Placement<Id>): void {
    this.size++;
    const file = this.#fileFor(placement);
    if (file !== undefined) {
      file.add(placement);
      return;
    }
    placement.settle(this, this.used);
    if (placement.isDecidedBy(this.used)) {
      this.#decided ??= new DecidedList();
      this.#decided.add(placement);
      return;
    }
    this.#list.push(placement);
    if (this.#list.length > this.#limit) this.#divide();
  }

  /** The list is cleared out when half of it is gone. */
  forget(placement: Placement<Id>): void {
    this.shrink();
    if (placement.place >= 0) this.#decided?.remove(placement);
    else if (++this.#removed * 2 > this.#list.length) this.#clear();
    this.#leaveIfEmpty();
  }

  /** Counts one rule less, here and in the buckets that this one is in. */
  shrink(): void {
    this.size--;
    this.place?.file.shrink(this.place.table);
  }

  /** `exactly`: the keys that have led here are all of what the event holds at their paths. */
  match(search: Search<Id>, exactly: boolean): void {
    for (let i = 0; i < this.#files.length; i++) (this.#files[i] as File<Id>).match(search, exactly);
    if (this.#decided !== undefined) {
      // In arrays, values that are there each for itself may stand in different elements.
      if (exactly && !search.event.isNested) this.#decided.matchAll(search.matches);
      else for (const rule of this.#decided.rules()) verify(rule, search, false);
    }
    for (let i = 0; i < this.#list.length; i++) check(this.#list[i] as Placement<Id>, search, exactly);
  }

  drop(file: File<Id>): void {
    this.#files = this.#files.filter((other) => other !== file);
    this.#leaveIfEmpty();
  }

  /** The file by which the placement would be found least often when it does not match. */
  #fileFor(placement: Placement<Id>): File<Id> | undefined {
    let best: File<Id> | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const file of this.#files) {
      const field = placement.fieldAt(file.slot);
      if (field === undefined) continue;
      if (this.#files.length === 1) return file;
      const share = file.share(field);
      if (share < least) {
        least = share;
        best = file;
      }
    }
    return best;
  }

  #divide(): void {
    this.#clear();
    while (this.#list.length > this.#limit) {
      const slot = chooseSlot(this.#list, this.used);
      // As many again must come before it is worth another look.
      if (slot === undefined) {
        this.#limit = this.#list.length * 2;
        return;
      }
      const file = new File(slot, this);
      this.#files = [...this.#files, file];
      const moving = this.#list.filter((placement) => placement.fieldAt(slot) !== undefined);
      this.#list = this.#list.filter((placement) => placement.fieldAt(slot) === undefined);
      for (const placement of moving) {
        placement.leave(this);
        file.add(placement);
      }
    }
  }

  #clear(): void {
    this.#list = this.#list.filter(({ rule }) => !rule.removed);
    this.#removed = 0;
  }

  #leaveIfEmpty(): void {
    if (this.size === 0) this.place?.file.remove(this.place.table, this.place.key);
  }
}

const none: never[] = [];

/** Anchors of one kind; starts and ends of one length. A key that leads to one rule needs no bucket. */
interface Table<Id> {
  readonly part: Anchor['part'];
  readonly folded: boolean;
  readonly length: number;
  readonly found: Map<Key, Bucket<Id> | Placement<Id>>;
  /** How many rules all of its keys lead to. */
  rules: number;
}

/** Rules of a bucket, filed by what they ask of one path. */
class File<Id> implements Home<Id> {
  readonly #tables: Table<Id>[] = [];
  readonly #used: readonly number[];

  constructor(
    readonly slot: number,
    readonly owner: Bucket<Id>,
  ) {
    this.#used = [...owner.used, slot];
  }

  add(placement: Placement<Id>): void {
    for (const anchor of this.#anchors(placement)) {
      const table = this.#table(anchor) ?? this.#newTable(anchor);
      table.rules++;
      const found = table.found.get(anchor.key);
      if (found === undefined) {
        table.found.set(anchor.key, placement);
        placement.settle(this, this.#used);
      } else if (found instanceof Bucket) {
        found.add(placement);
      } else if (found !== placement) {
        const bucket = new Bucket(this.#used, { file: this, table, key: anchor.key });
        table.found.set(anchor.key, bucket);
        found.leave(this);
        bucket.add(found);
        bucket.add(placement);
      }
    }
  }

  /** The share of events that hold a field's keys, as far as the rules that are filed here tell what events hold. */
  share(field: SharedField): number {
    let share = 0;
    for (const anchor of field.anchors()) {
      const table = this.#table(anchor);
      const there = table?.found.get(anchor.key);
      const rules = there === undefined ? 0 : there instanceof Bucket ? there.size : 1;
      share += (rules + 1) / ((table?.rules ?? 0) + (table?.found.size ?? 0) + 1);
    }
    return share;
  }

  /** Counts one rule of a table less. */
  shrink(table: Table<Id>): void {
    table.rules--;
    this.owner.shrink();
  }

  match(search: Search<Id>, exactly: boolean): void {
    const found = search.event.read(this.slot);
    if (found instanceof ManyValues) for (const value of found.values) this.#matchValue(value, search, false);
    else if (found !== undefined) this.#matchValue(found, search, exactly && !(found instanceof LongNumber));
  }

  forget(placement: Placement<Id>): void {
    for (const anchor of this.#anchors(placement)) {
      const table = this.#table(anchor);
      if (table?.found.get(anchor.key) !== placement) continue;
      this.shrink(table);
      this.remove(table, anchor.key);
    }
  }

  remove(table: Table<Id>, key: Key): void {
    table.found.delete(key);
    if (table.found.size > 0) return;
    this.#tables.splice(this.#tables.indexOf(table), 1);
    if (this.#tables.length === 0) this.owner.drop(this);
  }

  #matchValue(value: FieldValue, search: Search<Id>, exactly: boolean): void {
    let folded: string | undefined;
    for (let i = 0; i < this.#tables.length; i++) {
      const table = this.#tables[i] as Table<Id>;
      let key: Key;
      if (typeof value === 'string') {
        if (table.folded) folded ??= fold(value);
        const text = table.folded ? (folded as string) : value;
        if (text.length < table.length) continue;
        if (table.part === 'whole') key = text;
        else key = table.part === 'start' ? text.slice(0, table.length) : text.slice(text.length - table.length);
      } else {
        key = value instanceof LongNumber ? value.value : value;
      }
      const there = table.found.get(key);
      if (there === undefined) continue;
      if (there instanceof Bucket) there.match(search, exactly);
      else check(there, search, exactly);
    }
  }

  #anchors(placement: Placement<Id>): readonly Anchor[] {
    return placement.fieldAt(this.slot)?.anchors() ?? [];
  }

  #table({ part, folded, key }: Anchor): Table<Id> | undefined {
    const length = lengthOf(part, key);
    return this.#tables.find((table) => table.part === part && table.folded === folded && table.length === length);
  }

  #newTable({ part, folded, key }: Anchor): Table<Id> {
    const table: Table<Id> = { part, folded, length: lengthOf(part, key), found: new Map(), rules: 0 };
    this.#tables.push(table);
    return table;
  }
}

/** `exactly`: the keys that have led to the placement are what the event holds. */
function check<Id>(placement: Placement<Id>, search: Search<Id>, exactly: boolean): void {
  const { rule, open } = placement;
  const { event, mark } = search;
  for (let i = 0; i < open.length; i++) if (!(open[i] as SharedField).holds(event, mark)) return;
  verify(rule, search, exactly && rule.isPlain && !event.isNested);
}

function verify<Id>(rule: Rule<Id>, { event, mark, matches }: Search<Id>, isDecided: boolean): void {
  if (rule.isDue(mark) && (isDecided || rule.matches(event, mark))) matches.push(rule.id, rule.order);
}

/** Only starts and ends are told apart by length. */
function lengthOf(part: Anchor['part'], key: Key): number {
  return part === 'whole' ? 0 : (key as string).length;
}
