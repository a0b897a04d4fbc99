import { describe, expect, test } from 'vitest';
import { KeyFilter } from '../../src/patterns/key-filter.js';
import { RuleIndex } from '../../src/patterns.js';
import { expectLinear } from './count-steps.js';

const many = 6000;

/** Keys that a filter cannot tell from each other: they agree in length and last characters. */
const alikeKey = (i: number): string => `${String(i).padStart(6, '0')}-same-end`;
const kinds: readonly (readonly [string, (i: number) => string])[] = [
  ['keys of all lengths', (i) => `${'k'.repeat(i % 12)}${i}`],
  ['keys alike in length and end', alikeKey],
  ['keys of other scripts', (i) => `${String.fromCodePoint(0x1f300 + (i % 500))}ключ${i}`],
];

describe('A filter of keys', () => {
  test.each(kinds)('knows every key that is there, however many came and went: %s', (_name, key) => {
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

  test('knows that most other keys are not there, also after as many were deleted', () => {
    const keys = new Map<string, undefined>();
    for (let i = 0; i < many; i++) keys.set(`k${i}`, undefined);
    const filter = new KeyFilter(keys);
    for (let i = many; i < 4 * many; i++) {
      keys.set(`k${i}`, undefined);
      filter.add(`k${i}`);
      keys.delete(`k${i - many}`);
      filter.delete();
    }
    let mistaken = 0;
    for (let i = 0; i < 3 * many; i++) if (filter.mayHold(`no${i}`, 0, `no${i}`.length)) mistaken++;
    for (const key of keys.keys()) expect(filter.mayHold(key, 0, key.length)).toBe(true);
    expect(mistaken).toBeLessThan(many / 2);
  });

  test.each(kinds)('takes steps in proportion to the keys that come, go and are looked for: %s', (_name, key) => {
    expectLinear(many, (n) => () => {
      const index = new RuleIndex<number>();
      for (let i = 0; i < n; i++) index.add(i, { a: [key(i)] });
      for (let i = 0; i < n; i++) index.match({ a: key(i + 1) });
      for (let i = 0; i < n; i++) index.delete(i);
    });
  });
});
