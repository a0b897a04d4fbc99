import { readDecimal } from './decimal.js';
import { type EventReader, ManyValues } from './event-reader.js';
import { type EventScope, readEvent } from './event-scope.js';
import { type JsonBytes, skipContainer, skipScalar, skipString } from './json-skip.js';
import { numberFromText } from './number.js';
import type { PathNode, PathTrie } from './path-trie.js';
import type { FieldValue } from './pattern.js';

const quote = 0x22;
const comma = 0x2c;
const dot = 0x2e;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

const smallest = 1 << 16;
/** What was made for a larger text is given back once a much smaller one comes. */
const largestKept = 1 << 22;

/** Where a value stands in the bytes of the text. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * An event as JSON text, read once from front to back and only as far as somebody asks. It trusts that the text is one valid
 * JSON object in which no two members spell the same path: then a path outside arrays is settled by its first value.
 */
export class TextEvent implements EventReader {
  #text = '';
  #ascii = true;
  #json = allocate(smallest);
  #at = 0;
  #end = 0;
  /** Marks what belongs to the present event: whatever bears another mark is left over from an earlier one. */
  #mark = 0;
  readonly #seen: number[] = [];
  readonly #nested: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #more: (Place[] | undefined)[] = [];
  readonly #decoded: number[] = [];
  readonly #values: (FieldValue | ManyValues | undefined)[] = [];
  /** The open objects and arrays from the outside in: the node each stands at, and whether it is an array. */
  readonly #nodes: PathNode[] = [];
  readonly #isArray: boolean[] = [];
  #depth = 0;
  #arrays = 0;
  #scope: EventScope | undefined;
  isNested = false;

  constructor(readonly trie: PathTrie) {}

  /** `node` is where in the tree of paths the text's outermost object stands; undefined: nobody asks for anything in it. */
  begin(text: string, node: PathNode | undefined = this.trie.root): void {
    this.#encode(text);
    this.#mark++;
    this.#depth = 0;
    this.#arrays = 0;
    this.isNested = false;
    this.#scope = undefined;
    this.#at = this.#skipSpace(0) + 1;
    if (node !== undefined) this.#push(node, false);
  }

  read(slot: number): FieldValue | ManyValues | undefined {
    const mark = this.#mark;
    if (this.#decoded[slot] === mark) return this.#values[slot];
    if (this.#seen[slot] !== mark || this.#arrays > 0) this.#scan(slot);
    const value = this.#seen[slot] === mark ? this.#decode(slot) : undefined;
    this.#decoded[slot] = mark;
    this.#values[slot] = value;
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

  /** Reads on until a slot is settled or the text ends. */
  #scan(slot: number): void {
    const { bytes } = this.#json;
    const mark = this.#mark;
    while (this.#depth > 0 && this.#at < this.#end) {
      const inside = this.#depth - 1;
      const byte = bytes[this.#at++] as number;
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
    const { bytes } = this.#json;
    const end = this.#end;
    let at = this.#at;
    while (at < end) {
      const start = at;
      let plain = true;
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
      const child = plain ? node.find(bytes, start, at - 1) : node.descend(this.#string(start, at - 1));
      if (bytes[at] !== colon) at = this.#skipSpace(at);
      if ((bytes[++at] as number) <= 0x20) at = this.#skipSpace(at);
      if (at >= end) break;
      if (child !== undefined) {
        this.#take(child, at);
        return;
      }
      if (bytes[at] === quote) at = skipString(this.#json, at + 1);
      else at = this.#skip(at);
      // The usual way on is straight to the next member.
      if (bytes[at] !== comma || bytes[at + 1] !== quote) break;
      at += 2;
    }
    this.#at = at;
  }

  /** Takes the value at `at`, which stands at a wanted node. */
  #take(node: PathNode, at: number): void {
    const byte = this.#json.bytes[at];
    if (byte === openBrace || byte === openBracket) {
      const array = byte === openBracket;
      if (node.children.length === 0 && !(array && node.slot >= 0)) {
        this.#at = this.#skip(at);
      } else {
        this.#at = at + 1;
        this.#push(node, array);
      }
      return;
    }
    this.#at = this.#skip(at);
    if (node.slot >= 0) this.#record(node.slot, at, this.#at);
  }

  /** The offset behind the value at `at`. */
  #skip(at: number): number {
    const { bytes } = this.#json;
    const byte = bytes[at];
    if (byte === quote) return skipString(this.#json, at + 1);
    if (byte === openBrace || byte === openBracket) return skipContainer(this.#json, at + 1, this.#end);
    return skipScalar(bytes, at);
  }

  #push(node: PathNode, array: boolean): void {
    this.#nodes[this.#depth] = node;
    this.#isArray[this.#depth++] = array;
    if (array) this.#arrays++;
  }

  #record(slot: number, start: number, end: number): void {
    if (this.#seen[slot] !== this.#mark) {
      this.#seen[slot] = this.#mark;
      this.#starts[slot] = start;
      this.#ends[slot] = end;
      this.#more[slot] = undefined;
    } else {
      const more = this.#more[slot];
      if (more === undefined) this.#more[slot] = [{ start, end }];
      else more.push({ start, end });
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
    return new ManyValues([first, ...more.map(({ start, end }) => this.#value(start, end))]);
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
        return readDecimal(this.#json.bytes, start, end) ?? numberFromText(this.#slice(start, end));
    }
  }

  #string(start: number, end: number): string {
    const raw = this.#slice(start, end);
    if (!raw.includes('\\')) return raw;
    try {
      return JSON.parse(`"${raw}"`) as string;
    } catch {
      // Only in a text that is no JSON.
      return raw;
    }
  }

  #slice(start: number, end: number): string {
    return this.#ascii ? this.#text.slice(start, end) : decoder.decode(this.#json.bytes.subarray(start, end));
  }

  #skipSpace(from: number): number {
    const { bytes } = this.#json;
    let at = from;
    while ((bytes[at] as number) <= 0x20 && at < this.#end) at++;
    return at;
  }

  #encode(text: string): void {
    const most = text.length * 3 + 8;
    const size = this.#json.bytes.length;
    if (size < most || (size > largestKept && size > most * 8)) this.#json = allocate(Math.max(smallest, most * 2));
    const { written } = encoder.encodeInto(text, this.#json.bytes);
    this.#text = text;
    this.#end = written;
    this.#ascii = written === text.length;
    // A text that is cut off ends as a string would, even behind a backslash, so that no loop runs past it.
    this.#json.bytes[written] = quote;
    this.#json.bytes[written + 1] = quote;
    if (!this.#ascii && loneSurrogate.test(text)) {
      // Half a pair has no bytes of its own, but an escape.
      this.#encode(text.replace(loneSurrogates, (half) => `\\u${half.charCodeAt(0).toString(16)}`));
    }
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const loneSurrogate = /\p{Surrogate}/u;
const loneSurrogates = /\p{Surrogate}/gu;

function allocate(size: number): JsonBytes {
  const bytes = new Uint8Array(size);
  return { bytes, view: new DataView(bytes.buffer) };
}
