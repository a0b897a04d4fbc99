import { type Anchor, type AnchorKind, fold } from './anchor.js';
import { chooseSlot } from './choose-slot.js';
import { type EventReader, ManyValues } from './event-reader.js';
import { LongNumber } from './number.js';
import type { FieldValue } from './pattern.js';
import type { Placement } from './placement.js';
import type { Rule } from './rule.js';
import type { SharedField } from './shared-field.js';

/** A list of this many rules is verified one by one; a longer one is filed by a path. */
const shortList = 8;

/**
 * Rules that an event has to be checked against once it has come here. A few are kept as a list. Of many, those that ask
 * something definite of one path are filed by it in buckets of their own, which divide in turn; the path is the one that
 * divides best at that time. What is filed so is skipped only where a rule cannot match, and whatever is found is verified.
 */
export class Bucket<Entry> {
  readonly #list: Placement<Entry>[] = [];
  readonly #files: File<Entry>[] = [];
  #removed = 0;
  #limit = shortList;

  /** `leave` is called when the bucket has become empty; `used` are the slots it is filed by already. */
  constructor(
    readonly place: Place<Entry> | undefined,
    readonly used: ReadonlySet<number>,
  ) {}

  /** How many rules stand in the bucket's own list. */
  get size(): number {
    return this.#list.length - this.#removed;
  }

  add(placement: Placement<Entry>): void {
    const file = this.#fileFor(placement);
    if (file !== undefined) {
      file.add(placement);
      return;
    }
    this.#list.push(placement);
    placement.homes.push(this);
    if (this.#list.length > this.#limit) this.#divide();
  }

  /** Says that a rule of the list has been removed. The list is cleared out when half of it is gone. */
  forget(): void {
    if (++this.#removed * 2 > this.#list.length) this.#clear();
  }

  match(event: EventReader, mark: number, matching: Rule<Entry>[]): void {
    for (let i = 0; i < this.#files.length; i++) (this.#files[i] as File<Entry>).match(event, mark, matching);
    for (let i = 0; i < this.#list.length; i++) {
      const { rule } = this.#list[i] as Placement<Entry>;
      if (rule.isDue(mark) && rule.matches(event, mark)) matching.push(rule);
    }
  }

  drop(file: File<Entry>): void {
    this.#files.splice(this.#files.indexOf(file), 1);
    this.#leaveIfEmpty();
  }

  /** The file where the placement would be among the fewest. */
  #fileFor(placement: Placement<Entry>): File<Entry> | undefined {
    let best: File<Entry> | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const file of this.#files) {
      const field = fieldAt(placement, file.slot);
      if (field === undefined) continue;
      const crowd = file.crowd(field);
      if (crowd < least) {
        least = crowd;
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
      this.#files.push(file);
      const moving = this.#list.filter((placement) => fieldAt(placement, slot) !== undefined);
      this.#keep((placement) => fieldAt(placement, slot) === undefined);
      for (const placement of moving) {
        placement.homes.splice(placement.homes.indexOf(this), 1);
        file.add(placement);
      }
    }
  }

  #clear(): void {
    this.#keep((placement) => !placement.rule.removed);
    this.#removed = 0;
    this.#leaveIfEmpty();
  }

  #keep(wanted: (placement: Placement<Entry>) => boolean): void {
    let kept = 0;
    for (const placement of this.#list) if (wanted(placement)) this.#list[kept++] = placement;
    this.#list.length = kept;
  }

  #leaveIfEmpty(): void {
    if (this.#list.length > 0 || this.#files.length > 0 || this.place === undefined) return;
    this.place.file.remove(this.place);
  }
}

/** Where a bucket stands: in which file, and under which key of which of its tables. */
interface Place<Entry> {
  readonly file: File<Entry>;
  readonly table: Table<Entry>;
  readonly key: Anchor['key'];
}

/** Anchors of one kind; starts and ends of one length. */
interface Table<Entry> {
  readonly kind: AnchorKind;
  readonly length: number;
  readonly buckets: Map<Anchor['key'], Bucket<Entry>>;
}

/** Rules of a bucket, filed by what they ask of one path. */
class File<Entry> {
  readonly #tables: Table<Entry>[] = [];
  readonly #used: ReadonlySet<number>;

  constructor(
    readonly slot: number,
    readonly owner: Bucket<Entry>,
  ) {
    this.#used = new Set([...owner.used, slot]);
  }

  add(placement: Placement<Entry>): void {
    for (const anchor of fieldAt(placement, this.slot)?.anchors ?? []) this.#bucket(anchor).add(placement);
  }

  crowd(field: SharedField): number {
    let most = 0;
    for (const anchor of field.anchors ?? []) {
      const size = this.#table(anchor)?.buckets.get(anchor.key)?.size ?? 0;
      if (size > most) most = size;
    }
    return most;
  }

  match(event: EventReader, mark: number, matching: Rule<Entry>[]): void {
    const found = event.read(this.slot);
    if (found instanceof ManyValues) for (const value of found.values) this.#matchValue(value, event, mark, matching);
    else if (found !== undefined) this.#matchValue(found, event, mark, matching);
  }

  remove({ table, key }: Place<Entry>): void {
    table.buckets.delete(key);
    if (table.buckets.size > 0) return;
    this.#tables.splice(this.#tables.indexOf(table), 1);
    if (this.#tables.length === 0) this.owner.drop(this);
  }

  #matchValue(value: FieldValue, event: EventReader, mark: number, matching: Rule<Entry>[]): void {
    let folded: string | undefined;
    for (let i = 0; i < this.#tables.length; i++) {
      const { kind, length, buckets } = this.#tables[i] as Table<Entry>;
      let bucket: Bucket<Entry> | undefined;
      if (kind === 'whole') bucket = buckets.get(value instanceof LongNumber ? value.value : value);
      else if (typeof value === 'string') {
        if (kind === 'start') bucket = value.length < length ? undefined : buckets.get(value.slice(0, length));
        else if (kind === 'end') bucket = value.length < length ? undefined : buckets.get(value.slice(-length));
        else {
          folded ??= fold(value);
          if (kind === 'folded') bucket = buckets.get(folded);
          else if (folded.length >= length) {
            bucket = buckets.get(kind === 'folded-start' ? folded.slice(0, length) : folded.slice(-length));
          }
        }
      }
      if (bucket !== undefined) bucket.match(event, mark, matching);
    }
  }

  #bucket(anchor: Anchor): Bucket<Entry> {
    let table = this.#table(anchor);
    if (table === undefined) {
      table = { kind: anchor.kind, length: lengthOf(anchor), buckets: new Map() };
      this.#tables.push(table);
    }
    let bucket = table.buckets.get(anchor.key);
    if (bucket === undefined) {
      bucket = new Bucket({ file: this, table, key: anchor.key }, this.#used);
      table.buckets.set(anchor.key, bucket);
    }
    return bucket;
  }

  #table(anchor: Anchor): Table<Entry> | undefined {
    const length = lengthOf(anchor);
    return this.#tables.find((table) => table.kind === anchor.kind && table.length === length);
  }
}

function fieldAt<Entry>(placement: Placement<Entry>, slot: number): SharedField | undefined {
  return placement.fields.find((field) => field.slot === slot);
}

/** Only starts and ends are told apart by length. */
function lengthOf({ kind, key }: Anchor): number {
  return kind === 'whole' || kind === 'folded' ? 0 : (key as string).length;
}
