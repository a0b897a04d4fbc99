import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/base/random.js';
import type { IndexEntry } from '../../src/patterns/index/index-match.js';
import { LargeKeyTable } from '../../src/patterns/index/large-key-table.js';
import { RuleIndex } from '../../src/patterns.js';
import { expectLinear } from './count-steps.js';

const many = 6000;

/** Keys that have one mark: they agree in length and last characters. */
const alikeKey = (i: number): string => `${String(i).padStart(6, '0')}-same-end`;
const kinds: readonly (readonly [string, (i: number) => string])[] = [
  ['keys of all lengths', (i) => `${'k'.repeat(i % 12)}${i}`],
  ['keys alike in length and end', alikeKey],
  ['keys of other scripts', (i) => `${String.fromCodePoint(0x1f300 + (i % 500))}ключ${i}`],
];

describe('A table of many keys', () => {
  test.each(kinds)('finds every key that is there and no other, however many came and went: %s', (_name, key) => {
    const index = new RuleIndex<number>();
    const there = new Set<number>();
    const add = (i: number): void => {
      index.add(i, { a: [{ prefix: `${key(i)}|` }, key(i), { suffix: `|${key(i)}` }] });
      there.add(i);
    };
    for (let i = 0; i < many; i++) add(i);
    for (let i = 0; i < many; i += 3) expect(index.delete(i)).toBe(there.delete(i));
    for (let i = many; i < many + 1000; i++) add(i);
    for (let i = 1; i < many; i += 3) expect(index.delete(i)).toBe(there.delete(i));
    for (let i = 0; i < many + 1000; i++) {
      const expected = there.has(i) ? [i] : [];
      expect(index.match({ a: key(i) })).toEqual(expected);
      expect(index.match(JSON.stringify({ a: `${key(i)}|end` }))).toEqual(expected);
      expect(index.match({ a: `start|${key(i)}` })).toEqual(expected);
    }
  });

  test.each([...kinds, ['long keys', (i: number) => `${i}${'x'.repeat(i % 3 ? 9 : 70_000)}`] as const])(
    'does what a Map does: %s',
    (_name, key) => {
      const random = seededRandom(7);
      const model = new Map<string, IndexEntry<number>>();
      const keys = new LargeKeyTable<number>(model);
      for (let turn = 0; turn < 3000; turn++) {
        const name = key(Math.floor(random() * 300));
        // Turns of growing take turns with turns of shrinking.
        if (random() < (turn % 1000 < 500 ? 0.8 : 0.2)) {
          const entry = { match: () => undefined, fullyKeyedRule: undefined };
          model.set(name, entry);
          keys.set(name, entry);
        } else {
          model.delete(name);
          keys.delete(name);
        }
        expect(keys.size).toBe(model.size);
        expect(keys.get(name)).toBe(model.get(name));
      }
      expect(new Map(keys.entries())).toEqual(model);
      for (let i = 0; i < 300; i++) expect(keys.get(key(i))).toBe(model.get(key(i)));
    },
  );

  test.each(kinds)('takes steps in proportion to the keys that come, go and are looked for: %s', (_name, key) => {
    expectLinear(many, (n) => () => {
      const index = new RuleIndex<number>();
      for (let i = 0; i < n; i++) index.add(i, { a: [key(i)] });
      for (let i = 0; i < n; i++) index.match({ a: key(i + 1) });
      for (let i = 0; i < n; i++) index.delete(i);
    });
  });
});
