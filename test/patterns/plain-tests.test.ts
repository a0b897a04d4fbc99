import { describe, expect, test } from 'vitest';
import { RuleIndex, testPattern } from '../../src/patterns.js';

const numbers = [
  0, 5e-324, -5e-324, 1, 1.0000000000000002, 0.9999999999999999, -1, -1.0000000000000002, 4503599627370495.5,
];

const lists: readonly string[] = [
  ...numbers.flatMap((number) => ['=', '<', '<=', '>', '>='].map((sign) => `[{"numeric":["${sign}",${number}]}]`)),
  '[{"numeric":[">",-1,"<=",1]}]',
  '["a"]',
  '[true]',
  '[null]',
  '[1]',
  '["a","ab",1]',
  '[1,null,true]',
  '[{"prefix":"a"}]',
  '[{"suffix":"b"}]',
  '[{"prefix":"\\"a"}]',
  '[{"suffix":"b\\""}]',
  '[{"exists":true}]',
  '[{"exists":false}]',
  '[{"anything-but":"a"}]',
  '[{"anything-but":["a","b"]}]',
  '[{"anything-but":[1,2]}]',
  '[{"anything-but":[1,2,3,4,5]}]',
  '[{"anything-but":{"prefix":"a"}}]',
  '[{"wildcard":"a*b"}]',
];

const values: readonly string[] = [
  ...numbers.map(String),
  '1.0',
  '1e0',
  '-0',
  '1.00000000000000011102230246251565404236316680908203125',
  '9007199254740993',
  '"a"',
  '"b"',
  '"ab"',
  '""',
  'true',
  'false',
  'null',
  '[]',
  '["a","b"]',
  '[1,"ab"]',
  '[[1],["a"]]',
  '{}',
];

describe('What a list of rules tests itself', () => {
  test('says the same as the reference for every kind of test and value, as text and as an object', () => {
    const patterns = lists.map((list) => `{"a":${list}}`);
    const index = new RuleIndex<string>();
    // Another field keeps rules with equal keys in one list.
    for (const list of lists) index.add(list, `{"a":${list},"b":["x"]}`);
    for (const value of values) {
      const object: unknown = JSON.parse(value);
      const expected = lists.filter((_, i) => testPattern(patterns[i] as string, `{"a":${value}}`));
      expect(index.match(`{"a":${value},"b":"x"}`), value).toEqual(expected);
      for (const [i, list] of lists.entries()) {
        const alone = new RuleIndex<string>();
        alone.add(list, patterns[i] as string);
        expect(alone.match(`{"a":${value}}`), `${list} ${value}`).toEqual(expected.filter((each) => each === list));
        const matches = testPattern(patterns[i] as string, { a: object });
        expect(alone.match({ a: object }), `${list} ${value}, parsed`).toEqual(matches ? [list] : []);
      }
    }
  });

  test('stays right while rules leave the middle of a list', () => {
    const index = new RuleIndex<number>();
    const bounds = [5, 3, 9, 1, 7, 2, 8, 4, 6];
    for (const bound of bounds) index.add(bound, { a: [{ numeric: ['>', bound] }], b: [{ exists: true }] });
    const left = new Set(bounds);
    for (const bound of [9, 5, 1, 8, 3]) {
      index.delete(bound);
      left.delete(bound);
      for (let a = 0; a <= 10; a++) {
        expect(index.match({ a, b: 1 })).toEqual([...left].filter((each) => a > each));
      }
    }
  });
});
