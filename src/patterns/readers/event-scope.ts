import { jsonErrorReason } from '../../base/describe.js';
import { JsonReader } from '../../base/json/json-reader.js';
import { JsonSyntaxError } from '../../base/json/json-syntax-error.js';
import { ServiceError } from '../../base/service-error.js';
import { eventNumber } from '../language/number.js';
import type { FieldValue } from '../language/pattern.js';
import type { PathNode } from './path-trie.js';

/**
 * The part of an event that is outside every array of objects, or within one element of such an array. Array
 * consistency is this tree: what a pattern takes from an array must all come from one of its elements.
 */
export interface EventScope {
  /** The values at each path, in the order of the event. The elements of an array of values are values of one path. */
  readonly values: Map<string, FieldValue[]>;
  /** The arrays in here that have two elements or more with something in them. */
  readonly arrays: EventArray[];
}

export interface EventArray {
  readonly elements: readonly EventScope[];
  /** Every path that some element holds a value for, at any depth. */
  readonly paths: ReadonlySet<string>;
}

interface Container {
  /** Where in the tree of wanted paths this is; undefined: nothing in here is asked for. */
  readonly node: PathNode | undefined;
  /** What scalars in here belong to. */
  readonly scope: EventScope;
  /** The elements so far, if this is an array. */
  readonly elements: EventScope[] | undefined;
}

/**
 * Reads the wanted fields of an event. Throws a `ValidationException` that says where, for text that is not one JSON object.
 * An event given as an object means its JSON text.
 */
export function readEvent(event: string | object, wanted: PathNode): EventScope {
  try {
    return new EventReading(eventText(event), wanted).read();
  } catch (error) {
    if (error instanceof JsonSyntaxError) throw invalidEvent(error.message);
    throw error;
  }
}

class EventReading {
  readonly #json: JsonReader;
  readonly #open: Container[] = [];
  #name = '';

  constructor(
    text: string,
    readonly wanted: PathNode,
  ) {
    this.#json = new JsonReader(text);
  }

  read(): EventScope {
    if (this.#json.next() !== '{') throw invalidEvent('an event is a JSON object');
    const root = emptyScope();
    this.#open.push({ node: this.wanted, scope: root, elements: undefined });
    while (this.#open.length > 0) this.#take(this.#open.at(-1) as Container);
    if (!this.#json.exhausted) throw invalidEvent('there is text behind its closing brace');
    return root;
  }

  #take(container: Container): void {
    const token = this.#json.next();
    switch (token) {
      case 'name':
        this.#name = this.#json.text;
        return;
      case '}':
        this.#open.pop();
        return;
      case ']':
        this.#open.pop();
        closeArray(container);
        return;
      case '{':
      case '[': {
        this.#open.push(this.#inner(container, token === '['));
        return;
      }
      default: {
        const node = this.#node(container);
        if (node === undefined || node.slot < 0) return;
        const values = container.scope.values.get(node.path);
        if (values === undefined) container.scope.values.set(node.path, [this.#value()]);
        else values.push(this.#value());
      }
    }
  }

  /** The node of the value that comes next in a container: an array's elements have the node of the array. */
  #node({ node, elements }: Container): PathNode | undefined {
    return elements === undefined ? node?.descend(this.#name) : node;
  }

  #inner(container: Container, array: boolean): Container {
    const node = this.#node(container);
    let { scope } = container;
    if (container.elements !== undefined && node !== undefined) {
      scope = emptyScope();
      container.elements.push(scope);
    }
    return { node, scope, elements: array ? [] : undefined };
  }

  #value(): FieldValue {
    switch (this.#json.token) {
      case 'string':
        return this.#json.text;
      case 'number':
        return eventNumber(this.#json.text);
      case 'null':
        return null;
      default:
        return this.#json.token === 'true';
    }
  }
}

/** A single element leaves nothing to choose: what it holds is as good as outside the array. */
function closeArray({ scope, elements = [] }: Container): void {
  const filled = elements.filter((element) => element.values.size > 0 || element.arrays.length > 0);
  const [only] = filled;
  if (filled.length === 1 && only !== undefined) {
    for (const [path, values] of only.values) {
      const known = scope.values.get(path) ?? [];
      // The fewer go to the more, or arrays in arrays would copy their values once for each level.
      const [fewer, more] = known.length < values.length ? [known, values] : [values, known];
      for (const value of fewer) more.push(value);
      scope.values.set(path, more);
    }
    for (const array of only.arrays) scope.arrays.push(array);
  } else if (filled.length > 1) {
    const paths = new Set<string>();
    for (const element of filled) {
      for (const path of element.values.keys()) paths.add(path);
      for (const array of element.arrays) for (const path of array.paths) paths.add(path);
    }
    scope.arrays.push({ elements: filled, paths });
  }
}

function emptyScope(): EventScope {
  return { values: new Map(), arrays: [] };
}

/** The JSON text of an event; a `ValidationException` for what has none. */
export function eventText(event: string | object): string {
  if (typeof event === 'string') return event;
  if (typeof event !== 'object' || event === null) throw invalidEvent('an event is JSON text or an object');
  let text: string | undefined;
  try {
    text = JSON.stringify(event);
  } catch (error) {
    throw invalidEvent(`the object cannot be serialized to JSON: ${jsonErrorReason(error)}`);
  }
  if (text === undefined) throw invalidEvent('the object cannot be serialized to JSON');
  return text;
}

function invalidEvent(reason: string): ServiceError {
  return new ServiceError('ValidationException', `Parameter Event is not valid. Reason: ${reason}`);
}
