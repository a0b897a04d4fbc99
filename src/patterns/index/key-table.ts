import { LongNumber } from '../language/number.js';
import type { FieldValue } from '../language/pattern.js';
import { ManyValues } from '../readers/event-reader.js';
import type { Anchor } from './anchor.js';
import type { IndexEntry, IndexMatch } from './index-match.js';
import { LargeKeyTable } from './large-key-table.js';

export type Key = Anchor['key'];

/** From this many keys on a table is large enough for its memory to be cold. */
const largeTableThreshold = 2048;

/**
 * The entries of one slot under anchors of one kind; prefixes and suffixes of one length. A bucket's tables are a linked list, as an
 * array would be one more memory access.
 */
export class KeyTable<Id, Entry extends IndexEntry<Id>> {
  readonly #small = new Map<Key, Entry>();
  /** The string keys, once there are many. */
  #large: LargeKeyTable<Id> | undefined;
  readonly #affix: Anchor['part'];
  readonly #folded: boolean;
  readonly #length: number;
  readonly #slot: number;
  /** The bucket's next table, and the one before. */
  next: KeyTable<Id, Entry> | undefined;
  previous: KeyTable<Id, Entry> | undefined;
  /** The number of rules under all of its keys. */
  rules = 0;

  constructor(slot: number, anchor: Anchor) {
    this.#slot = slot;
    this.#affix = anchor.part;
    this.#folded = anchor.folded;
    this.#length = lengthOf(anchor);
  }

  /** The number of keys. */
  get size(): number {
    return this.#small.size + (this.#large?.size ?? 0);
  }

  holds(anchor: Anchor): boolean {
    return this.#affix === anchor.part && this.#folded === anchor.folded && this.#length === lengthOf(anchor);
  }

  get(key: Key): Entry | undefined {
    if (this.#large !== undefined && typeof key === 'string') return this.#large.get(key) as Entry | undefined;
    return this.#small.get(key);
  }

  set(key: Key, entry: Entry): void {
    if (typeof key !== 'string') this.#small.set(key, entry);
    else if (this.#large !== undefined) this.#large.set(key, entry);
    else {
      this.#small.set(key, entry);
      if (this.#small.size > largeTableThreshold) this.#grow();
    }
  }

  delete(key: Key): void {
    if (this.#large === undefined || typeof key !== 'string') {
      this.#small.delete(key);
      return;
    }
    this.#large.delete(key);
    if (this.#large.size * 2 > largeTableThreshold) return;
    for (const [each, entry] of this.#large.entries()) this.#small.set(each, entry as Entry);
    this.#large = undefined;
  }

  /** Matches the entries under the keys of the event's values. */
  match(indexMatch: IndexMatch<Id>, keysAreExact: boolean): void {
    const values = indexMatch.event.read(this.#slot);
    if (typeof values === 'string') this.#matchText(values, indexMatch, keysAreExact);
    else if (values instanceof ManyValues)
      for (const value of values.values) this.#matchValue(value, indexMatch, false);
    else if (values !== undefined) this.#matchValue(values, indexMatch, keysAreExact);
  }

  #matchValue(value: FieldValue, indexMatch: IndexMatch<Id>, keysAreExact: boolean): void {
    if (typeof value === 'string') this.#matchText(value, indexMatch, keysAreExact);
    else if (value instanceof LongNumber) this.#small.get(value.value)?.match(indexMatch, false);
    else this.#small.get(value)?.match(indexMatch, keysAreExact);
  }

  #matchText(text: string, indexMatch: IndexMatch<Id>, keysAreExact: boolean): void {
    const key = this.#folded ? indexMatch.fold(text) : text;
    const { length } = key;
    let start = 0;
    let end = length;
    if (this.#affix !== 'whole') {
      if (length < this.#length) return;
      if (this.#affix === 'start') end = this.#length;
      else start = length - this.#length;
    }
    if (this.#large !== undefined) this.#large.match(key, start, end, indexMatch, keysAreExact);
    else this.#small.get(end - start === length ? key : key.slice(start, end))?.match(indexMatch, keysAreExact);
  }

  #grow(): void {
    this.#large = new LargeKeyTable(this.#small);
    for (const key of this.#small.keys()) if (typeof key === 'string') this.#small.delete(key);
  }
}

/** Only prefixes and suffixes are distinguished by length. */
function lengthOf({ part, key }: Anchor): number {
  return part === 'whole' ? 0 : (key as string).length;
}
