import { describe, expect, test } from 'vitest';
import { type Difference, explainPattern } from '../../src/patterns.js';

type Sentence = readonly [pattern: object, event: object | string, sentence: string];

const values: readonly Sentence[] = [
  [{ source: ['com.shop'] }, { source: 'com.bank' }, 'source is "com.bank", wanted "com.shop"'],
  [
    { 'detail-type': ['Order Placed'] },
    { 'detail-type': 'Order placed' },
    'detail-type is "Order placed", wanted "Order Placed" (case differs)',
  ],
  [{ a: ['x', 'y', 'z'] }, { a: 'w' }, 'a is "w", wanted "x", "y" or "z"'],
  [{ a: ['p', 'q', 'r', 's', 't', 'u', 'v'] }, { a: 'w' }, 'a is "w", wanted "p", "q", "r", "s", "t" or 2 more'],
  [{ a: ['x'] }, { a: 'y'.repeat(200) }, `a is "${'y'.repeat(79)}…, wanted "x"`],
  [{ a: ['5'] }, { a: 5 }, 'a is 5, a number; wanted "5", a string'],
  [{ a: [5] }, { a: '5' }, 'a is "5", a string; wanted 5, a number'],
  [{ a: [true] }, { a: 'true' }, 'a is "true", a string; wanted true, a boolean'],
  [{ a: [null] }, { a: 'null' }, 'a is "null", a string; wanted null'],
  [{ a: ['null'] }, { a: null }, 'a is null; wanted "null", a string'],
  [{ a: [9007199254740992] }, '{"a":9007199254740993}', 'a is 9007199254740993, wanted 9007199254740992'],
  [{ '': [1] }, { '': 2 }, '"" is 2, wanted 1'],
];

const operators: readonly Sentence[] = [
  [{ a: [{ prefix: 'Foo' }] }, { a: 'bar' }, 'a is "bar", wanted prefix "Foo"'],
  [{ a: [{ prefix: 'Foo' }] }, { a: 'foobar' }, 'a is "foobar", wanted prefix "Foo" (case differs)'],
  [{ a: [{ suffix: '.PNG' }] }, { a: 'x.png' }, 'a is "x.png", wanted suffix ".PNG" (case differs)'],
  [{ a: [{ prefix: { 'equals-ignore-case': 'foo' } }] }, { a: 'x' }, 'a is "x", wanted prefix "foo" in any case'],
  [{ a: [{ 'equals-ignore-case': 'foo' }] }, { a: 'x' }, 'a is "x", wanted "foo" in any case'],
  [{ a: [{ wildcard: 'A*' }] }, { a: 'abc' }, 'a is "abc", wanted wildcard "A*" (case differs)'],
  [{ a: [{ wildcard: 'a*c' }] }, { a: 5 }, 'a is 5, a number; wanted wildcard "a*c", a string'],
  [{ a: [{ cidr: '10.0.0.0/8' }] }, { a: '11.0.0.1' }, 'a is "11.0.0.1", wanted an address in 10.0.0.0/8'],
  [{ a: ['10.0.0.1'] }, { a: '10.0.0.2' }, 'a is "10.0.0.2", wanted the address "10.0.0.1"'],
  [{ a: [{ 'anything-but': 'x' }] }, { a: 'x' }, 'a is "x", wanted anything but "x"'],
  [{ a: [{ 'anything-but': [1, 2] }] }, { a: 2 }, 'a is 2, wanted anything but 1 or 2'],
  [{ a: [{ 'anything-but': { prefix: 'x' } }] }, { a: 'xy' }, 'a is "xy", wanted anything but prefix "x"'],
  [
    { a: [{ 'anything-but': { wildcard: ['x*', '*y'] } }] },
    { a: 'xy' },
    'a is "xy", wanted anything but wildcard "x*" or wildcard "*y"',
  ],
  [{ a: [{ exists: false }] }, { a: 1 }, 'a: present (1); wanted absent'],
  [{ a: ['x', { exists: false }] }, { a: 'y' }, 'a is "y", wanted "x" or no value'],
  [{ a: [{ prefix: 'x' }, { numeric: ['>', 5] }] }, { a: 5 }, 'a is 5, wanted prefix "x" or > 5'],
];

