/** A name as text and as the bytes that spell it in an event. */
export class Name {
  readonly bytes: Uint8Array;
  readonly hash: number;

  constructor(readonly text: string) {
    this.bytes = loneSurrogate.test(text) ? noText : encoder.encode(text);
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
    if (typeof found === 'number') return this.#byText.get(decoder.decode(bytes.subarray(start, end)));
    return found?.name.isSpelled(bytes, start, end) ? found : undefined;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const loneSurrogate = /\p{Surrogate}/u;
/** Bytes that no text has, for a name that has none: an event can spell it only by an escape. */
const noText = Uint8Array.of(0xff);

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0;
  for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + (bytes[i] as number)) | 0;
  return hash;
}
