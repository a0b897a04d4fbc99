import { decodeString } from '../base/json/json-scalars.js';
import { endOfString } from '../base/json/json-text.js';

/**
 * A value within a compact JSON text, known by its position: its numbers and the order of its members stay as they are written.
 * Its members and items are looked up once, on first use. The text must be valid JSON.
 */
export class JsonSlice {
  readonly #source: string;
  readonly #start: number;
  readonly #end: number;
  #members: ReadonlyMap<string, JsonSlice> | undefined;
  #items: readonly JsonSlice[] | undefined;

  constructor(source: string, start = 0, end = source.length) {
    this.#source = source;
    this.#start = start;
    this.#end = end;
  }

  get text(): string {
    return this.#source.slice(this.#start, this.#end);
  }

  /** The members of an object; of two with one name the last, as handlers see it. Of everything else none. */
  get members(): ReadonlyMap<string, JsonSlice> {
    this.#members ??= this.#findMembers();
    return this.#members;
  }

  /** The items of an array; of everything else none. */
  get items(): readonly JsonSlice[] {
    this.#items ??= this.#findItems();
    return this.#items;
  }

  #startsWith(bracket: string): boolean {
    return this.#source.charAt(this.#start) === bracket;
  }

  #findMembers(): ReadonlyMap<string, JsonSlice> {
    const members = new Map<string, JsonSlice>();
    if (!this.#startsWith('{')) return members;
    const source = this.#source;
    for (let at = this.#start + 1; at < this.#end - 1; at++) {
      const endOfName = endOfString(source, at);
      const start = endOfName + 2;
      const end = endOfValue(source, start);
      members.set(decodeString(source, at + 1, endOfName), new JsonSlice(source, start, end));
      at = end;
    }
    return members;
  }

  #findItems(): readonly JsonSlice[] {
    const items: JsonSlice[] = [];
    if (!this.#startsWith('[')) return items;
    for (let at = this.#start + 1; at < this.#end - 1; at++) {
      const end = endOfValue(this.#source, at);
      items.push(new JsonSlice(this.#source, at, end));
      at = end;
    }
    return items;
  }
}

/** Divides text into consecutive values. Of text that is not JSON at least one part is not JSON. */
export function jsonValues(text: string): { readonly start: number; readonly end: number }[] {
  const values: { start: number; end: number }[] = [];
  const beginning = /\S/gu;
  for (let match = beginning.exec(text); match !== null; match = beginning.exec(text)) {
    const start = match.index;
    const end = Math.max(start + 1, endOfValue(text, start));
    values.push({ start, end });
    beginning.lastIndex = end;
  }
  return values;
}

/** The offset behind the value that starts at `start`. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    switch (text.charAt(at)) {
      case '"':
        at = endOfString(text, at);
        if (depth === 0) return Math.min(at + 1, text.length);
        break;
      case '{':
      case '[':
        depth++;
        break;
      case '}':
      case ']':
        if (depth === 0) return at;
        if (--depth === 0) return at + 1;
        break;
      case ',':
      case ' ':
      case '\t':
      case '\n':
      case '\r':
        if (depth === 0) return at;
        break;
    }
  }
  return text.length;
}

/** One step of a path into a JSON value. */
export type PathStep =
  | { readonly kind: 'member'; readonly name: string }
  | { readonly kind: 'item'; readonly index: number }
  | { readonly kind: 'all' };

const step = /\.([A-Za-z0-9_/-]+)|\[(\d+|\*)\]/y;

/**
 * Reads a path as EventBridge knows it: `$`, then `.name` any number of times, with `[0]` or `[*]` behind a name. Returns
 * `undefined` for every other text: PutTargets rejects those.
 */
export function parsePath(text: string): readonly PathStep[] | undefined {
  if (!text.startsWith('$')) return undefined;
  const steps: PathStep[] = [];
  for (let at = 1; at < text.length; at = step.lastIndex) {
    step.lastIndex = at;
    const match = step.exec(text);
    const [, name, index] = match ?? [];
    // `$[0]` is not a path either.
    if (match === null || (name === undefined && at === 1)) return undefined;
    if (name !== undefined) steps.push({ kind: 'member', name });
    else if (index === '*') steps.push({ kind: 'all' });
    else steps.push({ kind: 'item', index: Number(index) });
  }
  return steps;
}

/**
 * Returns the JSON text of what a path selects, `undefined` if that is nothing. From its first `[*]` on a path selects a list of
 * everything that the rest of it reaches.
 */
export function selectPath(root: JsonSlice, path: readonly PathStep[]): string | undefined {
  let slices: readonly JsonSlice[] = [root];
  let isList = false;
  for (const next of path) {
    if (next.kind === 'all') isList = true;
    slices = slices.flatMap((slice) => childrenOf(slice, next));
    if (slices.length === 0 && !isList) return undefined;
  }
  return isList ? `[${slices.map(({ text }) => text).join(',')}]` : slices[0]?.text;
}

function childrenOf(slice: JsonSlice, next: PathStep): readonly JsonSlice[] {
  if (next.kind === 'all') return slice.items;
  const child = next.kind === 'member' ? slice.members.get(next.name) : slice.items[next.index];
  return child === undefined ? [] : [child];
}