const numbers: readonly Sentence[] = [
  [{ detail: { total: [{ numeric: ['>', 100] }] } }, { detail: { total: 99 } }, 'detail.total: 99 is not > 100'],
  [{ a: [{ numeric: ['>=', 0, '<', 5] }] }, { a: 5 }, 'a: 5 is not >= 0 and < 5'],
  [{ a: [{ numeric: ['<', 0] }, { numeric: ['>', 9] }] }, { a: 5 }, 'a: 5 is not < 0 or > 9'],
  [{ a: [{ numeric: ['=', 5] }] }, { a: 6 }, 'a is 6, wanted 5'],
  [
    { detail: { total: [{ numeric: ['>', 100] }] } },
    { detail: { total: '120' } },
    'detail.total is "120", a string; numeric matches numbers only',
  ],
  [{ a: [{ numeric: ['>', 1] }] }, { a: null }, 'a is null; numeric matches numbers only'],
  [{ a: [{ numeric: ['>', 1] }] }, { a: true }, 'a is true, a boolean; numeric matches numbers only'],
  [
    { a: [{ numeric: ['>', 1] }] },
    '{"a":9007199254740993}',
    'a: 9007199254740993 is not > 1 (it is more exact than a double, so it is not compared)',
  ],
];

const nothing: readonly Sentence[] = [
  [{ detail: { status: ['paid', 'open'] } }, { detail: {} }, 'detail.status: missing; wanted "paid" or "open"'],
  [{ a: [{ exists: true }] }, {}, 'a: missing; wanted a value'],
  [{ a: [{ 'anything-but': 'x' }] }, {}, 'a: missing; wanted anything but "x"'],
  [{ a: { b: [1] } }, { a: { B: 1 } }, 'a.b: missing (the event has a.B); wanted 1'],
  [{ detailType: ['x'] }, { 'detail-type': 'x' }, 'detailType: missing (the event has detail-type); wanted "x"'],
  [{ detail: { a: { b: [1] } } }, { detail: '{"a":{"b":1}}' }, 'detail.a.b: missing (detail is a string); wanted 1'],
  [{ detail: { a: [1] } }, { detail: { a: { b: 1 } } }, 'detail.a is an object, wanted 1'],
  [{ a: [{ exists: true }] }, { a: [] }, 'a is an array without values, wanted a value'],
  [{ a: [{ exists: true }] }, { a: [[], {}] }, 'a is an array without values, wanted a value'],
];

const arrays: readonly Sentence[] = [
  [{ a: ['x'] }, { a: ['p', 'q'] }, 'a holds "p" and "q"; wanted "x"'],
  [{ a: ['x'] }, { a: ['X', 'q'] }, 'a holds "X" and "q"; wanted "x" (case differs)'],
  [{ a: [9] }, { a: [1, 2, 3, 4, 5, 6, 7] }, 'a holds 1, 2, 3, 4, 5 and 2 more; wanted 9'],
  [{ a: [9] }, { a: [1] }, 'a is 1, wanted 9'],
  [{ a: [{ exists: false }] }, { a: [1, 2] }, 'a: present (1 and 2); wanted absent'],
  [{ x: { k: ['c'], v: [1] } }, { x: [{ k: 'a', v: 1 }, { k: 'b' }] }, 'x.k holds "a" and "b"; wanted "c"'],
  [
    { detail: { items: { sku: ['a'], quantity: [2] } } },
    {
      detail: {
        items: [
          { sku: 'a', quantity: 1 },
          { sku: 'b', quantity: 2 },
        ],
      },
    },
    'detail.items.sku, detail.items.quantity: each matched, but in different elements of detail.items',
  ],
  [
    { x: { y: { k: [1], l: [2] } } },
    { x: [{ y: [{ k: 1 }, { l: 2 }] }] },
    'x.y.k, x.y.l: each matched, but in different elements of x.y',
  ],
  [
    { x: { k: [1], $or: [{ l: [2] }, { m: [3] }] } },
    { x: [{ k: 1, m: 9 }, { l: 2 }] },
    'x.k, x.l: each matched, but in different elements of x',
  ],
  [
    { x: { k: [1], l: [{ exists: false }] } },
    { x: [{ k: 1, l: 2 }, { k: 3 }] },
    'x.l: present in some element of x; wanted absent',
  ],
];

