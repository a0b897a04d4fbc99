import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventMatcher } from '../../src/patterns/index/event-matcher.js';
import { parsePattern } from '../../src/patterns/language/parse-pattern.js';
import { PatternTest } from '../../src/patterns/reference/compile-pattern.js';
import { compilePattern, explainPattern, testPattern } from '../../src/patterns.js';
import { type EventValue, matchesByBruteForce, type PatternMembers } from './brute-force.js';
import { eventMatchers } from './event-matchers.js';
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
        (rules, received) => agreeOnMany(rules, received),
      ),
      { numRuns: 300, seed: 20260101 },
    );
  });

  test('agree on events that spell a path twice', () => {
    fc.assert(
      fc.property(patterns(twoNames), events(twoNames), (pattern, event) => {
        const text = patternText(pattern);
        const body = eventText(event);
        const expected = matchesByBruteForce(pattern, event);
        const found = [testPattern(text, body), explainPattern(text, body).matches, ...trustingVerdicts(text, body)];
        expect(found, `${text} on ${body}`).toEqual(found.map(() => expected));
      }),
      runs,
    );
  });

  test('agree on events that spell a path twice, however many rules there are', () => {
    fc.assert(
      fc.property(
        fc.array(patterns(anyName), { minLength: 10, maxLength: 60 }),
        fc.array(events(anyName), { minLength: 1, maxLength: 5 }),
        (rules, received) => agreeOnMany(rules, received, true),
      ),
      { numRuns: 300, seed: 20260101 },
    );
  });
});

function agreeOnAll(pattern: PatternMembers, event: EventValue): void {
  const text = patternText(pattern);
  const body = eventText(event);
  const expected = matchesByBruteForce(pattern, event);
  const explained = explainPattern(text, body);
  const found = {
    testPattern: testPattern(text, body),
    compilePattern: compilePattern(text).test(JSON.parse(body)),
    trusting: trustingVerdicts(text, body),
    objects: trustingVerdicts(text, JSON.parse(body)),
    explainPattern: explained.matches && explained.differences.length === 0,
  };
  expect(found, `${text} on ${body}`).toEqual({
    testPattern: expected,
    compilePattern: expected,
    trusting: [expected, expected, expected],
    objects: [expected, expected, expected],
    explainPattern: expected,
  });
}

function trustingVerdicts(pattern: string, event: string | object): boolean[] {
  const parsed = parsePattern(pattern);
  const compiled = parsed.ok && new PatternTest(parsed.pattern).matches(event);
  const found = eventMatchers.map(([, create]) => {
    const index = create<string>();
    index.add('rule', pattern);
    return index.match(event).length === 1;
  });
  return [compiled, ...found];
}

function agreeOnMany(rules: readonly PatternMembers[], received: readonly EventValue[], asText = false): void {
  for (const [, create] of eventMatchers) expectAgreement(create(), rules, received, asText);
}

function expectAgreement(
  index: EventMatcher<number>,
  rules: readonly PatternMembers[],
  received: readonly EventValue[],
  asText: boolean,
): void {
  for (const [id, pattern] of rules.entries()) index.add(id, patternText(pattern));
  const kept = [...rules.keys()].filter((id) => id % 3 > 0 || !index.delete(id));
  for (const event of received) {
    const body = eventText(event);
    const expected = kept.filter((id) => matchesByBruteForce(rules[id] as PatternMembers, event));
    expect(index.match(body), body).toEqual(expected);
    // An object has lost the first of two members with one name.
    if (!asText) expect(index.match(JSON.parse(body)), body).toEqual(expected);
  }
}
