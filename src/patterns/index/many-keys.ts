import type { IndexEntry, Search } from './search.js';

/** So many marks are read at once: they lie in one line of memory. */
const groupSize = 8;

/** How full the groups are when they are laid out, and how full they may become. */
const leastLoad = 0.4;
const mostLoad = 0.6;

/** No key has this mark. */
const free = 0;
/** A bit of a group's first mark: a key of the group may be kept elsewhere. */
const crowded = 2;

/** What stands side by side for each key. */
const width = 3;

const notHere = -1;
const maybeCrowded = -2;

/**
 * The text keys of a large table, so laid out that looking for one reads few places of memory, which lie close together: a group of
 * marks, the text of the key, and one row with what it leads to; if that is a rule of which nothing more is asked, also its id and
 * the place of that among all ids, which else is -1. A mark is made of the last characters of a key. Of keys that agree in it, by
 * chance or by malice, all but one are kept in a `Map`, as are long ones and those whose group is full.
 */
export class ManyKeys<Id> {
  #marks = new Int32Array(0);
  #texts = new KeyTexts(0);
  /** Where the text of each key begins. */
  #starts = new Int32Array(0);
  #rows: (IndexEntry<Id> | Id | number | undefined)[] = [];
  readonly #crowded = new Map<string, IndexEntry<Id>>();
  #size = 0;

  constructor(keys: ReadonlyMap<unknown, IndexEntry<Id>>) {
    this.#layOut(keys.size);
    for (const [key, filed] of keys) if (typeof key === 'string') this.#add(key, filed);
  }

  get size(): number {
    return this.#size;
  }