describe('An explanation', () => {
  test.each([...values, ...operators, ...numbers, ...nothing, ...arrays])(
    'of %j on %j: %s',
    (pattern, event, sentence) => {
      const explained = explainPattern(pattern, event);
      expect(explained.matches).toBe(false);
      expect(explained.differences.map(({ message }) => message)).toEqual([sentence]);
      expect(String(explained)).toBe(sentence);
    },
  );

  test('of a match says so and has no differences', () => {
    const explained = explainPattern({ a: [1] }, { a: 1 });
    expect(explained).toMatchObject({ matches: true, differences: [] });
    expect(String(explained)).toBe('matches');
  });

  test('lists every difference in the order of the pattern, one a line', () => {
    const pattern = {
      source: ['com.shop'],
      'detail-type': ['Order Placed'],
      detail: { total: [{ numeric: ['>', 100] }] },
    };
    const event = { detail: { total: 20 }, 'detail-type': 'Order placed', source: 'com.shop' };
    expect(String(explainPattern(pattern, event))).toMatchInlineSnapshot(`
      "detail-type is "Order placed", wanted "Order Placed" (case differs)
      detail.total: 20 is not > 100"
    `);
  });

  test('shows the branches of an $or below it', () => {
    const pattern = { x: [1], $or: [{ a: [1] }, { b: [2], c: [3] }, { $or: [{ d: [4] }, { e: [5] }] }] };
    expect(String(explainPattern(pattern, { a: 2, c: 3, e: 6 }))).toMatchInlineSnapshot(`
      "x: missing; wanted 1
      no branch of $or matches
        either
          a is 2, wanted 1
        or
          b: missing; wanted 2
        or
          no branch of $or matches
            either
              d: missing; wanted 4
            or
              e is 6, wanted 5"
    `);
  });

  test('gives the same as data: paths, and the differences of each branch', () => {
    const pattern = { y: { k: [1], l: [2] }, $or: [{ a: [1] }, { b: [2] }] };
    const { differences } = explainPattern(pattern, { y: [{ k: 1 }, { l: 2 }], b: 3 });
    const expected: readonly Difference[] = [
      {
        kind: 'or',
        branches: [
          [{ kind: 'field', path: 'a', message: 'a: missing; wanted 1' }],
          [{ kind: 'field', path: 'b', message: 'b is 3, wanted 2' }],
        ],
        message: 'no branch of $or matches: a: missing; wanted 1 | b is 3, wanted 2',
      },
      {
        kind: 'array',
        paths: ['y.k', 'y.l'],
        message: 'y.k, y.l: each matched, but in different elements of y',
      },
    ];
    expect(differences).toEqual(expected);
  });

  test('names only the fields that count where one path is written twice', () => {
    expect(String(explainPattern('{"a":[1],"$or":[{"a":[2]},{"b":[3]}],"b":[4]}', { a: 5 }))).toMatchInlineSnapshot(`
      "b: missing; wanted 4
      no branch of $or matches
        either
          a is 5, wanted 2
        or
          a is 5, wanted 1"
    `);
  });

  test('stops after 60 lines', () => {
    const pattern = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`a${i}`, [1]]));
    const explained = explainPattern(pattern, {});
    expect(explained.differences).toHaveLength(100);
    const lines = String(explained).split('\n');
    expect(lines).toHaveLength(61);
    expect(lines.at(-1)).toBe('…');
  });

  test('is the same for an event as text and as an object', () => {
    const event = { detail: '{}', list: [{ a: 1 }, { b: [] }], when: new Date(0) };
    const pattern = { detail: { x: [1] }, list: { a: [1], b: [1] }, when: ['then'] };
    expect(String(explainPattern(pattern, event))).toBe(String(explainPattern(pattern, JSON.stringify(event))));
  });

  test('of an object reads its JSON text, even where the object itself has no end', () => {
    const endless: unknown[] = [];
    endless.push(endless);
    const event = { a: Object.assign(endless, { toJSON: () => [] }) };
    expect(String(explainPattern({ a: { b: [1] } }, event))).toBe('a.b: missing; wanted 1');
  });
});
