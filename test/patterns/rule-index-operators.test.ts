import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePattern, RuleIndex } from '../../src/patterns.js';

// Characters whose cases differ in length or do not lead back, quotes that stand for a value's own, and addresses.
const character = fc.constantFrom(
  'a',
  'A',
  'b',
  'B',
  'ß',
  's',
  'S',
  'ſ',
  'σ',
  'ς',
  'Σ',
  'i',
  'İ',
  'ı',
  '\u0307',
  'ǅ',
  '"',
  '😀',
);
const word = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: character, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.string({ unit: character, minLength: 8, maxLength: 20 }) },
  { weight: 1, arbitrary: fc.constantFrom('10.0.0.1', '010.0.0.1', '::1', '0:0::1', '10.1.0.0') },
);
const number = fc.constantFrom(0, -0, 1, 1.5, 300, 1e21, -7);
const wildcard = fc
  .array(fc.oneof(character, fc.constant('*')), { maxLength: 4 })
  .map((parts) => parts.join('').replace(/\*+/g, '*'));
const words = fc.oneof(word, fc.array(word, { minLength: 1, maxLength: 3 }));
const affixes = fc
  .oneof(word, fc.array(word, { minLength: 1, maxLength: 2 }))
  .filter((one) => one !== '' && !one.includes(''));

const element = fc.oneof(
  { weight: 3, arbitrary: fc.oneof(word, number, fc.constantFrom(true, null)) },
  word.map((exactly) => ({ exactly })),
  word.map((prefix) => ({ prefix })),
  word.map((suffix) => ({ suffix })),
  word.map((text) => ({ 'equals-ignore-case': text })),
  word.map((text) => ({ prefix: { 'equals-ignore-case': text } })),
  word.map((text) => ({ suffix: { 'equals-ignore-case': text } })),
  wildcard.map((text) => ({ wildcard: text })),
  number.map((bound) => ({ numeric: ['>=', bound] })),
  number.map((value) => ({ numeric: ['=', value] })),
  fc.constantFrom('10.0.0.0/8', '::/64').map((cidr) => ({ cidr })),
  fc.boolean().map((exists) => ({ exists })),
  words.map((not) => ({ 'anything-but': not })),
  affixes.map((prefix) => ({ 'anything-but': { prefix } })),
  affixes.map((suffix) => ({ 'anything-but': { suffix } })),
  words.map((text) => ({ 'anything-but': { 'equals-ignore-case': text } })),
);
const list = fc.array(element, { minLength: 1, maxLength: 2 });
const name = fc.constantFrom('source', 'a', 'b');
const fields = fc.dictionary(name, list, { minKeys: 1, maxKeys: 3 });
const pattern = fc.oneof(
  { weight: 3, arbitrary: fields },
  fc.tuple(fields, fields, fields).map(([outside, one, other]) => ({ ...outside, $or: [one, other] })),
);
const scalar = fc.oneof(word, number, fc.constantFrom(true, null));
const event = fc.dictionary(name, fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })), { maxKeys: 3 });

describe('RuleIndex with every operator', () => {
  test('finds just the rules that match one by one, before and after half of them are deleted', () => {
    fc.assert(
      fc.property(
        fc.array(pattern, { minLength: 20, maxLength: 80 }),
        fc.array(event, { minLength: 10, maxLength: 10 }),
        (patterns, received) => {
          const index = new RuleIndex<number>();
          const compiled = patterns.map((one, id) => {
            index.add(id, one);
            return compilePattern(one);
          });
          const expectSame = (ids: readonly number[]): void => {
            for (const one of received) {
              const text = JSON.stringify(one);
              const expected = ids.filter((id) => compiled[id]?.test(text));
              expect({ text: index.match(text), object: index.match(one) }, text).toEqual({
                text: expected,
                object: expected,
              });
            }
          };
          expectSame([...patterns.keys()]);
          for (const id of patterns.keys()) if (id % 2 === 0) index.delete(id);
          expectSame([...patterns.keys()].filter((id) => id % 2 === 1));
        },
      ),
      { numRuns: 150, seed: 20260101 },
    );
  }, 60_000);

  const letters = Array.from('abcdefghijklmnopq', (letter) => `"${letter}"`);
  const numbers = ['0', '1.5', '1e2', ...Array.from({ length: 20 }, (_, i) => `${i + 1000}`)];
  const special = ['true', 'null', '9007199254740993', '"10.0.0.1"', '{"prefix":"p"}', '{"numeric":[">",5000]}'];
  test.each([
    ['matchers', (list: readonly string[]) => `{"a":[${list}]}`, [...numbers, ...letters, ...special]],
    ['texts not wanted', (list: readonly string[]) => `{"a":[{"anything-but":[${list}]}]}`, letters],
    ['numbers not wanted', (list: readonly string[]) => `{"a":[{"anything-but":[${list}]}]}`, numbers],
  ])('takes a long list of %s as it takes its elements one by one', (name, pattern, list) => {
    const long = compilePattern(pattern(list));
    const exact = ['-0', '15e-1', '1.50000000000000000001', '100.000', '1e3', '1e4', '9007199254740993', '1e-400'];
    const others = [
      '9007199254740992',
      '"q"',
      '"r"',
      '"px"',
      '"1.5"',
      '"010.0.0.1"',
      'true',
      'false',
      'null',
      '"null"',
    ];
    for (const value of [...exact, ...others]) {
      const event = `{"a":${value}}`;
      const holds = list.map((element) => compilePattern(pattern([element])).test(event));
      expect(long.test(event), event).toBe(name === 'matchers' ? holds.includes(true) : !holds.includes(false));
    }
  });
});
