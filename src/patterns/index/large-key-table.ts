import type { IndexEntry, IndexMatch } from './index-match.js';

/** The number of fingerprints in a group: they share a cache line. */
const groupSize = 8;

/** The load of the table after a rehash, and its maximum. */
const minLoad = 0.4;
const maxLoad = 0.6;

/** No key has this fingerprint. */
const emptySlot = 0;
/** A bit of a group's first fingerprint: a key of the group may be in the overflow. */
const overflow = 2;

/** The number of cells for each key. */
const cellsPerRow = 3;

const absent = -1;
const maybeOverflowed = -2;

/**
 * The string keys of a large table, laid out so that a lookup makes few memory accesses: a group of fingerprints, the characters of
 * the key, and one row with its entry; if the entry is a rule without further conditions, also the rule's id and its rank, which is
 * otherwise -1. A fingerprint is a hash of the last characters of a key. Of keys with equal fingerprints in a group, by chance or
 * chosen by an attacker, all but one are kept in a `Map`, as are long keys and those whose group is full.
 */
export class LargeKeyTable<Id> {
  #fingerprints = new Int32Array(0);
  #keys = new StringArena(0);
  /** Where the characters of each key begin. */
  #starts = new Int32Array(0);
  #rows: (IndexEntry<Id> | Id | number | undefined)[] = [];
  readonly #overflow = new Map<string, IndexEntry<Id>>();
  #size = 0;

  constructor(keys: ReadonlyMap<unknown, IndexEntry<Id>>) {
    this.#rehash(keys.size);
    for (const [key, entry] of keys) if (typeof key === 'string') this.#add(key, entry);
  }

  get size(): number {
    return this.#size;
  }

