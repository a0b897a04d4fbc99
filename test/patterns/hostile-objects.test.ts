import { describe, expect, test } from 'vitest';
import { compilePattern, explainPattern, parsePattern, RuleIndex, testPattern } from '../../src/patterns.js';

const noObjects = [undefined, null, 5, Number.NaN, true, Symbol('s'), 5n, () => ({}), class {}] as const;
const cycle: { a: number; itself?: unknown } = { a: 1 };
cycle.itself = cycle;
const throwing = new Proxy(
  {},
  { get: fail, ownKeys: fail, getOwnPropertyDescriptor: fail, has: fail, getPrototypeOf: fail },
);
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();

/** Objects that have no JSON text. */
const unwritable: readonly (readonly [string, object])[] = [
  ['a cycle', cycle],
  ['a cycle of arrays', { a: cycleOfArrays() }],
  ['a bigint', { a: 5n }],
  ['a getter that throws', Object.defineProperty({}, 'a', { get: fail, enumerable: true })],
  ['a toJSON that throws', { a: { toJSON: fail } }],
  ['a toJSON that throws no error', { a: { toJSON: () => throwIt('text') } }],
  ['a toJSON that throws undefined', { toJSON: () => throwIt(undefined) }],
  [
    'a toJSON that throws an error without a message',
    { a: { toJSON: () => throwIt(Object.assign(new Error(), { message: 5 })) } },
  ],
  ['a toJSON that throws a dead proxy', { a: { toJSON: () => throwIt(revoked) } }],
  ['a toJSON that gives nothing', { toJSON: () => undefined }],
  ['a toJSON that gives a number', { toJSON: () => 5 }],
  ['a proxy whose traps throw', throwing],
  ['a proxy inside', { a: throwing }],
  ['a revoked proxy', revoked],
  ['a revoked proxy inside', { a: revoked }],
  ['an array', [1]],
  ['a boxed string', new String('{}')],
  ['a date', new Date(0)],
];

/** Objects that mean another JSON text than one might think. */
const unusual: readonly (readonly [string, object])[] = [
  ['a member that is undefined', { a: undefined }],
  ['a member that is a function', { a: () => 1 }],
  ['a member that is a symbol', { a: Symbol('s'), [Symbol('a')]: 1 }],
  ['NaN', { a: Number.NaN }],
  ['Infinity', { a: Number.POSITIVE_INFINITY }],
  ['-0', { a: -0 }],
  ['elements that JSON cannot write', { a: [undefined, () => 1, Symbol('s')] }],
  ['an array with holes', { a: Object.assign(new Array(1), { 1: 1 }) }],
  ['an array with other members', { a: Object.assign([2], { b: 1 }) }],
  ['boxed values', { a: new Number(1), b: new String('x'), c: new Boolean(true) }],
  ['a date', { a: new Date(0) }],
  ['an invalid date', { a: new Date(Number.NaN) }],
  ['a map', { a: new Map([['b', 1]]) }],
  ['an object without a prototype', Object.assign(Object.create(null), { a: 1 })],
  ['an inherited member', Object.create({ a: 1 })],
  ['a member of a class that is not enumerable', Object.defineProperty(new (class {})(), 'a', { value: 1 })],
  ['a getter of its own', Object.defineProperty({}, 'a', { get: () => 1, enumerable: true })],
  [
    'an instance with a getter',
    new (class {
      get a(): number {
        return 1;
      }
    })(),
  ],
  [
    'an instance with a field',
    new (class {
      a = { b: 1 };
    })(),
  ],
  ['a toJSON of its own', { toJSON: () => ({ a: 1 }) }],
  ['a toJSON inside', { a: { b: 2, toJSON: () => ({ b: 1 }) } }],
  ['a toJSON on an array', { a: Object.assign([2], { toJSON: () => [1] }) }],
  ['a toJSON in an array', { a: [{ toJSON: () => 1 }, { toJSON: () => undefined }] }],
  ['a toJSON that is asked only once', { a: { toJSON: () => ({ b: 1, toJSON: () => 2 }) } }],
  ['a toJSON that is told the name', { a: { toJSON: (name: string) => (name === 'a' ? 1 : 2) } }],
  ['a toJSON in an array that is told the index', { a: [{ toJSON: (name: string) => (name === '0' ? 1 : 2) }] }],
  ['an object in two places', twice({ b: 1 })],
  ['a frozen object', Object.freeze({ a: Object.freeze([1]) })],
  ['a proxy', new Proxy({ a: 1 }, {})],
  ['own names of Object.prototype', JSON.parse('{"__proto__":{"a":1},"constructor":{"a":1},"toString":1}')],
  ['bytes', { a: new Uint8Array([1, 2]) }],
  ['a name of dots', { 'a.b': 1, a: { c: 2 } }],
];

