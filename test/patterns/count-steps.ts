import { expect } from 'vitest';
import { JsonReader } from '../../src/base/json/json-reader.js';
import { Bucket } from '../../src/patterns/index/bucket.js';
import { IndexMatch } from '../../src/patterns/index/index-match.js';
import { KeyTable } from '../../src/patterns/index/key-table.js';
import { StringArena } from '../../src/patterns/index/large-key-table.js';
import { Placement } from '../../src/patterns/index/placement.js';
import { ObjectEvent } from '../../src/patterns/readers/object-event.js';
import { PathNode } from '../../src/patterns/readers/path-trie.js';
import { TextEvent } from '../../src/patterns/readers/text-event.js';
import { Rule, SharedField } from '../../src/patterns/reference/rule.js';

let steps = 0;

/** Counts steps that are taken where no method can be watched. */
export function takeSteps(count: number): void {
  steps += count;
}

/**
 * How many steps `act` takes: calls of the index's own methods, elements that methods of arrays go through, characters that
 * methods of strings look at, lookups in maps and sets.
 */
export function stepsOf(act: () => void): number {
  const restores = watched.flatMap(([prototype, names, weigh]) => names.map((name) => watch(prototype, name, weigh)));
  steps = 0;
  try {
    act();
    return steps;
  } finally {
    for (const restore of restores) restore();
  }
}

// biome-ignore lint/suspicious/noExplicitAny: methods of any prototype are called with whatever they are called with.
type Method = (this: any, ...parameters: any[]) => any;
// biome-ignore lint/suspicious/noExplicitAny: the same holds for what they return.
type Weigh = (self: any, parameters: readonly any[], result: any) => number;

const one: Weigh = () => 1;
const length: Weigh = (self) => 1 + (self as ArrayLike<unknown>).length;
const firstLength: Weigh = (_, [text]) => 1 + (text as string).length;
// Each place may be compared with all that is wanted.
const places: Weigh = (self, [wanted, from = 0], place) =>
  1 + ((place < 0 ? self.length : place) - from + 1) * wanted.length;

const watched: readonly (readonly [object, readonly PropertyKey[], Weigh])[] = [
  [Bucket.prototype, ['add', 'forget', 'shrink', 'match', 'drop'], one],
  [KeyTable.prototype, ['holds', 'match', 'matchText'], one],
  [StringArena.prototype, ['add', 'copy', 'at'], one],
  [IndexMatch.prototype, ['check', 'verify'], one],
  [Rule.prototype, ['isDue', 'matches'], one],
  [Placement.prototype, ['isDecidedBy', 'fieldAt', 'settle', 'leave', 'remove'], one],
  [SharedField.prototype, ['anchors', 'holds'], one],
  [PathNode.prototype, ['child', 'find', 'addChild', 'prune'], one],
  [TextEvent.prototype, ['read', 'inArray'], one],
  [ObjectEvent.prototype, ['read', 'inArray'], one],
  [JsonReader.prototype, ['next'], one],
  [Map.prototype, ['get', 'set', 'has', 'delete'], one],
  [Set.prototype, ['add', 'has'], one],
  [Array.prototype, ['filter', 'map', 'flatMap', 'some', 'every', 'find', 'sort', 'includes', 'splice'], length],
  [Array.prototype, [Symbol.iterator], length],
  [String.prototype, ['charCodeAt'], one],
  [String.prototype, ['startsWith', 'endsWith'], firstLength],
  [String.prototype, ['indexOf'], places],
  [String.prototype, ['toLowerCase', 'toUpperCase', 'replace', 'split'], length],
  [RegExp.prototype, ['test', 'exec'], firstLength],
];

function watch(prototype: object, name: PropertyKey, weigh: Weigh): () => void {
  const methods = prototype as Record<PropertyKey, Method>;
  const method = methods[name] as Method;
  const replace = (value: Method): void => {
    Object.defineProperty(prototype, name, { value, writable: true, configurable: true, enumerable: false });
  };
  replace(function (...parameters) {
    const result = method.apply(this, parameters);
    steps += weigh(this, parameters, result);
    return result;
  });
  return () => replace(method);
}

/** The same object, each look at one of its members counted as a step. */
export function counting<T extends object>(object: T): T {
  return new Proxy(object, {
    get(target, name, receiver) {
      steps++;
      const value: unknown = Reflect.get(target, name, receiver);
      return typeof value === 'object' && value !== null ? counting(value) : value;
    },
  });
}

/** Twice the size may take little more than twice the steps. */
const most = 2.2;

/** Counts the steps of work of two sizes; `least`: so many are seen of the smaller one, or nobody has counted. */
export function expectLinear(n: number, prepare: (n: number) => () => void, least = n): void {
  const once = stepsOf(prepare(n));
  const twice = stepsOf(prepare(2 * n));
  expect(once).toBeGreaterThan(least);
  expect(twice / once).toBeLessThan(most);
}

export function repeat(n: number, item: (i: number) => string): readonly string[] {
  return Array.from({ length: n }, (_, i) => item(i));
}

export function list(n: number, item: (i: number) => string): string {
  return repeat(n, item).join();
}

/** Names of which each has the same hash in a table of names: `Aa` and `BB` have. */
export function alike(i: number): string {
  return Array.from({ length: 14 }, (_, bit) => ((i >> bit) & 1 ? 'Aa' : 'BB')).join('');
}
