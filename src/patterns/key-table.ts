import type { Anchor } from './anchor.js';
import { ManyKeys } from './many-keys.js';
import type { Search } from './search.js';

export type Key = Anchor['key'];

/** What a key leads to. */
export interface Entry<Id> {
  /** `exactly`: the keys that have led here are all of what the event holds at their paths. */
  match(search: Search<Id>, exactly: boolean): void;
}

/** From this many keys on a table is large enough for its memory to be cold. */
const manyKeys = 2048;

/** What is filed under anchors of one kind; starts and ends of one length. */
export class KeyTable<Id, Held extends Entry<Id>> {
  readonly #few = new Map<Key, Held>();
  /** The text keys, once there are many. */
  #many: ManyKeys<Id> | undefined;
  /** How many rules all of its keys lead to. */
  rules = 0;
  readonly part: Anchor['part'];
  readonly folded: boolean;
  readonly length: number;

  constructor(anchor: Anchor) {
    this.part = anchor.part;
    this.folded = anchor.folded;
    this.length = lengthOf(anchor);
  }

  /** The number of keys. */
  get size(): number {
    return this.#few.size + (this.#many?.size ?? 0);
  }

  holds(anchor: Anchor): boolean {
    return this.part === anchor.part && this.folded === anchor.folded && this.length === lengthOf(anchor);
  }

  get(key: Key): Held | undefined {
    if (this.#many !== undefined && typeof key === 'string') return this.#many.get(key) as Held | undefined;
    return this.#few.get(key);
  }

  set(key: Key, entry: Held): void {
    if (typeof key !== 'string') this.#few.set(key, entry);
    else if (this.#many !== undefined) this.#many.set(key, entry);
    else {
      this.#few.set(key, entry);
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
    for (const [each, entry] of this.#many.entries()) this.#few.set(each, entry as Held);
    this.#many = undefined;
  }

  /** Finds what matches of that to which a value leads that is no text. */
  match(value: Key, search: Search<Id>, exactly: boolean): void {
    this.#few.get(value)?.match(search, exactly);
  }

  /** The same for a text; a table of folded keys wants it folded. */
  matchText(text: string, search: Search<Id>, exactly: boolean): void {
    const { length } = text;
    let start = 0;
    let end = length;
    if (this.part !== 'whole') {
      if (length < this.length) return;
      if (this.part === 'start') end = this.length;
      else start = length - this.length;
    }
    if (this.#many !== undefined) this.#many.match(text, start, end, search, exactly);
    else this.#few.get(end - start === length ? text : text.slice(start, end))?.match(search, exactly);
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
