import { eventNumber, readDecimal } from '../language/number.js';
import type { FieldValue } from '../language/pattern.js';
import { type EventReader, ManyValues } from './event-reader.js';
import { type EventScope, readEvent } from './event-scope.js';
import { skipString } from './json-skip.js';
import type { PathNode, PathTrie } from './path-trie.js';
import { TextBytes } from './text-bytes.js';

const quote = 0x22;
const comma = 0x2c;
const dot = 0x2e;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** No value stands here, so a scan for it reads to the end. */
const noSlot = -1;

/** Up to this many names are searched for in the rest of the text; for more, reading the text once is faster. */
const fewReads = 8;

/**
 * An event as JSON text, read once from front to back and only as far as its rules require. It trusts that the text is one valid
 * JSON object. A path outside arrays counts as read with its first value, as hardly any event repeats a name: whether this one
 * does is found out at the end.
 */
export class TextEvent implements EventReader {
  #text = '';
  #node: PathNode | undefined;
  readonly #json = new TextBytes();
  #at = 0;
  /** Marks what belongs to the present event: whatever bears another mark is left over from an earlier one. */
  #mark = 0;
  readonly #seen: number[] = [];
  readonly #nested: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  /** Where further values begin and end, in turn. */
  readonly #more: (number[] | undefined)[] = [];
  readonly #decoded: number[] = [];
  readonly #values: (FieldValue | ManyValues | undefined)[] = [];
  /** The open objects and arrays from the outside in: the node of each, and whether it is an array. */
  readonly #nodes: PathNode[] = [];
  readonly #isArray: boolean[] = [];
  /** How many members of each have been read. */
  readonly #members: number[] = [];
  #depth = 0;
  #arrays = 0;
  /** The slots that were read and have a value. */
  readonly #read: number[] = [];
  #reads = 0;
  /** A value was found at the path of a slot that had been read. */
  #isRepeated = false;
  /** How far the text before this one was read. */
  #lastAt = 0;
  #scope: EventScope | undefined;
  isNested = false;

  constructor(readonly trie: PathTrie) {}

  /** `node` is the outermost object's node in the tree of paths; undefined if no path leads into it. */
  begin(text: string, node: PathNode | undefined = this.trie.root): void {
    this.#text = text;
    this.#node = node;
    this.#json.begin(text, this.#lastAt);
    this.#start();
  }

