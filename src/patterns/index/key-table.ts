import { LongNumber } from '../language/number.js';
import type { FieldValue } from '../language/pattern.js';
import { ManyValues } from '../readers/event-reader.js';
import type { Anchor } from './anchor.js';
import { ManyKeys } from './many-keys.js';
import type { IndexEntry, Search } from './search.js';

export type Key = Anchor['key'];

/** From this many keys on a table is large enough for its memory to be cold. */
const manyKeys = 2048;

/**
 * What is filed at one slot under anchors of one kind; starts and ends of one length. A bucket's tables hang one on the other, as
 * each list between them would be one more place in memory to look at.
 */
export class KeyTable<Id, Held extends IndexEntry<Id>> {
  readonly #few = new Map<Key, Held>();
  /** The text keys, once there are many. */
  #many: ManyKeys<Id> | undefined;
  readonly #part: Anchor['part'];
  readonly #folded: boolean;
  readonly #length: number;
  readonly #slot: number;
  /** The bucket's next table, and the one before. */
  next: KeyTable<Id, Held> | undefined;
  previous: KeyTable<Id, Held> | undefined;
  /** How many rules all of its keys lead to. */
  rules = 0;

  constructor(slot: number, anchor: Anchor) {
    this.#slot = slot;
    this.#part = anchor.part;
    this.#folded = anchor.folded;
    this.#length = lengthOf(anchor);
  }

  /** The number of keys. */
  get size(): number {
    return this.#few.size + (this.#many?.size ?? 0);
  }

  holds(anchor: Anchor): boolean {
    return this.#part === anchor.part && this.#folded === anchor.folded && this.#length === lengthOf(anchor);
  }

  get(key: Key): Held | undefined {
    if (this.#many !== undefined && typeof key === 'string') return this.#many.get(key) as Held | undefined;
    return this.#few.get(key);
  }

  set(key: Key, filed: Held): void {
    if (typeof key !== 'string') this.#few.set(key, filed);
    else if (this.#many !== undefined) this.#many.set(key, filed);
    else {
      this.#few.set(key, filed);
      if (this.#few.size > manyKeys) this.#spread();
    }
  }

  delete(key: Key): void {
    if (this.#many === undefined || typeof key !== 'string') {
      this.#few.delete(key);
      return;
    }
    this.#many.delete(key);
    if (this.#many.size * 2 > manyKeys) return;
    for (const [each, filed] of this.#many.entries()) this.#few.set(each, filed as Held);
    this.#many = undefined;
  }

  /** Finds what matches of that to which the event's values lead. */
  match(search: Search<Id>, exactly: boolean): void {
    const found = search.event.read(this.#slot);
    if (typeof found === 'string') this.#matchText(found, search, exactly);
    else if (found instanceof ManyValues) for (const value of found.values) this.#matchValue(value, search, false);
    else if (found !== undefined) this.#matchValue(found, search, exactly);
  }

  #matchValue(value: FieldValue, search: Search<Id>, exactly: boolean): void {
    if (typeof value === 'string') this.#matchText(value, search, exactly);
    else if (value instanceof LongNumber) this.#few.get(value.value)?.match(search, false);
    else this.#few.get(value)?.match(search, exactly);
  }

  #matchText(text: string, search: Search<Id>, exactly: boolean): void {
    const cut = this.#folded ? search.fold(text) : text;
    const { length } = cut;
    let start = 0;
    let end = length;
    if (this.#part !== 'whole') {
      if (length < this.#length) return;
      if (this.#part === 'start') end = this.#length;
      else start = length - this.#length;
    }
    if (this.#many !== undefined) this.#many.match(cut, start, end, search, exactly);
    else this.#few.get(end - start === length ? cut : cut.slice(start, end))?.match(search, exactly);
  }

  #spread(): void {
    this.#many = new ManyKeys(this.#few);
    for (const key of this.#few.keys()) if (typeof key === 'string') this.#few.delete(key);
  }
}

/** Only starts and ends are told apart by length. */
function lengthOf({ part, key }: Anchor): number {
  return part === 'whole' ? 0 : (key as string).length;
}
