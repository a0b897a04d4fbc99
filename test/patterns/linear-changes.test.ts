import { queryObjects } from 'node:v8';
import { describe, expect, test } from 'vitest';
import { Bucket } from '../../src/patterns/index/bucket.js';
import { KeyTable } from '../../src/patterns/index/key-table.js';
import { AnchoredField, PlacedRule, Placement } from '../../src/patterns/index/placement.js';
import { Name } from '../../src/patterns/readers/names.js';
import { RuleIndex } from '../../src/patterns.js';
import { alike, expectLinear, list, repeat, stepsOf } from './count-steps.js';

const kinds: readonly (readonly [string, (i: number) => string])[] = [
  ['values', (i) => `{"a":["v${i}"]}`],
  ['starts of many lengths', (i) => `{"a":[{"prefix":"${'x'.repeat(i % 40)}${i}"}]}`],
  ['paths', (i) => `{"p${i}":["v"]}`],
  ['a few on each of many paths', (i) => `{"p${i >> 3}":["v${i}"]}`],
  ['names with one hash', (i) => `{"${alike(i)}":["v"]}`],
  ['identical rules', () => '{"a":["v"],"b":[{"prefix":"v"}]}'],
  ['rules that cannot be filed', (i) => `{"a":[{"numeric":[">",${i}]}]}`],
  ['rules alike in all but one of 20 fields', (i) => `{${list(20, (k) => `"f${k}":["v"]`)},"a":["v${i}"]}`],
  [
    'many alternatives in each field',
    (i) => `{${list(4, (k) => `"f${k}":[${list(32, (j) => `${(i * 7 + j * (k + 1)) % 64}`)}]`)}}`,
  ],
  ['branches', (i) => `{"a":["v${i % 7}"],"$or":[${list(8, (k) => `{"o${k}":["v${i}"]}`)}]}`],
  [
    'keys in keys',
    (i) => `{"a":["v${i % 10}"],"b":["v${((i / 10) % 10) | 0}"],"c":["v${((i / 100) % 10) | 0}"],"d":["v${i}"]}`,
  ],
];

describe('Rules come and go in steps that do not depend on how many there are', () => {
  test.each(kinds)('%s', (_name, rule) => {
    for (const order of orders) {
      expectLinear(1000, (n) => changing(n, rule, order).add);
      expectLinear(1000, (n) => {
        const { add, remove } = changing(n, rule, order);
        add();
        return remove;
      });
    }
  });

  test('patterns of one id', () => {
    expectLinear(3000, (n) => {
      const index = new RuleIndex<string>();
      return () => {
        for (let i = 0; i < n; i++) index.add('id', `{"a":["v${i}"]}`);
        index.delete('id');
      };
    });
  });

  test('and leave nothing behind', () => {
    const before = alive();
    const indexes = kinds.map(([, rule]) => ({ rule, index: new RuleIndex<number>() }));
    for (const { index, rule } of indexes) for (let i = 0; i < 300; i++) index.add(i, rule(i));
    const full = alive();
    for (const { index, rule } of indexes) {
      for (let i = 300; i < 3000; i++) {
        index.delete(i - 300);
        index.add(i, rule(i));
      }
    }
    const churned = alive();
    for (const { index } of indexes) for (let i = 2700; i < 3000; i++) index.delete(i);
    const left = alive();
    expect(full.get('PlacedRule')).toBe(300 * kinds.length + (before.get('PlacedRule') as number));
    for (const [part, count] of churned) expect(count, part).toBeLessThan(1.5 * (full.get(part) as number));
    // What an empty index is made of stays.
    for (const [part, count] of left)
      expect(count, part).toBeLessThanOrEqual((before.get(part) as number) + kinds.length);
    for (const { index } of indexes) expect(index.size).toBe(0);
  });

  test('and new rules are filed well where others stood that could not be', () => {
    for (const [, rule] of kinds) {
      const index = new RuleIndex<number>();
      for (let i = 0; i < 2000; i++) index.add(i, rule(i));
      for (let i = 0; i < 2000; i++) index.delete(i);
      for (let i = 0; i < 1000; i++) index.add(i, `{"q${i % 3}":["v${i}"]}`);
      expect(stepsOf(() => expect(index.match('{"a":"v7","q1":"v7"}')).toEqual([7]))).toBeLessThan(300);
    }
  });
});

const orders: readonly ((ids: readonly number[]) => readonly number[])[] = [
  (ids) => ids,
  (ids) => [...ids].reverse(),
  (ids) => [...ids].sort((a, b) => ((a * 7919) % ids.length) - ((b * 7919) % ids.length)),
];

function changing(n: number, rule: (i: number) => string, order: (ids: readonly number[]) => readonly number[]) {
  const index = new RuleIndex<number>();
  const rules = repeat(n, rule);
  const leaving = order(Array.from(rules.keys()));
  return {
    add: () => {
      for (let i = 0; i < n; i++) index.add(i, rules[i] as string);
    },
    remove: () => {
      for (const id of leaving) index.delete(id);
      expect(index.size).toBe(0);
    },
  };
}

/** How many of an index's parts are held in memory. */
function alive(): ReadonlyMap<string, number> {
  const parts = [PlacedRule, Placement, AnchoredField, Bucket, KeyTable, Name];
  return new Map(parts.map((part) => [part.name, queryObjects(part, { format: 'count' })]));
}
