import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/base/random.js';
import { RuleIndex } from '../../src/patterns.js';

const patterns = [
  { a: ['1'] },
  { ab: ['1'] },
  { abcdefghijkl: { abcdefghijklm: ['1'] } },
  { 'a name that is longer than any that is guessed': ['1'] },
  { a: { b: ['1'] } },
  { é: ['1'] },
];

const members = [
  '"a":"1"',
  '"a":"2"',
  '"ab":"1"',
  '"ab" : "1"',
  '"a\\u0062":"1"',
  '"abc":"1"',
  '"abcdefghijkl":{"abcdefghijklm":"1"}',
  '"abcdefghijkl":{"abcdefghijkln":"1"}',
  '"abcdefghijk":{"abcdefghijklm":"1"}',
  '"abcdefghijkl.abcdefghijklm":"1"',
  '"a name that is longer than any that is guessed":"1"',
  '"a.b":"1"',
  '"é":"1"',
  '"è":"1"',
  '"":[{"a":"1"}]',
];

describe('Events that are alike, or are not', () => {
  test('match in any order as each does alone, while rules come and go', () => {
    const random = seededRandom(5);
    const index = new RuleIndex<number>();
    const there = new Set<number>();
    for (let turn = 0; turn < 20_000; turn++) {
      if (turn % 50 === 0) {
        const id = Math.floor(random() * patterns.length);
        if (there.delete(id)) {
          index.delete(id);
        } else {
          index.add(id, patterns[id] as object);
          there.add(id);
        }
      }
      // For some turns events have the same members at the same places, then others.
      const kind = seededRandom(turn % 400 < 200 ? Math.floor(turn / 20) : turn);
      const chosen = new Map<string, string>();
      for (let i = 0; i < 4; i++) {
        const member = members[Math.floor(kind() * members.length)] as string;
        chosen.set(Object.keys(JSON.parse(`{${member}}`))[0]?.split('.')[0] as string, member);
      }
      const text = `{${[...chosen.values()].join()}}`;
      const expected = [...there].filter((id) => alone[id]?.(text));
      expect(new Set(index.match(text)), text).toEqual(new Set(expected));
    }
  });

  test('match where the longest text there can be has its last name at its end', () => {
    const index = new RuleIndex<number>();
    index.add(1, { last: ['x'] });
    for (let length = 21_800; length < 21_860; length++) {
      for (const end of ['"last":"x"', '"last"', '"l', '"']) {
        const text = `{"a":"${'語'.repeat(length)}",${end}}`;
        expect(index.match(text)).toEqual(end === '"last":"x"' ? [1] : []);
      }
    }
  });
});

/** Whether each pattern matches a text, as an index says that has not seen another. */
const alone = patterns.map((pattern) => (text: string) => {
  const index = new RuleIndex<number>();
  index.add(1, pattern);
  return index.match(text).length > 0;
});