  entries(): [string, IndexEntry<Id>][] {
    const entries = [...this.#crowded];
    for (const place of this.#places()) entries.push([this.#textAt(place), this.#filedAt(place)]);
    return entries;
  }

  get(key: string): IndexEntry<Id> | undefined {
    const place = this.#find(key, 0, key.length);
    if (place === maybeCrowded) return this.#crowded.get(key);
    return place === notHere ? undefined : this.#filedAt(place);
  }

  set(key: string, filed: IndexEntry<Id>): void {
    const place = this.#find(key, 0, key.length);
    if (place >= 0) this.#write(place, filed);
    else if (place === maybeCrowded && this.#crowded.has(key)) this.#crowded.set(key, filed);
    else {
      if (this.#size >= this.#marks.length * mostLoad) this.#layOut(this.#size);
      this.#add(key, filed);
    }
  }

  delete(key: string): void {
    const place = this.#find(key, 0, key.length);
    if (place >= 0) this.#clear(place);
    else if (!this.#crowded.delete(key)) return;
    this.#size--;
    if (this.#size < (this.#marks.length * leastLoad) / 4) this.#layOut(this.#size);
  }

  /** Finds what matches of that to which `text[start…end)` leads. */
  match(text: string, start: number, end: number, search: Search<Id>, exactly: boolean): void {
    const place = this.#find(text, start, end);
    if (place === notHere) return;
    if (place === maybeCrowded) {
      this.#crowded.get(text.slice(start, end))?.match(search, exactly);
      return;
    }
    const row = place * width;
    const order = this.#rows[row + 2] as number;
    if (exactly && order >= 0 && !search.event.isNested) search.found(this.#rows[row + 1] as Id, order);
    else (this.#rows[row] as IndexEntry<Id>).match(search, exactly);
  }

  /** All marks of the group are looked at in any case: where to stop could not be foretold, and to be wrong takes longer. */
  #find(text: string, start: number, end: number): number {
    const mark = markOf(text, start, end);
    const marks = this.#marks;
    const first = this.#groupOf(mark);
    const head = marks[first] as number;
    let place = (head & ~crowded) === mark ? first : notHere;
    for (let next = first + 1; next < first + groupSize; next++) if (marks[next] === mark) place = next;
    if (place >= 0 && this.#texts.equals(this.#starts[place] as number, text, start, end)) return place;
    return (head & crowded) === 0 ? notHere : maybeCrowded;
  }

  /** The place of the first mark of the group. */
  #groupOf(mark: number): number {
    return groupSize * Math.floor(((mark >>> 0) / 2 ** 32) * (this.#marks.length / groupSize));
  }

  #add(key: string, filed: IndexEntry<Id>): void {
    this.#size++;
    const place = this.#take(markOf(key, 0, key.length), key.length <= longestKeyText);
    if (place === undefined) this.#crowded.set(key, filed);
    else {
      this.#starts[place] = this.#texts.add(key);
      this.#write(place, filed);
    }
  }

  /** A place for a mark in its group, unless the group is full or has the mark, or none is wanted there. */
  #take(mark: number, isWanted = true): number | undefined {
    const marks = this.#marks;
    const first = this.#groupOf(mark);
    let place: number | undefined;
    for (let next = first + groupSize - 1; next >= first && isWanted; next--) {
      if (markAt(marks, next) === free) place = next;
      else if (markAt(marks, next) === mark) {
        place = undefined;
        break;
      }
    }
    if (place === undefined) marks[first] = (marks[first] as number) | crowded;
    else marks[place] = (marks[place] as number) | mark;
    return place;
  }

  #write(place: number, filed: IndexEntry<Id>): void {
    const decided = filed.decidedRule;
    this.#rows[place * width] = filed;
    this.#rows[place * width + 1] = decided?.id;
    this.#rows[place * width + 2] = decided?.order ?? -1;
  }

  #clear(place: number): void {
    this.#marks[place] = (this.#marks[place] as number) & crowded;
    this.#rows.fill(undefined, place * width, place * width + width);
  }

  /** Makes room for so many keys and as many as may come, and moves there what is here. */
  #layOut(size: number): void {
    const places = [...this.#places()];
    const marks = this.#marks;
    const starts = this.#starts;
    const rows = this.#rows;
    const texts = this.#texts;
    const crowded = [...this.#crowded];
    const room = groupSize * Math.ceil((size + 1) / leastLoad / groupSize);
    this.#marks = new Int32Array(room);
    this.#starts = new Int32Array(room);
    this.#rows = new Array(room * width).fill(undefined);
    this.#texts = new KeyTexts(texts.used);
    this.#crowded.clear();
    this.#size = 0;
    for (const place of places) {
      const filed = rows[place * width] as IndexEntry<Id>;
      const start = starts[place] as number;
      const to = this.#take(markAt(marks, place));
      this.#size++;
      if (to === undefined) this.#crowded.set(texts.at(start), filed);
      else {
        this.#starts[to] = this.#texts.copy(texts, start);
        this.#write(to, filed);
      }
    }
    for (const [key, filed] of crowded) this.#add(key, filed);
  }

  *#places(): Iterable<number> {
    for (let place = 0; place < this.#marks.length; place++) if (markAt(this.#marks, place) !== free) yield place;
  }

  #filedAt(place: number): IndexEntry<Id> {
    return this.#rows[place * width] as IndexEntry<Id>;
  }

  #textAt(place: number): string {
    return this.#texts.at(this.#starts[place] as number);
  }
}

function markAt(marks: Int32Array, place: number): number {
  return (marks[place] as number) & ~crowded;
}

const lastCharacters = 8;

/** Neither free nor crowded. */
function markOf(text: string, start: number, end: number): number {
  let mark = end - start;
  for (let i = Math.max(start, end - lastCharacters); i < end; i++)
    mark = Math.imul(mark ^ text.charCodeAt(i), 0x01000193);
  mark = Math.imul(mark ^ (mark >>> 15), 0x9e3779b1);
  return (mark | 1) & ~crowded;
}

/** Longer texts are not kept here. */
export const longestKeyText = 255;

/**
 * Many short texts, each behind its length, in one piece of memory: each as a string of its own would lie somewhere else. A text is
 * known by where it begins.
 */
export class KeyTexts {
  #units: Uint16Array;
  #used = 0;

  /** `room` is for how many characters and lengths to begin with. */
  constructor(room: number) {
    this.#units = new Uint16Array(room);
  }

  /** How much of memory is in use, by texts that are still wanted or not. */
  get used(): number {
    return this.#used;
  }

  add(text: string): number {
    const at = this.#take(text.length);
    for (let i = 0; i < text.length; i++) this.#units[at + 1 + i] = text.charCodeAt(i);
    return at;
  }

  /** Adds one of another collection. */
  copy(other: KeyTexts, from: number): number {
    const units = other.#units;
    const length = units[from] as number;
    const at = this.#take(length);
    for (let i = 1; i <= length; i++) this.#units[at + i] = units[from + i] as number;
    return at;
  }

  /** Whether `text[start…end)` is the one at `at`. */
  equals(at: number, text: string, start: number, end: number): boolean {
    const units = this.#units;
    const length = end - start;
    if (units[at] !== length) return false;
    for (let i = 0; i < length; i++) if (units[at + 1 + i] !== text.charCodeAt(start + i)) return false;
    return true;
  }

  at(at: number): string {
    return String.fromCharCode(...this.#units.subarray(at + 1, at + 1 + (this.#units[at] as number)));
  }

  #take(length: number): number {
    const at = this.#used;
    this.#used += length + 1;
    if (this.#used > this.#units.length) {
      const units = new Uint16Array(Math.ceil(this.#used * 1.5));
      units.set(this.#units);
      this.#units = units;
    }
    this.#units[at] = length;
    return at;
  }
}
