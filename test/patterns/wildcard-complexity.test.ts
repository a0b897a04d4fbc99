import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseWildcard } from '../../src/patterns/language/wildcard.js';
import { maxWildcardComplexity, wildcardComplexity } from '../../src/patterns/language/wildcard-complexity.js';
import { parsePattern } from '../../src/patterns.js';

const unlimited = Number.POSITIVE_INFINITY;
const tooComplex =
  'Event pattern is not valid. Reason: Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character';

describe('The complexity of wildcards', () => {
  test.each([
    [[''], 1],
    [['abc'], 1],
    [['*'], 2],
    [['a*'], 2],
    [['*a'], 2],
    [['a*b'], 2],
    [['*a*'], 3],
    [['*a*a'], 4],
    [['*ab*ab'], 4],
    [['*aa*aa'], 6],
    [['*a*b*c*d*e*f'], 7],
    [['arn:aws:s3:::*/*.png'], 3],
    [['*大*大'], 4],
    [['\\*\\*\\*\\*'], 1],
    [['*\\**\\*'], 4],
    [['*a*a*a*a*a'], 10],
    [['*a*a*a*a*a*'], 11],
    [['*1*2*3*4*5*6*7*8*9'], 10],
    [['*:*:*:*:event-bus/*'], 9],
    [['*:*:*:*:*:event-bus/*'], 11],
  ])('%j scores %i', (wildcards, score) => {
    expect(scoreOf(wildcards, unlimited)).toBe(score);
  });

  test.each([
    [['a*', 'a*'], 2, 'one pattern twice counts once'],
    [['a*', 'b*'], 2, 'beginnings that differ are never entered together'],
    [['ab*', 'ac*'], 2, 'a shared beginning counts for each pattern it leads to'],
    [['*a', '*b'], 4, 'stars at the beginning wait together'],
    [['*a', '*b', '*c', '*d', '*e'], 10, 'five of them are as many as the service takes'],
    [['*a', 'b', 'c', 'd'], 5, 'an exact beginning counts while it can still follow'],
  ])('%j score %i together: %s', (wildcards, score) => {
    expect(scoreOf(wildcards, unlimited)).toBe(score);
  });

  test('is the most states that one text can put all the patterns in, each pattern read on its own', () => {
    const wildcard = fc
      .array(fc.constantFrom('a', 'b', '*'), { maxLength: 7 })
      .map((parts) => parts.join('').replace(/\*+/g, '*'));
    fc.assert(
      fc.property(fc.uniqueArray(wildcard, { minLength: 1, maxLength: 3 }), (wildcards) => {
        expect(scoreOf(wildcards, unlimited)).toBe(mostStates(wildcards));
      }),
      { numRuns: 500, seed: 20260101 },
    );
  });

  test('is computed no further than the limit', () => {
    const wildcards = Array.from({ length: 200 }, (_, i) => `*${i}*a*b*${i}`);
    expect(scoreOf(wildcards, maxWildcardComplexity)).toBeGreaterThan(maxWildcardComplexity);
  });

  test('may be 10 in a pattern, as recorded', () => {
    expect(maxWildcardComplexity).toBe(10);
    expect(parsePattern({ a: [{ wildcard: '*a*a*a*a*a' }] }).ok).toBe(true);
    expect(refusal({ a: [{ wildcard: '*a*a*a*a*a*' }] })).toBe(tooComplex);
  });

  test('is that of all the wildcards of one list together', () => {
    const list = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => ({ wildcard: `*${letter}` }));
    expect(parsePattern({ a: list.slice(0, 5) }).ok).toBe(true);
    expect(refusal({ a: list })).toBe(tooComplex);
  });

  test('is counted for each list on its own', () => {
    const lists = Object.fromEntries(['a', 'b', 'c'].map((name) => [name, [{ wildcard: '*x*x*x*x*x' }]]));
    expect(parsePattern(lists).ok).toBe(true);
  });

  test('is looked at inside $or too, and last of all', () => {
    const complex = { a: [{ wildcard: '*a*a*a*a*a*a' }] };
    expect(refusal({ $or: [complex, { b: [1] }] })).toBe(tooComplex);
    expect(refusal({ ...complex, b: 5 })).toContain('"b" must be an object or an array');
  });
});

function scoreOf(wildcards: readonly string[], limit: number): number {
  return wildcardComplexity(
    wildcards.map((text) => ({ identity: text, wildcards: [parseWildcard(text)] })),
    limit,
  );
}

function refusal(pattern: object): string | undefined {
  const parsed = parsePattern(pattern);
  return parsed.ok ? undefined : parsed.issues[0].message;
}

/** Every set of places that some text over a, b and the closing quote can lead to, by plain search. */
function mostStates(wildcards: readonly string[]): number {
  const enter = (places: readonly string[]): string[] => [
    ...new Set(
      places.flatMap((place) => {
        const [pattern, at] = split(place);
        return wildcards[pattern]?.[at] === '*' ? [place, `${pattern}:${at + 1}`] : [place];
      }),
    ),
  ];
  const step = (places: readonly string[], unit: string): string[] =>
    places.flatMap((place) => {
      const [pattern, at] = split(place);
      const text = `${wildcards[pattern]}"`;
      const on = text[at] === unit ? [`${pattern}:${at + 1}`] : [];
      return at > 0 && text[at - 1] === '*' ? [place, ...on] : on;
    });
  const open = [enter(wildcards.map((_, pattern) => `${pattern}:0`))];
  const seen = new Set<string>();
  let most = 0;
  for (let places = open.pop(); places !== undefined; places = open.pop()) {
    const key = [...places].sort().join();
    if (seen.has(key)) continue;
    seen.add(key);
    most = Math.max(most, places.length);
    for (const unit of ['a', 'b', '"']) open.push(enter(step(places, unit)));
  }
  return most;
}

function split(place: string): [number, number] {
  return place.split(':').map(Number) as [number, number];
}
