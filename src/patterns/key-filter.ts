/**
 * Which keys a table may hold, as bits that lie close together: most values lead to nothing, and a large table costs several
 * reads of cold memory to say so. A key is known by its last characters only. Keys that agree in them, by chance or by malice, cost
 * a look into the table, as if there were no filter.
 */
export class KeyFilter {
  #bits: Int32Array;
  #room: number;
  #added = 0;
  #deleted = 0;

  constructor(readonly keys: ReadonlyMap<unknown, unknown>) {
    this.#room = roomFor(keys.size);
    this.#bits = new Int32Array(this.#room >> 1);
    this.#addAll();
  }

  /** Called when the key has been added to the keys. */
  add(key: string): void {
    if (++this.#added > this.#room) this.#renew();
    else this.#set(key);
  }

  /** Called when a key has been deleted from the keys. Its bits may be another's too, so they stay until half are of no use. */
  delete(): void {
    if (++this.#deleted * 2 > this.#added) this.#renew();
  }

  /** Whether `text[start…end)` may be a key. */
  mayHold(text: string, start: number, end: number): boolean {
    const hash = hashOf(text, start, end);
    const bits = bitsOf(hash);
    return ((this.#bits[hash & (this.#bits.length - 1)] as number) & bits) === bits;
  }

  #renew(): void {
    this.#room = roomFor(this.keys.size);
    this.#bits = new Int32Array(this.#room >> 1);
    this.#addAll();
  }

  #addAll(): void {
    this.#added = this.keys.size;
    this.#deleted = 0;
    for (const key of this.keys.keys()) if (typeof key === 'string') this.#set(key);
  }

  #set(key: string): void {
    const hash = hashOf(key, 0, key.length);
    const at = hash & (this.#bits.length - 1);
    this.#bits[at] = (this.#bits[at] as number) | bitsOf(hash);
  }
}

/** As many keys as there are, and as many again before the bits must be made anew; a power of two. */
function roomFor(keys: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(keys * 1.5, 64)));
}

/** Two of the bits of a word of 32: sixteen bits a key. */
function bitsOf(hash: number): number {
  return (1 << (hash >>> 27)) | (1 << ((hash >>> 22) & 31));
}

const lastCharacters = 8;

function hashOf(text: string, start: number, end: number): number {
  let hash = end - start;
  for (let i = Math.max(start, end - lastCharacters); i < end; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}
