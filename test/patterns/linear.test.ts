import { describe, expect, test, vi } from 'vitest';
import { JsonReader } from '../../src/base/json/json-reader.js';
import { RuleIndex } from '../../src/patterns.js';
import { alike, counting, expectLinear, list, repeat, stepsOf, takeSteps } from './count-steps.js';

vi.mock('../../src/patterns/readers/json-skip.js', async (original) => {
  const real = await original<typeof import('../../src/patterns/readers/json-skip.js')>();
  const counted = (start: number, end: number): number => {
    takeSteps(1 + end - start);
    return end;
  };
  return {
    skipString: (...[json, at]: Parameters<typeof real.skipString>) => counted(at, real.skipString(json, at)),
    skipScalar: (bytes: Uint8Array, at: number) => counted(at, real.skipScalar(bytes, at)),
    skipContainer: (...[json, at, end]: Parameters<typeof real.skipContainer>) =>
      counted(at, real.skipContainer(json, at, end)),
  };
});

interface Work {
  readonly rules: readonly string[];
  readonly event: string;
}

describe('An event takes steps in proportion to itself', () => {
  test.each<[string, number, (n: number) => Work]>([
    ['five stars on a long text', 5000, (n) => one('{"wildcard":"*a*b*c*d*e*"}', text('abcd', n))],
    ['stars before what is not there', 5000, (n) => one('{"wildcard":"*a*a*a*a*b*"}', text('a', n))],
    [
      'a long piece that nearly fits everywhere',
      5000,
      (n) => one(`{"wildcard":"*ab${'a'.repeat(n / 50)}*"}`, text('a', n)),
    ],
    ['a prefix and a suffix', 20_000, (n) => one(`{"prefix":"${'a'.repeat(n - 1)}b"},{"suffix":"ba"}`, text('a', n))],
    ['a text in either case', 5000, (n) => one(`{"equals-ignore-case":"${'ß'.repeat(n)}"}`, text('S', 2 * n))],
    ['an address of many colons', 5000, (n) => one('{"cidr":"::/64"}', text(':', n))],
    ['a number of many zeros', 5000, (n) => one('{"numeric":[">",0]}', `0.1${'0'.repeat(n)}1`)],
    ['escapes', 5000, (n) => one('{"prefix":"a"}', text('\\u0061\\n', n))],
    [
      'what nobody asks for',
      5000,
      (n) => ({ rules: ['{"a":[1]}'], event: `{"b":[${list(n, (i) => `{"a":"${i}"}`)}],"a":2}` }),
    ],
    ['many values', 2000, (n) => one('{"prefix":"p"},"q"', `[${list(n, (i) => `"v${i}"`)}]`)],
    [
      'many values among many not wanted',
      2000,
      (n) => one(`{"anything-but":[${list(n, String)}]}`, `[${list(n, String)}]`),
    ],
    [
      'equal values that lead to many rules',
      500,
      (n) => ({
        rules: repeat(n, (i) => `{"a":["${i % 2 ? 'v' : i}"],"b":[{"numeric":[">",${i}]}]}`),
        event: `{"a":[${list(n, () => '"v"')}],"b":7}`,
      }),
    ],
    [
      'different values that lead to many rules',
      500,
      (n) => ({
        rules: repeat(n, (i) => `{"a":[{"prefix":"${i % 2 ? 'v' : i}"}],"b":[{"numeric":[">",${i}]}]}`),
        event: `{"a":[${list(n, (i) => `"v${i}"`)}],"b":7}`,
      }),
    ],
    [
      'objects in an array under three paths',
      500,
      (n) => ({
        rules: ['{"x":{"a":[1],"b":[1],"c":[1]}}', '{"x":{"$or":[{"a":[1]},{"b":[2]}],"c":[{"exists":false}]}}'],
        event: `{"x":[${list(n, (i) => `{"${'abc'.charAt(i % 3)}":1}`)}]}`,
      }),
    ],
    ['levels of objects', 450, (n) => one('1', `${'{"a":'.repeat(n)}1${'}'.repeat(n)}`)],
    ['levels of arrays', 450, (n) => one('2', `${'[3,'.repeat(n)}1${']'.repeat(n)}`)],
    [
      'levels of arrays of two',
      400,
      (n) => ({
        rules: ['{"a":{"b":[1],"c":[1]}}'],
        event: `{"a":${'['.repeat(n)}{"b":1}${',{"c":1}]'.repeat(n)}}`,
      }),
    ],
    [
      'inherited names',
      2000,
      (n) => ({
        rules: repeat(n, (i) => `{"__proto__":{"constructor":["${i}"],"toString":{"p${i % 20}":[1]}}}`),
        event: `{"__proto__":{"constructor":[${list(n, String)}],"toString":{${list(n, (i) => `"p${i}":2`)}}}}`,
      }),
    ],
    [
      'names with one hash',
      512,
      (n) => ({
        rules: repeat(n, (i) => `{"${alike(i)}":[1]}`),
        event: `{${list(n, (i) => `"${alike(i)}":2`)}}`,
      }),
    ],
    ['dotted names', 5000, (n) => ({ rules: ['{"a":{"a":[1]}}'], event: `{"${'a.'.repeat(n)}a":1}` })],
  ])('%s', (_name, n, make) => {
    expectLinear(n, (size) => matching(make(size), false));
    expectLinear(n, (size) => matching(make(size), true), 0);
  });
});