  entries(): [string, IndexEntry<Id>][] {
    const entries = [...this.#overflow];
    for (const slot of this.#usedSlots()) entries.push([this.#keyAt(slot), this.#entryAt(slot)]);
    return entries;
  }

  get(key: string): IndexEntry<Id> | undefined {
    const slot = this.#find(key, 0, key.length);
    if (slot === maybeOverflowed) return this.#overflow.get(key);
    return slot === absent ? undefined : this.#entryAt(slot);
  }

  set(key: string, entry: IndexEntry<Id>): void {
    const slot = this.#find(key, 0, key.length);
    if (slot >= 0) this.#write(slot, entry);
    else if (slot === maybeOverflowed && this.#overflow.has(key)) this.#overflow.set(key, entry);
    else {
      if (this.#size >= this.#fingerprints.length * maxLoad) this.#rehash(this.#size);
      this.#add(key, entry);
    }
  }

  delete(key: string): void {
    const slot = this.#find(key, 0, key.length);
    if (slot >= 0) this.#clear(slot);
    else if (!this.#overflow.delete(key)) return;
    this.#size--;
    if (this.#size < (this.#fingerprints.length * minLoad) / 4) this.#rehash(this.#size);
  }

  /** Matches the entry under the key `text[start…end)`. */
  match(text: string, start: number, end: number, indexMatch: IndexMatch<Id>, keysAreExact: boolean): void {
    const slot = this.#find(text, start, end);
    if (slot === absent) return;
    if (slot === maybeOverflowed) {
      this.#overflow.get(text.slice(start, end))?.match(indexMatch, keysAreExact);
      return;
    }
    const row = slot * cellsPerRow;
    const rank = this.#rows[row + 2] as number;
    if (keysAreExact && rank >= 0 && !indexMatch.event.isNested) indexMatch.add(this.#rows[row + 1] as Id, rank);
    else (this.#rows[row] as IndexEntry<Id>).match(indexMatch, keysAreExact);
  }

  /** Compares all fingerprints of the group in any case: an early exit would be mispredicted, which costs more. */
  #find(text: string, start: number, end: number): number {
    const fingerprint = fingerprintOf(text, start, end);
    const fingerprints = this.#fingerprints;
    const first = this.#groupOf(fingerprint);
    const head = fingerprints[first] as number;
    let slot = (head & ~overflow) === fingerprint ? first : absent;
    for (let next = first + 1; next < first + groupSize; next++) if (fingerprints[next] === fingerprint) slot = next;
    if (slot >= 0 && this.#keys.equals(this.#starts[slot] as number, text, start, end)) return slot;
    return (head & overflow) === 0 ? absent : maybeOverflowed;
  }

  /** The slot of the first fingerprint of the group. */
  #groupOf(fingerprint: number): number {
    return groupSize * Math.floor(((fingerprint >>> 0) / 2 ** 32) * (this.#fingerprints.length / groupSize));
  }

  #add(key: string, entry: IndexEntry<Id>): void {
    this.#size++;
    const slot = this.#claimSlot(fingerprintOf(key, 0, key.length), key.length <= maxKeyLength);
    if (slot === undefined) this.#overflow.set(key, entry);
    else {
      this.#starts[slot] = this.#keys.add(key);
      this.#write(slot, entry);
    }
  }

  /** Claims a slot for a fingerprint in its group, unless the group is full or has that fingerprint, or it is not allowed. */
  #claimSlot(fingerprint: number, isAllowed = true): number | undefined {
    const fingerprints = this.#fingerprints;
    const first = this.#groupOf(fingerprint);
    let slot: number | undefined;
    for (let next = first + groupSize - 1; next >= first && isAllowed; next--) {
      if (fingerprintAt(fingerprints, next) === emptySlot) slot = next;
      else if (fingerprintAt(fingerprints, next) === fingerprint) {
        slot = undefined;
        break;
      }
    }
    if (slot === undefined) fingerprints[first] = (fingerprints[first] as number) | overflow;
    else fingerprints[slot] = (fingerprints[slot] as number) | fingerprint;
    return slot;
  }

  #write(slot: number, entry: IndexEntry<Id>): void {
    const rule = entry.fullyKeyedRule;
    this.#rows[slot * cellsPerRow] = entry;
    this.#rows[slot * cellsPerRow + 1] = rule?.id;
    this.#rows[slot * cellsPerRow + 2] = rule?.rank ?? -1;
  }

  #clear(slot: number): void {
    this.#fingerprints[slot] = (this.#fingerprints[slot] as number) & overflow;
    this.#rows.fill(undefined, slot * cellsPerRow, slot * cellsPerRow + cellsPerRow);
  }

  /** Makes capacity for `size` keys and some more, and moves the keys there. */
  #rehash(size: number): void {
    const slots = [...this.#usedSlots()];
    const fingerprints = this.#fingerprints;
    const starts = this.#starts;
    const rows = this.#rows;
    const keys = this.#keys;
    const overflow = [...this.#overflow];
    const capacity = groupSize * Math.ceil((size + 1) / minLoad / groupSize);
    this.#fingerprints = new Int32Array(capacity);
    this.#starts = new Int32Array(capacity);
    this.#rows = new Array(capacity * cellsPerRow).fill(undefined);
    this.#keys = new StringArena(keys.used);
    this.#overflow.clear();
    this.#size = 0;
    for (const slot of slots) {
      const entry = rows[slot * cellsPerRow] as IndexEntry<Id>;
      const start = starts[slot] as number;
      const to = this.#claimSlot(fingerprintAt(fingerprints, slot));
      this.#size++;
      if (to === undefined) this.#overflow.set(keys.read(start), entry);
      else {
        this.#starts[to] = this.#keys.copy(keys, start);
        this.#write(to, entry);
      }
    }
    for (const [key, entry] of overflow) this.#add(key, entry);
  }

  *#usedSlots(): Iterable<number> {
    for (let slot = 0; slot < this.#fingerprints.length; slot++)
      if (fingerprintAt(this.#fingerprints, slot) !== emptySlot) yield slot;
  }

  #entryAt(slot: number): IndexEntry<Id> {
    return this.#rows[slot * cellsPerRow] as IndexEntry<Id>;
  }

  #keyAt(slot: number): string {
    return this.#keys.read(this.#starts[slot] as number);
  }
}

function fingerprintAt(fingerprints: Int32Array, slot: number): number {
  return (fingerprints[slot] as number) & ~overflow;
}

const lastCharacters = 8;

/** Returns a fingerprint that is neither `emptySlot` nor has the bit `overflow`. */
function fingerprintOf(text: string, start: number, end: number): number {
  let fingerprint = end - start;
  for (let i = Math.max(start, end - lastCharacters); i < end; i++)
    fingerprint = Math.imul(fingerprint ^ text.charCodeAt(i), 0x01000193);
  fingerprint = Math.imul(fingerprint ^ (fingerprint >>> 15), 0x9e3779b1);
  return (fingerprint | 1) & ~overflow;
}

/** Longer keys are kept in the overflow. */
export const maxKeyLength = 255;

/**
 * Many short strings, each after its length, in one array: separate strings would be scattered in memory. A string is identified by
 * its offset.
 */
export class StringArena {
  #charCodes: Uint16Array;
  #used = 0;

  /** The initial capacity counts characters and lengths. */
  constructor(capacity: number) {
    this.#charCodes = new Uint16Array(capacity);
  }

  /** The length of the part in use, including strings that are no longer needed. */
  get used(): number {
    return this.#used;
  }

  add(text: string): number {
    const at = this.#allocate(text.length);
    for (let i = 0; i < text.length; i++) this.#charCodes[at + 1 + i] = text.charCodeAt(i);
    return at;
  }

  /** Adds one of another collection. */
  copy(other: StringArena, from: number): number {
    const charCodes = other.#charCodes;
    const length = charCodes[from] as number;
    const at = this.#allocate(length);
    for (let i = 1; i <= length; i++) this.#charCodes[at + i] = charCodes[from + i] as number;
    return at;
  }

  /** Whether `text[start…end)` is the one at `at`. */
  equals(at: number, text: string, start: number, end: number): boolean {
    const charCodes = this.#charCodes;
    const length = end - start;
    if (charCodes[at] !== length) return false;
    for (let i = 0; i < length; i++) if (charCodes[at + 1 + i] !== text.charCodeAt(start + i)) return false;
    return true;
  }

  read(at: number): string {
    return String.fromCharCode(...this.#charCodes.subarray(at + 1, at + 1 + (this.#charCodes[at] as number)));
  }

  #allocate(length: number): number {
    const read = this.#used;
    this.#used += length + 1;
    if (this.#used > this.#charCodes.length) {
      const charCodes = new Uint16Array(Math.ceil(this.#used * 1.5));
      charCodes.set(this.#charCodes);
      this.#charCodes = charCodes;
    }
    this.#charCodes[read] = length;
    return read;
  }
}