const patterns: readonly object[] = [
  { a: [1] },
  { a: [{ exists: false }] },
  { a: [null, '1970-01-01T00:00:00.000Z'] },
  { a: { b: [1] } },
  { a: { 0: [1] } },
  { a: [{ 'anything-but': 5 }] },
  { constructor: { a: [1] } },
  { ['__proto__']: { a: [1] } },
  { toString: [{ exists: true }] },
  { b: ['x'], c: [true] },
];

describe('Hostile objects', () => {
  test.each(unwritable)('are refused as patterns: %s', (_name, object) => {
    expect(parsePattern(object)).toMatchObject({ ok: false });
    expectError(() => testPattern(object, {}), 'InvalidEventPatternException');
    expectError(() => compilePattern(object), 'InvalidEventPatternException');
    expectError(() => explainPattern(object, {}), 'InvalidEventPatternException');
    expectError(() => new RuleIndex().add('rule', object), 'InvalidEventPatternException');
  });

  test.each(unwritable)('are refused as events where they are looked at: %s', (_name, object) => {
    expectError(() => explainPattern({ a: [1] }, object), 'ValidationException');
    // These look only at what the pattern asks for.
    expectVerdictOrError(() => testPattern({ a: [1] }, object));
    expectVerdictOrError(() => compilePattern({ a: [1] }).test(object));
  });

  test.each(unwritable)('get a verdict or a clear error from an index: %s', (_name, object) => {
    for (const pattern of patterns) {
      const index = new RuleIndex<number>();
      index.add(1, pattern);
      index.add(2, { $or: [pattern, { x: { y: [1], z: [{ exists: false }] } }] });
      expectVerdictOrError(() => index.match(object));
      expect(index.match('{}')).toEqual(index.match({}));
    }
  });

  test.each(unusual)('mean their JSON text: %s', (_name, object) => {
    const text = JSON.stringify(object);
    for (const pattern of patterns) {
      const index = new RuleIndex<number>();
      index.add(1, pattern);
      const expected = testPattern(pattern, text);
      const found = {
        testPattern: testPattern(pattern, object),
        compilePattern: compilePattern(pattern).test(object),
        RuleIndex: index.match(object).length === 1,
        explainPattern: explainPattern(pattern, object).matches,
      };
      expect(found, JSON.stringify(pattern)).toEqual({
        testPattern: expected,
        compilePattern: expected,
        RuleIndex: expected,
        explainPattern: expected,
      });
      expect(String(explainPattern(pattern, object))).toBe(String(explainPattern(pattern, text)));
    }
  });

  test('of other types are refused by every function', () => {
    for (const value of noObjects) {
      const wrong = value as unknown as object;
      expect(parsePattern(wrong)).toMatchObject({ ok: false });
      expectError(() => testPattern(wrong, '{}'), 'InvalidEventPatternException');
      expectError(() => testPattern('{"a":[1]}', wrong), 'ValidationException');
      expectError(() => compilePattern(wrong), 'InvalidEventPatternException');
      expectError(() => compilePattern('{"a":[1]}').test(wrong), 'ValidationException');
      expectError(() => explainPattern(wrong, '{}'), 'InvalidEventPatternException');
      expectError(() => explainPattern('{"a":[1]}', wrong), 'ValidationException');
      const index = new RuleIndex<unknown>();
      expectError(() => index.add('rule', wrong), 'InvalidEventPatternException');
      index.add(value, '{"a":[1]}');
      expectError(() => index.match(wrong), 'ValidationException');
      expect(index.match('{"a":1}')).toEqual([value]);
      expect(index.delete(value)).toBe(true);
    }
  });

  test('whose code calls the index again leave its answer right', () => {
    const index = new RuleIndex<string>();
    index.add('one', { a: { b: [1] }, c: [3] });
    index.add('two', { a: { b: [2] }, c: [3] });
    const inner: string[][] = [];
    const object = {
      get a() {
        inner.push(index.match({ a: { b: 2 }, c: 3 }), index.match('{"a":{"b":2},"c":3}'));
        return { b: 1 };
      },
      c: 3,
    };
    expect(index.match(object)).toEqual(['one']);
    expect(new Set(inner.flat())).toEqual(new Set(['two']));
  });
});

function fail(): never {
  throw new Error('hostile');
}

function throwIt(value: unknown): never {
  throw value;
}

function twice(part: object): object {
  return { a: part, b: part, c: [part, part] };
}

function cycleOfArrays(): unknown[] {
  const array: unknown[] = [];
  array.push(array);
  return array;
}

function expectError(act: () => unknown, name: string): void {
  let thrown: unknown;
  try {
    act();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({ name, message: expect.stringContaining('is not valid. Reason: ') });
}

function expectVerdictOrError(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    expect(error).toMatchObject({ name: 'ValidationException' });
  }
}
