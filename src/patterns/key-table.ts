import type { Anchor } from './anchor.js';

export type Key = Anchor['key'];

/** What is filed under anchors of one kind; starts and ends of one length. */
export class KeyTable<Entry> {
  readonly found = new Map<Key, Entry>();
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

  holds(anchor: Anchor): boolean {
    return this.part === anchor.part && this.folded === anchor.folded && this.length === lengthOf(anchor);
  }

  /** What a text leads to; a table of folded keys wants it folded. */
  inText(text: string): Entry | undefined {
    if (this.part === 'whole') return this.found.get(text);
    if (text.length < this.length) return undefined;
    return this.found.get(this.part === 'start' ? text.slice(0, this.length) : text.slice(text.length - this.length));
  }
}

/** Only starts and ends are told apart by length. */
function lengthOf({ part, key }: Anchor): number {
  return part === 'whole' ? 0 : (key as string).length;
}
