import { utf8Decoder, utf8Encoder } from '../../base/utf8.js';
/** A name as text and as the bytes that spell it in an event. */
export class Name {
  readonly bytes: Uint8Array;
  readonly hash: number;

  constructor(readonly text: string) {
    this.bytes = loneSurrogate.test(text) ? noText : utf8Encoder().encode(text);
    this.hash = hashOf(this.bytes, 0, this.bytes.length);
  }

  isSpelled(bytes: Uint8Array, start: number, end: number): boolean {
    const own = this.bytes;
    if (own.length !== end - start) return false;
    let k = 0;
    while (k < own.length && own[k] === bytes[start + k]) k++;
    return k === own.length;
  }
}

/**
 * Many things by their names, found by text or by bytes. Bytes are looked up by a hash, which names can be made to share: those
 * that do are looked up by their text, so that no choice of names makes a search long.
 */
export class NameTable<Named extends { readonly name: Name }> {
  readonly #byText = new Map<string, Named>();
  /** The only one with a hash, or how many there are. */
  readonly #byHash = new Map<number, Named | number>();

  add(named: Named): void {
    const { text, hash } = named.name;
    this.#byText.set(text, named);
    const alike = this.#byHash.get(hash);
    if (alike === undefined) this.#byHash.set(hash, named);
    else this.#byHash.set(hash, typeof alike === 'number' ? alike + 1 : 2);
  }

  delete(named: Named): void {
    const { text, hash } = named.name;
    this.#byText.delete(text);
    const alike = this.#byHash.get(hash);
    if (typeof alike === 'number' && alike > 1) this.#byHash.set(hash, alike - 1);
    else this.#byHash.delete(hash);
  }

  get(text: string): Named | undefined {
    return this.#byText.get(text);
  }

  find(bytes: Uint8Array, start: number, end: number): Named | undefined {
    const found = this.#byHash.get(hashOf(bytes, start, end));
    if (typeof found === 'number') return this.#byText.get(utf8Decoder().decode(bytes.subarray(start, end)));
    return found?.name.isSpelled(bytes, start, end) ? found : undefined;
  }
}

const loneSurrogate = /\p{Surrogate}/u;
/** Bytes that no text has, for a name that has none: an event can spell it only by an escape. */
const noText = Uint8Array.of(0xff);

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0;
  for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + (bytes[i] as number)) | 0;
  return hash;
}

/** Longer names are not predicted. Up to this many bytes after the text may be read. */
export const maxPredictedLength = 32;

/** After this many consecutive misses another name is predicted; the limit doubles each time, as events may not be alike. */
const minMissLimit = 3;
const maxMissLimit = 3000;

/**
 * The name of an object's first, second or a later member, as it was in events before, with its closing quote and its colon:
 * events of a kind are alike, and bytes compared four at once are read sooner than a name.
 */
export class NamePrediction<Target> {
  readonly #first: number;
  readonly #second: number;
  readonly #third: number;
  readonly #otherWords: readonly number[];
  readonly #missLimit: number;
  #misses = 0;

  constructor(
    view: DataView,
    start: number,
    /** How many bytes, the quote and the colon among them. */
    readonly length: number,
    /** The node of the name; undefined if no path has it. */
    readonly target: Target | undefined,
    /** The previous prediction. */
    before: NamePrediction<Target> | undefined,
  ) {
    const word = (i: number) => wordAt(view, start, i, length);
    this.#first = word(0);
    this.#second = word(1);
    this.#third = word(2);
    this.#otherWords = Array.from({ length: Math.max(0, Math.ceil(length / 4) - 3) }, (_, i) => word(i + 3));
    this.#missLimit = before === undefined ? minMissLimit : Math.min(before.#missLimit * 2, maxMissLimit);
  }

  /** Whether the name is at `at`. */
  isAt(view: DataView, at: number): boolean {
    const { length } = this;
    if (
      wordAt(view, at, 0, length) === this.#first &&
      (length <= 4 || wordAt(view, at, 1, length) === this.#second) &&
      (length <= 8 || wordAt(view, at, 2, length) === this.#third) &&
      (length <= 12 || this.#restMatchesAt(view, at))
    ) {
      if (this.#misses > 0) this.#misses = 0;
      return true;
    }
    this.#misses++;
    return false;
  }

  get isMispredicted(): boolean {
    return this.#misses >= this.#missLimit;
  }

  #restMatchesAt(view: DataView, at: number): boolean {
    for (let i = 0; i < this.#otherWords.length; i++) {
      if (wordAt(view, at, i + 3, this.length) !== this.#otherWords[i]) return false;
    }
    return true;
  }
}

/** Returns four bytes of a name of this length, without what follows it. */
function wordAt(view: DataView, start: number, i: number, length: number): number {
  const remaining = length - 4 * i;
  if (remaining <= 0) return 0;
  const word = view.getInt32(start + 4 * i, true);
  return remaining >= 4 ? word : word & ~(-1 << (8 * remaining));
}