  #start(): void {
    this.#mark++;
    this.#depth = 0;
    this.#arrays = 0;
    this.isNested = false;
    this.#scope = undefined;
    this.#reads = 0;
    this.#isRepeated = false;
    this.#at = this.#json.skipSpace(0);
    if (this.#at >= this.#json.end && this.#json.readMore()) this.#at = this.#json.skipSpace(0);
    this.#at++;
    if (this.#node !== undefined) this.#push(this.#node, false);
  }

  read(slot: number): FieldValue | ManyValues | undefined {
    const mark = this.#mark;
    if (this.#decoded[slot] === mark) return this.#values[slot];
    if (this.#seen[slot] !== mark || this.#arrays > 0) this.#scan(slot);
    const value = this.#seen[slot] === mark ? this.#decode(slot) : undefined;
    this.#decoded[slot] = mark;
    this.#values[slot] = value;
    if (value !== undefined) this.#read[this.#reads++] = slot;
    return value;
  }

  inArray(slot: number): boolean {
    this.read(slot);
    return this.#nested[slot] === this.#mark;
  }

  scope(): EventScope {
    this.#scope ??= readEvent(this.#text, this.trie.root);
    return this.#scope;
  }

  foundRepeats(): boolean {
    this.#lastAt = this.#at;
    if (!this.#isRepeated && this.#mayRepeat()) this.#scan(noSlot);
    if (!this.#isRepeated) return false;
    this.#start();
    this.#scan(noSlot);
    return true;
  }

  /** Whether a slot that was read may have more values in the rest of the text. */
  #mayRepeat(): boolean {
    if (this.#depth === 0 || this.#reads === 0) return false;
    if (this.#reads > fewReads || !this.#json.isAscii) return true;
    // Every spelling of a path ends with its last name and a quote, unless it has an escape.
    if (this.#text.includes('\\', this.#at)) return true;
    for (let i = 0; i < this.#reads; i++) {
      const ending = this.trie.nodes[this.#read[i] as number]?.ending ?? '';
      if (this.#mayHaveName(ending)) return true;
    }
    return false;
  }

  /** Whether a name with this ending follows. */
  #mayHaveName(ending: string): boolean {
    const text = this.#text;
    for (let at = text.indexOf(ending, this.#at); at >= 0; at = text.indexOf(ending, at + 1)) {
      const before = text.charCodeAt(at - 1);
      const after = text.charCodeAt(at + ending.length);
      if ((before === quote || before === dot) && (after === colon || after <= 0x20)) return true;
    }
    return false;
  }

  /** Reads on until a slot is settled or the text ends. */
  #scan(slot: number): void {
    const mark = this.#mark;
    while (this.#depth > 0 && (this.#at < this.#json.end || this.#json.readMore())) {
      const inside = this.#depth - 1;
      const byte = this.#json.bytes[this.#at++] as number;
      if (byte <= 0x20 || byte === comma) continue;
      if (byte === closeBrace || byte === closeBracket) {
        this.#depth = inside;
        if (this.#isArray[inside]) this.#arrays--;
      } else if (this.#isArray[inside]) {
        this.#take(this.#nodes[inside] as PathNode, this.#at - 1);
      } else {
        this.#member(this.#nodes[inside] as PathNode);
      }
      if (this.#arrays === 0 && this.#seen[slot] === mark) return;
    }
  }

  /** Reads on behind the opening quote of a member's name until a value that is asked for has been taken. */
  #member(node: PathNode): void {
    const inside = this.#depth - 1;
    let index = this.#members[inside] as number;
    let { bytes, view, end } = this.#json;
    let at = this.#at;
    for (;;) {
      const start = at;
      const prediction = node.predictions[index];
      const isPredicted = prediction?.isAt(view, start) === true;
      let nameEnd = 0;
      let plain = true;
      if (isPredicted) {
        at += prediction.length;
      } else {
        for (;;) {
          const byte = bytes[at++] as number;
          if (byte > dot && byte !== backslash) continue;
          if (byte === quote) break;
          if (byte === dot) plain = false;
          else if (byte === backslash) {
            plain = false;
            at++;
          }
        }
        nameEnd = at - 1;
        if (bytes[at] !== colon) {
          plain = false;
          at = this.#json.skipSpace(at);
        }
        at++;
      }
      if ((bytes[at] as number) <= 0x20) at = this.#json.skipSpace(at);
      if (at < end) {
        let child: PathNode | undefined;
        if (isPredicted) child = prediction.target;
        else if (plain) {
          child = node.find(bytes, start, nameEnd);
          node.predict(index, view, start, nameEnd + 2 - start, child);
        } else child = node.descend(this.#string(start, nameEnd));
        if (child !== undefined) {
          this.#members[inside] = index + 1;
          this.#take(child, at);
          return;
        }
        if (bytes[at] === quote) at = skipString(this.#json, at + 1);
        else at = this.#json.skip(at);
      }
      if (at >= end) {
        if (!this.#json.readMore()) break;
        // The member may have been cut off.
        ({ bytes, view, end } = this.#json);
        at = start;
        continue;
      }
      index++;
      // The usual way on is straight to the next member.
      if (bytes[at] !== comma || bytes[at + 1] !== quote || at + 1 >= end) break;
      at += 2;
    }
    this.#members[inside] = index;
    this.#at = at;
  }

  /** Reads the value at `at`, whose node has a slot. */
  #take(node: PathNode, at: number): void {
    const byte = this.#json.bytes[at];
    if (byte === openBrace || byte === openBracket) {
      const array = byte === openBracket;
      if (node.children.length === 0 && !(array && node.slot >= 0)) {
        this.#at = this.#pass(at);
      } else {
        this.#at = at + 1;
        this.#push(node, array);
      }
      return;
    }
    this.#at = this.#pass(at);
    if (node.slot >= 0) this.#record(node.slot, at, this.#at);
  }

  #pass(at: number): number {
    const next = this.#json.skip(at);
    return next >= this.#json.end && this.#json.readMore() ? this.#json.skip(at) : next;
  }

  #push(node: PathNode, array: boolean): void {
    this.#nodes[this.#depth] = node;
    this.#members[this.#depth] = 0;
    this.#isArray[this.#depth++] = array;
    if (array) this.#arrays++;
  }

  #record(slot: number, start: number, end: number): void {
    if (this.#decoded[slot] === this.#mark) this.#isRepeated = true;
    if (this.#seen[slot] !== this.#mark) {
      this.#seen[slot] = this.#mark;
      this.#starts[slot] = start;
      this.#ends[slot] = end;
      this.#more[slot] = undefined;
    } else {
      const more = this.#more[slot];
      if (more === undefined) this.#more[slot] = [start, end];
      else more.push(start, end);
    }
    // The elements of an array of values are not bound to each other; what lies deeper is bound to its element.
    const holding = this.#isArray[this.#depth - 1] ? this.#arrays - 1 : this.#arrays;
    if (holding > 0) {
      this.#nested[slot] = this.#mark;
      this.isNested = true;
    }
  }

  #decode(slot: number): FieldValue | ManyValues {
    const first = this.#value(this.#starts[slot] as number, this.#ends[slot] as number);
    const more = this.#more[slot];
    if (more === undefined) return first;
    const values = [first];
    for (let i = 0; i < more.length; i += 2) values.push(this.#value(more[i] as number, more[i + 1] as number));
    return new ManyValues(values);
  }

  #value(start: number, end: number): FieldValue {
    switch (this.#json.bytes[start]) {
      case quote:
        return this.#string(start + 1, end - 1);
      case 0x74:
        return true;
      case 0x66:
        return false;
      case 0x6e:
        return null;
      default:
        return readDecimal(this.#json.bytes, start, end) ?? eventNumber(this.#json.slice(start, end));
    }
  }

  #string(start: number, end: number): string {
    const raw = this.#json.slice(start, end);
    if (!raw.includes('\\')) return raw;
    try {
      return JSON.parse(`"${raw}"`) as string;
    } catch {
      // Only in text that is not JSON.
      return raw;
    }
  }
}
