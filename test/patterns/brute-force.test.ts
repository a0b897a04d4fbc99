import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePattern, explainPattern, RuleIndex, testPattern } from '../../src/patterns.js';
import { type EventValue, matchesByBruteForce, type PatternMembers } from './brute-force.js';
import { anyName, events, eventText, patterns, patternText, spellsAPathTwice, twoNames } from './random-patterns.js';

const runs = { numRuns: 3000, seed: 20260101 };

describe('The matchers and a brute-force reading of the language', () => {
  test('agree on plain names', () => {
    fc.assert(
      fc.property(
        patterns(twoNames),
        events(twoNames).filter((event) => !spellsAPathTwice(event)),
        agreeOnAll,
      ),
      runs,
    );
  });

  test('agree on dotted and empty names', () => {
    fc.assert(
      fc.property(
        patterns(anyName),
        events(anyName).filter((event) => !spellsAPathTwice(event)),
        agreeOnAll,
      ),
      runs,
    );
  });

  test('agree on many rules in one index, some of them deleted again', () => {
    fc.assert(
      fc.property(
        fc.array(patterns(anyName), { minLength: 10, maxLength: 60 }),
        fc.array(
          events(anyName).filter((event) => !spellsAPathTwice(event)),
          { minLength: 1, maxLength: 5 },
        ),
        agreeOnMany,
      ),
      { numRuns: 300, seed: 20260101 },
    );
  });

  test('agree on events that spell a path twice', () => {
    fc.assert(
      fc.property(patterns(twoNames), events(twoNames), (pattern, event) => {
        const text = patternText(pattern);
        const expected = matchesByBruteForce(pattern, event);
        expect(testPattern(text, eventText(event)), `${text} on ${eventText(event)}`).toBe(expected);
        expect(explainPattern(text, eventText(event)).matches).toBe(expected);
      }),
      runs,
    );
  });
});

function agreeOnAll(pattern: PatternMembers, event: EventValue): void {
  const text = patternText(pattern);
  const body = eventText(event);
  const expected = matchesByBruteForce(pattern, event);
  const index = new RuleIndex<string>();
  index.add('rule', text);
  const explained = explainPattern(text, body);
  const found = {
    testPattern: testPattern(text, body),
    compilePattern: compilePattern(text).test(JSON.parse(body)),
    indexOnText: index.match(body).length === 1,
    indexOnObject: index.match(JSON.parse(body)).length === 1,
    explainPattern: explained.matches && explained.differences.length === 0,
  };
  expect(found, `${text} on ${body}`).toEqual({
    testPattern: expected,
    compilePattern: expected,
    indexOnText: expected,
    indexOnObject: expected,
    explainPattern: expected,
  });
}

function agreeOnMany(rules: readonly PatternMembers[], received: readonly EventValue[]): void {
  const index = new RuleIndex<number>();
  for (const [id, pattern] of rules.entries()) index.add(id, patternText(pattern));
  const kept = [...rules.keys()].filter((id) => id % 3 > 0 || !index.delete(id));
  for (const event of received) {
    const body = eventText(event);
    const expected = kept.filter((id) => matchesByBruteForce(rules[id] as PatternMembers, event));
    expect({ text: index.match(body), object: index.match(JSON.parse(body)) }, body).toEqual({
      text: expected,
      object: expected,
    });
  }
}