describe('An event takes steps in proportion to the rules it could match', () => {
  const ten = `"a":"v","x":[{"b":1},{"c":2}],${list(8, (i) => `"f${i}":${i}`)}`;
  test.each<[string, number, (i: number) => string]>([
    ['rules that share one leaf', 5000, (i) => `{"a":["v"],"f7":[{"numeric":[">",${i}]}]}`],
    ['rules that match every event', 5000, () => '{"a":["v"]}'],
    ['rules that match by what cannot be filed', 5000, () => '{"a":[{"exists":true}]}'],
    ['rules on as many paths', 5000, (i) => `{"p${i}":[1]}`],
    ['rules of an absence each', 5000, (i) => `{"p${i}":[{"exists":false}]}`],
    ['rules in an array', 500, (i) => `{"x":{"b":[1,${i}],"c":[2]}}`],
  ])('%s', (_name, n, rule) => {
    for (const asObject of [false, true]) {
      expectLinear(n, (size) => matching({ rules: repeat(size, rule), event: `{${ten}}` }, asObject));
    }
  });

  test.each<[string, (i: number) => string]>([
    ['values', (i) => `{"a":["v${i}"]}`],
    ['starts', (i) => `{"a":[{"prefix":"v${i}."}]}`],
    ['values of twenty paths', (i) => `{"f${i % 20}":["v${i}"]}`],
    ['values below one leaf', (i) => `{"a":["v"],"f1":[${i + 100}],"f2":[{"exists":true}]}`],
  ])('and no more for other rules that are filed by their %s', (_name, rule) => {
    for (const asObject of [false, true]) {
      const take = (n: number) => stepsOf(matching({ rules: repeat(n, rule), event: `{${ten}}` }, asObject));
      expect(take(10_000)).toBeLessThan(200);
    }
  });

  test('and reads its arrays for all of them at once', () => {
    const reads = vi.spyOn(JsonReader.prototype, 'next');
    const tokens = (n: number, ...event: [string | object, string?]): number => {
      const index = new RuleIndex<number>();
      for (let i = 0; i < n; i++) index.add(i, `{"detail":{"x":{"b":[1,${i}],"c":[2]}}}`);
      reads.mockClear();
      expect(index.match(...event)).toEqual([]);
      return reads.mock.calls.length;
    };
    const detail = '{"x":[{"b":1},{"c":2}]}';
    const events: [string | object, string?][] = [
      [`{"detail":${detail}}`],
      [{ detail: JSON.parse(detail) }],
      [{}, detail],
    ];
    for (const event of events) {
      expect(tokens(1, ...event)).toBeGreaterThan(10);
      expect(tokens(100, ...event)).toBe(tokens(1, ...event));
    }
    reads.mockRestore();
  });
});

function matching({ rules, event }: Work, asObject: boolean): () => void {
  const index = new RuleIndex<number>();
  for (const [id, rule] of rules.entries()) index.add(id, rule);
  const given = asObject ? counting(JSON.parse(event) as object) : event;
  return () => void index.match(given);
}

function one(matchers: string, value: string): Work {
  return { rules: [`{"a":[${matchers}]}`], event: `{"a":${value}}` };
}

function text(unit: string, times: number): string {
  return `"${unit.repeat(times)}"`;
}
