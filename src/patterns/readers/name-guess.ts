import type { PathNode } from './path-trie.js';

/** Longer names are not guessed. So much more than a text has may be looked at behind it. */
export const longestGuess = 32;

/** After so many misses in a row another name is expected; each time after twice as many, as events may not be alike. */
const leastPatience = 3;
const mostPatience = 3000;

/**
 * The name of an object's first, second or a later member, as it was in events before, with its closing quote and its colon:
 * events of a kind are alike, and bytes compared four at once are read sooner than a name.
 */
export class NameGuess {
  readonly #first: number;
  readonly #second: number;
  readonly #third: number;
  readonly #further: readonly number[];
  readonly #patience: number;
  #misses = 0;

  constructor(
    view: DataView,
    start: number,
    /** How many bytes, the quote and the colon among them. */
    readonly length: number,
    /** Where the name leads; undefined: nobody asks for it. */
    readonly node: PathNode | undefined,
    /** What was expected before. */
    before: NameGuess | undefined,
  ) {
    const word = (i: number) => wordAt(view, start, i, length);
    this.#first = word(0);
    this.#second = word(1);
    this.#third = word(2);
    this.#further = Array.from({ length: Math.max(0, Math.ceil(length / 4) - 3) }, (_, i) => word(i + 3));
    this.#patience = before === undefined ? leastPatience : Math.min(before.#patience * 2, mostPatience);
  }

  /** Whether the name is at `at`. */
  isAt(view: DataView, at: number): boolean {
    const { length } = this;
    if (
      wordAt(view, at, 0, length) === this.#first &&
      (length <= 4 || wordAt(view, at, 1, length) === this.#second) &&
      (length <= 8 || wordAt(view, at, 2, length) === this.#third) &&
      (length <= 12 || this.#goesOnAt(view, at))
    ) {
      if (this.#misses > 0) this.#misses = 0;
      return true;
    }
    this.#misses++;
    return false;
  }

  get isWrong(): boolean {
    return this.#misses >= this.#patience;
  }

  #goesOnAt(view: DataView, at: number): boolean {
    for (let i = 0; i < this.#further.length; i++) {
      if (wordAt(view, at, i + 3, this.length) !== this.#further[i]) return false;
    }
    return true;
  }
}

/** Four bytes of a name of this length, without what lies behind it. */
function wordAt(view: DataView, start: number, i: number, length: number): number {
  const left = length - 4 * i;
  if (left <= 0) return 0;
  const word = view.getInt32(start + 4 * i, true);
  return left >= 4 ? word : word & ~(-1 << (8 * left));
}
