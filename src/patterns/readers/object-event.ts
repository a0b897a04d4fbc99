import { jsonErrorReason } from '../../base/describe.js';
import { ServiceError } from '../../base/service-error.js';
import type { FieldValue } from '../language/pattern.js';
import { type EventReader, ManyValues } from './event-reader.js';
import { type EventScope, readEvent } from './event-scope.js';
import type { PathTrie, Spelling } from './path-trie.js';

type Members = { readonly [name: string]: unknown };

const maxDepth = 1000;

/**
 * An event as an object, which means its JSON text: each path is looked up when it is asked for. Of plain objects every member
 * is taken to be enumerable. Whatever the object's own code throws comes out as a `ValidationException`.
 */
export class ObjectEvent implements EventReader {
  #event: object = {};
  #scope: EventScope | undefined;
  /** Identifies the present event: values with another mark are from an earlier event. */
  #mark = 0;
  readonly #readMark: number[] = [];
  readonly #values: (FieldValue | ManyValues | undefined)[] = [];
  readonly #nested: boolean[] = [];
  // What is found of the path that is being read.
  #first: FieldValue | undefined;
  #found: FieldValue[] | undefined;
  #inArray = false;
  #isPlain = false;
  /** The last object in the event that was plain and had no `toJSON`: most paths lead through the same. */
  #plain: object | undefined;
  isNested = false;

  constructor(readonly trie: PathTrie) {}

  begin(event: object): void {
    this.#mark++;
    this.#scope = undefined;
    this.#plain = undefined;
    this.isNested = false;
    if (typeof event !== 'object' || event === null) throw invalidEvent('an event is JSON text or an object');
    try {
      const value = hasToJson(event) ? event.toJSON('') : event;
      if (typeof value !== 'object' || value === null || Array.isArray(value) || isBoxed(value)) {
        throw invalidEvent('an event is a JSON object');
      }
      this.#event = value;
      this.#isPlain = isPlain(value);
    } catch (error) {
      throw toInvalidEvent(error);
    }
  }

  read(slot: number): FieldValue | ManyValues | undefined {
    if (this.#readMark[slot] === this.#mark) return this.#values[slot];
    this.#first = undefined;
    this.#found = undefined;
    this.#inArray = false;
    const spellings = this.trie.nodes[slot]?.spellings;
    try {
      if (spellings === undefined) this.#fromScope(this.scope(), slot, false);
      else this.#object(this.#event as Members, spellings, false, 0);
    } catch (error) {
      throw toInvalidEvent(error);
    }
    const value = this.#found === undefined ? this.#first : new ManyValues(this.#found);
    this.#readMark[slot] = this.#mark;
    this.#values[slot] = value;
    this.#nested[slot] = this.#inArray;
    if (this.#inArray) this.isNested = true;
    return value;
  }

  inArray(slot: number): boolean {
    this.read(slot);
    return this.#nested[slot] === true;
  }

  scope(): EventScope {
    this.#scope ??= readEvent(this.#event, this.trie.root);
    return this.#scope;
  }

  /** Each path is looked up in every spelling. */
  foundRepeats(): boolean {
    return false;
  }

  #object(object: Members, spellings: readonly Spelling[], inArray: boolean, depth: number): void {
    const plain = object === this.#plain || (object === this.#event ? this.#isPlain : isPlain(object));
    for (let i = 0; i < spellings.length; i++) {
      const { name, inherited, rest } = spellings[i] as Spelling;
      if (inherited && !Object.hasOwn(object, name)) continue;
      const value = object[name];
      if (value !== undefined && (plain || isEnumerable.call(object, name))) {
        this.#value(value, name, rest, inArray, depth + 1);
      }
    }
  }

  /** `key` is the value's name or index; `rest` is the rest of the path within the value; undefined at its end. */
  #value(
    given: unknown,
    key: string | number,
    rest: readonly Spelling[] | undefined,
    inArray: boolean,
    depth: number,
  ): void {
    let value = given;
    if (typeof value === 'object' && value !== null) {
      if (depth > maxDepth) throw invalidEvent(`it is nested deeper than ${maxDepth} levels`);
      if (value !== this.#plain) {
        if (hasToJson(value)) value = value.toJSON(String(key));
        else if (isPlain(value)) this.#plain = value;
      }
      if (Array.isArray(value)) {
        this.#array(value, rest, inArray, depth);
        return;
      }
      if (rest !== undefined && typeof value === 'object' && value !== null) {
        this.#object(value as Members, rest, inArray, depth);
        return;
      }
      if (typeof value === 'object' && value !== null && isBoxed(value)) value = value.valueOf();
    }
    if (rest !== undefined) return;
    // An element that JSON cannot write becomes null.
    const notSerialized = value === undefined || typeof value === 'function' || typeof value === 'symbol';
    this.#scalar(typeof key === 'number' && notSerialized ? null : value, inArray);
  }

  #array(array: readonly unknown[], rest: readonly Spelling[] | undefined, inArray: boolean, depth: number): void {
    for (let i = 0; i < array.length; i++) {
      const element = array[i];
      const container = typeof element === 'object' && element !== null;
      this.#value(element, i, rest, container || inArray, depth + 1);
    }
  }

  #scalar(value: unknown, inArray: boolean): void {
    if (typeof value === 'bigint') throw invalidEvent('the object cannot be serialized to JSON: it holds a bigint');
    if (!isScalar(value)) return;
    this.#addValue(typeof value === 'number' && !Number.isFinite(value) ? null : value, inArray);
  }

  #addValue(value: FieldValue, inArray: boolean): void {
    if (inArray) this.#inArray = true;
    if (this.#found !== undefined) this.#found.push(value);
    else if (this.#first === undefined) this.#first = value;
    else this.#found = [this.#first, value];
  }

  #fromScope(scope: EventScope, slot: number, inArray: boolean): void {
    const path = this.trie.nodes[slot]?.path ?? '';
    for (const value of scope.values.get(path) ?? []) this.#addValue(value, inArray);
    for (const { elements } of scope.arrays) for (const element of elements) this.#fromScope(element, slot, true);
  }
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

const isEnumerable = Object.prototype.propertyIsEnumerable;

function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === Object.prototype || prototype === null;
}

function isBoxed(value: object): boolean {
  return value instanceof String || value instanceof Number || value instanceof Boolean;
}

function toInvalidEvent(error: unknown): ServiceError {
  return isServiceError(error)
    ? error
    : invalidEvent(`the object cannot be serialized to JSON: ${jsonErrorReason(error)}`);
}

/** `instanceof` throws for a revoked Proxy, which an object's own code may throw. */
function isServiceError(error: unknown): error is ServiceError {
  try {
    return error instanceof ServiceError;
  } catch {
    return false;
  }
}

function hasToJson(value: object): value is { toJSON(key: string): unknown } {
  return typeof (value as { toJSON?: unknown }).toJSON === 'function';
}

function invalidEvent(reason: string): ServiceError {
  return new ServiceError('ValidationException', `Parameter Event is not valid. Reason: ${reason}`);
}
