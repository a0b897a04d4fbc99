import type { Anchor } from './anchor.js';
import { KeyFilter } from './key-filter.js';

export type Key = Anchor['key'];

/** From this many keys on a table is large enough for its memory to be cold. */
const manyKeys = 2048;

/** What is filed under anchors of one kind; starts and ends of one length. */
export class KeyTable<Entry> {
  readonly #found = new Map<Key, Entry>();
  #filter: KeyFilter | undefined;
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
    return this.#found.size;
  }

  holds(anchor: Anchor): boolean {
    return this.part === anchor.part && this.folded === anchor.folded && this.length === lengthOf(anchor);
  }

  get(key: Key): Entry | undefined {
    return this.#found.get(key);
  }

  set(key: Key, entry: Entry): void {
    const before = this.#found.size;
    this.#found.set(key, entry);
    if (this.#found.size === before) return;
    if (this.#filter !== undefined) {
      if (typeof key === 'string') this.#filter.add(key);
    } else if (this.#found.size > manyKeys) this.#filter = new KeyFilter(this.#found);
  }

  delete(key: Key): void {
    this.#found.delete(key);
    if (this.#found.size * 2 <= manyKeys) this.#filter = undefined;
    else if (typeof key === 'string') this.#filter?.delete();
  }

  /** What a text leads to; a table of folded keys wants it folded. */
  inText(text: string): Entry | undefined {
    const { length } = text;
    let start = 0;
    let end = length;
    if (this.part !== 'whole') {
      if (length < this.length) return undefined;
      if (this.part === 'start') end = this.length;
      else start = length - this.length;
    }
    if (this.#filter !== undefined && !this.#filter.mayHold(text, start, end)) return undefined;
    return this.#found.get(end - start === length ? text : text.slice(start, end));
  }
}

/** Only starts and ends are told apart by length. */
function lengthOf({ part, key }: Anchor): number {
  return part === 'whole' ? 0 : (key as string).length;
}
