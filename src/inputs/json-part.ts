import { decodeString } from '../base/json/json-scalars.js';
import { endOfString } from '../base/json/json-text.js';

/**
 * A value within a compact JSON text, known by where it stands: its numbers and the order of its members stay as they
 * are written. What it holds is looked for once, when somebody first asks. The text must be valid JSON.
 */
export class JsonPart {
  readonly #source: string;
  readonly #start: number;
  readonly #end: number;
  #members: ReadonlyMap<string, JsonPart> | undefined;
  #items: readonly JsonPart[] | undefined;

  constructor(source: string, start = 0, end = source.length) {
    this.#source = source;
    this.#start = start;
    this.#end = end;
  }

  get text(): string {
    return this.#source.slice(this.#start, this.#end);
  }

  /** The members of an object; of two with one name the last, as handlers see it. Of everything else none. */
  get members(): ReadonlyMap<string, JsonPart> {
    this.#members ??= this.#findMembers();
    return this.#members;
  }

  /** The items of an array; of everything else none. */
  get items(): readonly JsonPart[] {
    this.#items ??= this.#findItems();
    return this.#items;
  }

  #startsWith(bracket: string): boolean {
    return this.#source.charAt(this.#start) === bracket;
  }

  #findMembers(): ReadonlyMap<string, JsonPart> {
    const members = new Map<string, JsonPart>();
    if (!this.#startsWith('{')) return members;
    const source = this.#source;
    for (let at = this.#start + 1; at < this.#end - 1; at++) {
      const endOfName = endOfString(source, at);
      const start = endOfName + 2;
      const end = endOfValue(source, start);
      members.set(decodeString(source, at + 1, endOfName), new JsonPart(source, start, end));
      at = end;
    }
    return members;
  }

  #findItems(): readonly JsonPart[] {
    const items: JsonPart[] = [];
    if (!this.#startsWith('[')) return items;
    for (let at = this.#start + 1; at < this.#end - 1; at++) {
      const end = endOfValue(this.#source, at);
      items.push(new JsonPart(this.#source, at, end));
      at = end;
    }
    return items;
  }
}

/** The offset behind the value that starts at `start`. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22:
        at = endOfString(text, at);
        if (depth === 0) return at + 1;
        break;
      case 0x7b:
      case 0x5b:
        depth++;
        break;
      case 0x7d:
      case 0x5d:
        if (depth === 0) return at;
        if (--depth === 0) return at + 1;
        break;
      case 0x2c:
        if (depth === 0) return at;
        break;
    }
  }
  return text.length;
}
