import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextRuns } from '../../src/index.js';
import { runsByBruteForce } from './brute-force.js';

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Lists of values, ranges that may go round, and steps. */
function list(first: number, last: number, words: readonly string[] = []): fc.Arbitrary<string> {
  const number = fc.integer({ min: first, max: last }).map(String);
  const value = words.length === 0 ? number : fc.oneof(number, fc.constantFrom(...words));
  const range = fc.tuple(value, value).map(([from, to]) => `${from}-${to}`);
  const step = fc.integer({ min: 1, max: last + 3 });
  const stepped = fc
    .oneof(fc.tuple(fc.oneof(fc.constant('*'), value, range), step), fc.tuple(fc.oneof(value, range), fc.constant(0)))
    .map(([start, by]) => `${start}/${by}`);
  return fc.array(fc.oneof(value, range, stepped), { minLength: 1, maxLength: 3 }).map((items) => items.join(','));
}

const date = fc.integer({ min: 1, max: 31 });
const weekday = fc.oneof(fc.integer({ min: 1, max: 7 }).map(String), fc.constantFrom(...weekdays));
const days = fc.oneof(
  list(1, 31).map((dates) => [dates, '?'] as const),
  fc.constantFrom('*', 'L', 'LW').map((text) => [text, '?'] as const),
  date.map((number) => [`${number}W`, '?'] as const),
  fc.integer({ min: 1, max: 30 }).map((back) => [`L-${back}`, '?'] as const),
  list(1, 7, weekdays).map((names) => ['?', names] as const),
  weekday.map((name) => ['?', `${name}L`] as const),
  fc.tuple(weekday, fc.integer({ min: 1, max: 5 })).map(([name, place]) => ['?', `${name}#${place}`] as const),
);
const years = fc.oneof(
  fc.constant('*'),
  fc.integer({ min: 2027, max: 2030 }).map(String),
  fc.tuple(fc.integer({ min: 2020, max: 2029 }), fc.integer({ min: 1, max: 3 })).map(([from, by]) => `${from}/${by}`),
  fc.integer({ min: 1, max: 5 }).map((by) => `*/${by}`),
  fc.constant('2024-2027,2029'),
);
const expressions = fc
  .tuple(list(0, 59), list(0, 23), fc.oneof(fc.constant('*'), list(1, 12, months)), days, years)
  .map(
    ([minutes, hours, month, [dates, names], year]) => `cron(${minutes} ${hours} ${dates} ${month} ${names} ${year})`,
  );

const most = 3000;

describe('The runs of a cron expression', () => {
  test('are the minutes that a look at each minute of three years finds', () => {
    let found = 0;
    fc.assert(
      fc.property(expressions, fc.integer({ min: 0, max: 4 * 525_600 }), (expression, minutes) => {
        // A span of three years, with its leap day, from any minute and second of four.
        const from = Date.UTC(2026, 0, 1) + minutes * 60_000 + (minutes % 60) * 1000;
        const to = from + 1096 * 86_400_000;
        const expected = runsByBruteForce(expression, from, to, most);
        const runs = nextRuns(expression, { from, count: expected.length + 1 }).map((run) => run.getTime());
        found += expected.length;
        const next = runs[expected.length] ?? Number.POSITIVE_INFINITY;
        const isComplete = next > (expected.length < most ? to : (expected.at(-1) as number));
        expect([runs.slice(0, expected.length).join(), isComplete]).toEqual([expected.join(), true]);
      }),
      { numRuns: 40 },
    );
    expect(found).toBeGreaterThan(1000);
  });
});
