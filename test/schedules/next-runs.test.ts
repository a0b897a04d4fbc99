import { describe, expect, test } from 'vitest';
import { nextRuns } from '../../src/index.js';

/** Minutes of UTC, without the zero seconds. */
function runs(expression: string, from: Date | number | string, count: number): string[] {
  return nextRuns(expression, { from, count }).map((date) => date.toISOString().replace(/:00\.000Z$/, ''));
}

/** A calendar's days. */
function days(expression: string, from: string, count: number): string[] {
  return runs(expression, from, count).map((time) => time.replace(/T00:00$/, ''));
}

describe('The next runs of a rate', () => {
  test.each([
    ['rate(1 minute)', ['2026-01-01T10:01', '2026-01-01T10:02', '2026-01-01T10:03']],
    ['rate(90 minutes)', ['2026-01-01T11:30', '2026-01-01T13:00', '2026-01-01T14:30']],
    ['rate(12 hours)', ['2026-01-01T22:00', '2026-01-02T10:00', '2026-01-02T22:00']],
    ['rate(30 days)', ['2026-01-31T10:00', '2026-03-02T10:00', '2026-04-01T10:00']],
  ])('are whole periods after: %s', (expression, expected) => {
    expect(runs(expression, '2026-01-01T10:00:00Z', 3)).toEqual(expected);
  });

  test('keep the seconds of the beginning', () => {
    expect(nextRuns('rate(1 minute)', { from: '2026-01-01T00:00:30.250Z', count: 1 })).toEqual([
      new Date('2026-01-01T00:01:30.250Z'),
    ]);
  });

  test('end with the year 9999', () => {
    expect(runs('rate(1 day)', '9999-12-30T00:00:00Z', 5)).toEqual(['9999-12-31T00:00']);
    expect(runs('rate(2147483647 days)', '2026-01-01', 5)).toEqual([]);
  });
});

// 1 January 2026 is a Thursday.
describe('The next runs of a cron expression', () => {
  test.each([
    ['a leap day', 'cron(0 0 29 2 ? *)', '2026-01-01', ['2028-02-29', '2032-02-29', '2036-02-29']],
    ['a leap day that a century has not', 'cron(0 0 29 2 ? *)', '2092-03-01', ['2096-02-29', '2104-02-29']],
    [
      'a day that short months have not',
      'cron(0 0 31 * ? *)',
      '2026-01-01',
      ['2026-01-31', '2026-03-31', '2026-05-31', '2026-07-31', '2026-08-31'],
    ],
    [
      'the last day of a month',
      'cron(0 0 L * ? *)',
      '2027-12-15',
      ['2027-12-31', '2028-01-31', '2028-02-29', '2028-03-31', '2028-04-30'],
    ],
    ['the last day of a February', 'cron(0 0 L 2 ? *)', '2026-01-01', ['2026-02-28', '2027-02-28', '2028-02-29']],
    [
      'three days before the last',
      'cron(0 0 L-3 * ? *)',
      '2026-01-01',
      ['2026-01-28', '2026-02-25', '2026-03-28', '2026-04-27'],
    ],
    [
      'thirty days before the last',
      'cron(0 0 L-30 * ? *)',
      '2026-01-01',
      ['2026-03-01', '2026-05-01', '2026-07-01', '2026-08-01'],
    ],
    [
      'the last workday',
      'cron(0 0 LW * ? *)',
      '2026-01-01',
      ['2026-01-30', '2026-02-27', '2026-03-31', '2026-04-30', '2026-05-29'],
    ],
    [
      'the workday nearest to the 15th',
      'cron(0 0 15W * ? 2026)',
      '2026-07-20',
      ['2026-08-14', '2026-09-15', '2026-10-15', '2026-11-16', '2026-12-15'],
    ],
    [
      'the workday nearest to a first that is a Saturday',
      'cron(0 0 1W 8 ? *)',
      '2026-01-01',
      ['2026-08-03', '2027-08-02', '2028-08-01'],
    ],
    [
      'the workday nearest to a last that is a Sunday',
      'cron(0 0 31W * ? *)',
      '2026-01-01',
      ['2026-01-30', '2026-03-31', '2026-05-29', '2026-07-31', '2026-08-31', '2026-10-30'],
    ],
    [
      'the last Friday',
      'cron(0 0 ? * 6L *)',
      '2026-01-01',
      ['2026-01-30', '2026-02-27', '2026-03-27', '2026-04-24', '2026-05-29'],
    ],
    ['the last Sunday, by its word', 'cron(0 0 ? * SUNL *)', '2026-01-01', ['2026-01-25', '2026-02-22', '2026-03-29']],
    ['the last day of every week', 'cron(0 0 ? * L *)', '2026-01-01', ['2026-01-03', '2026-01-10', '2026-01-17']],
    ['the third Saturday', 'cron(0 0 ? * SAT#3 *)', '2026-01-01', ['2026-01-17', '2026-02-21', '2026-03-21']],
    [
      'the second Tuesday, as AWS says it',
      'cron(0 0 ? * 3#2 *)',
      '2026-01-01',
      ['2026-01-13', '2026-02-10', '2026-03-10'],
    ],
    ['the first Thursday', 'cron(0 0 ? * 5#1 *)', '2025-12-31T23:59:59Z', ['2026-01-01', '2026-02-05', '2026-03-05']],
    ['a fifth Monday', 'cron(0 0 ? * MON#5 *)', '2026-01-01', ['2026-03-30', '2026-06-29', '2026-08-31', '2026-11-30']],
    [
      'weekdays',
      'cron(0 0 ? * MON-FRI *)',
      '2026-01-01',
      ['2026-01-02', '2026-01-05', '2026-01-06', '2026-01-07', '2026-01-08', '2026-01-09', '2026-01-12'],
    ],
    [
      'a range of weekdays over the end of the week',
      'cron(0 0 ? * FRI-MON *)',
      '2026-01-01',
      ['2026-01-02', '2026-01-03', '2026-01-04', '2026-01-05', '2026-01-09'],
    ],
    [
      'numbers of weekdays, Sunday first',
      'cron(0 0 ? * 1,7 *)',
      '2026-01-01',
      ['2026-01-03', '2026-01-04', '2026-01-10', '2026-01-11'],
    ],
    [
      'a range of days over the end of the month',
      'cron(0 0 28-3 * ? *)',
      '2026-02-01',
      ['2026-02-02', '2026-02-03', '2026-02-28', '2026-03-01', '2026-03-02', '2026-03-03', '2026-03-28', '2026-03-29'],
    ],
    [
      'a range of months over the end of the year',
      'cron(0 0 1 NOV-FEB ? *)',
      '2026-01-15',
      ['2026-02-01', '2026-11-01', '2026-12-01', '2027-01-01', '2027-02-01', '2027-11-01'],
    ],
    [
      'every fourth month',
      'cron(0 0 1 2/4 ? *)',
      '2026-01-01',
      ['2026-02-01', '2026-06-01', '2026-10-01', '2027-02-01'],
    ],
    [
      'some years',
      'cron(0 0 1 1 ? 2027,2029,2031-2032)',
      '2026-01-01',
      ['2027-01-01', '2029-01-01', '2031-01-01', '2032-01-01'],
    ],
    ['every fourth year from one on', 'cron(0 0 1 1 ? 2026/4)', '2027-01-01', ['2030-01-01', '2034-01-01']],
    ['every hundredth year from the first on', 'cron(0 0 1 1 ? */100)', '2026-01-01', ['2070-01-01', '2170-01-01']],
  ])('%s: %s', (_, expression, from, expected) => {
    expect(days(expression, from, expected.length)).toEqual(expected);
  });

  test.each([
    [
      'cron(50-10/5 3 * * ? *)',
      [
        '2026-01-01T03:00',
        '2026-01-01T03:05',
        '2026-01-01T03:10',
        '2026-01-01T03:50',
        '2026-01-01T03:55',
        '2026-01-02T03:00',
      ],
    ],
    ['cron(0 22-2/2 * * ? *)', ['2026-01-01T02:00', '2026-01-01T22:00', '2026-01-02T00:00', '2026-01-02T02:00']],
    ['cron(7/20 1,23 * * ? *)', ['2026-01-01T01:07', '2026-01-01T01:27', '2026-01-01T01:47', '2026-01-01T23:07']],
    ['cron(35,5 14 * * ? *)', ['2026-01-01T14:05', '2026-01-01T14:35', '2026-01-02T14:05']],
    ['cron(* * * * ? *)', ['2026-01-01T00:01', '2026-01-01T00:02', '2026-01-01T00:03']],
  ])('in a day: %s', (expression, expected) => {
    expect(runs(expression, '2026-01-01', expected.length)).toEqual(expected);
  });

  test('as AWS gives them for an example of its own', () => {
    expect(runs('cron(15 10 ? * 6L 2002-2005)', '2002-01-01', 3)).toEqual([
      '2002-01-25T10:15',
      '2002-02-22T10:15',
      '2002-03-29T10:15',
    ]);
    expect(runs('cron(0/5 5 ? JAN 1-5 2022)', '2022-01-01', 13).slice(-2)).toEqual([
      '2022-01-02T05:55',
      '2022-01-03T05:00',
    ]);
  });

  // Rules that ran at this minute on the service, a Tuesday (captured in September 2026).
  test.each([
    'cron(33 22 * * ? *)',
    'cron(33x 22 * * ? *)',
    'cron(33/0 22 * * ? *)',
    'cron(33/61 22 * * ? *)',
    'cron(33 22 15W * ? *)',
    'cron(33 22 1-31W * ? *)',
    'cron(33 22 ? * TUE#3 *)',
    'cron(33 22 L-15 * ? *)',
    'cron(33 22 ? * TUESDAY *)',
  ])('were captured: %s', (expression) => {
    expect(runs(expression, '2026-09-15T22:30:00Z', 1)).toEqual(['2026-09-15T22:33']);
  });

  test('were captured not to be on another day', () => {
    expect(runs('cron(33 22 16 * ? *)', '2026-09-15T22:30:00Z', 1)).toEqual(['2026-09-16T22:33']);
  });

  test.each([
    ['a step of 0 goes nowhere', 'cron(5/0 0 * * ? *)', ['2026-01-01T00:05', '2026-01-02T00:05']],
    ['nor does one of a range', 'cron(5-9/0 0 * * ? *)', ['2026-01-01T00:05', '2026-01-02T00:05']],
    ['but for all values', 'cron(*/0 12 * * ? *)', ['2026-01-01T12:00', '2026-01-01T12:01']],
    ['a step beyond the field', 'cron(5/61 0 * * ? *)', ['2026-01-01T00:05', '2026-01-02T00:05']],
    ['weekdays by steps', 'cron(0 0 ? * 1/2 *)', ['2026-01-03T00:00', '2026-01-04T00:00', '2026-01-06T00:00']],
    ['workdays after a range are days', 'cron(0 0 3-4W * ? *)', ['2026-01-03T00:00', '2026-01-04T00:00']],
    ['a range of all years', 'cron(0 0 1 1 ? 0-2147483647/10)', ['2030-01-01T00:00', '2040-01-01T00:00']],
    [
      'commas between fields',
      'cron(0/5, 9-18, ?, *, MON-FRI, *)',
      ['2026-01-01T09:00', '2026-01-01T09:05', '2026-01-01T09:10'],
    ],
  ])('by quirks of the grammar: %s: %s', (_, expression, expected) => {
    expect(runs(expression, '2026-01-01', expected.length)).toEqual(expected);
  });

  test.each([
    ['a year that has passed', 'cron(15 10 ? * 6L 2002-2005)', '2005-12-15', ['2005-12-30T10:15']],
    ['a day that never is', 'cron(0 0 30 2 ? *)', '2026-01-01', []],
    ['a year before all', 'cron(0 0 1 1 ? 1969)', '1970-01-01', []],
    ['a year after all', 'cron(0 0 1 1 ? 2200)', '2026-01-01', []],
    ['the last year of all', 'cron(0 0 1 7 ? *)', '2198-01-01', ['2198-07-01T00:00', '2199-07-01T00:00']],
  ])('come to their end: %s', (_, expression, from, expected) => {
    expect(runs(expression, from, 5)).toEqual(expected);
  });

  test('are after the time that is given, not at it', () => {
    expect(runs('cron(0 12 * * ? *)', '2026-01-01T12:00:00Z', 1)).toEqual(['2026-01-02T12:00']);
    expect(runs('cron(0 12 * * ? *)', '2026-01-01T11:59:59.999Z', 1)).toEqual(['2026-01-01T12:00']);
  });
});

describe('nextRuns', () => {
  test('takes a Date, milliseconds or a text, and answers ten', () => {
    const time = Date.UTC(2026, 0, 1);
    const expected = nextRuns('rate(1 day)', { from: time });
    expect(expected).toHaveLength(10);
    expect(expected[0]).toEqual(new Date('2026-01-02T00:00:00Z'));
    expect(nextRuns('rate(1 day)', { from: new Date(time) })).toEqual(expected);
    expect(nextRuns('rate(1 day)', { from: '2026-01-01T00:00:00Z' })).toEqual(expected);
  });

  test('begins now if no time is given', () => {
    const before = Date.now();
    const [first] = nextRuns('rate(1 day)', { count: 1 }) as [Date];
    expect(first.getTime()).toBeGreaterThanOrEqual(before + 86_400_000);
    expect(first.getTime()).toBeLessThanOrEqual(Date.now() + 86_400_000);
  });

  test.each([
    [{ from: 'soon' }, 'nextRuns needs a time from 1970 to 9999, but was given "soon".'],
    [{ from: null }, 'nextRuns needs a time from 1970 to 9999, but was given null.'],
    [{ count: -1 }, 'nextRuns needs a count that is a whole number up to 1000000, but was given -1.'],
    [{ count: 1.5 }, 'nextRuns needs a count that is a whole number up to 1000000, but was given 1.5.'],
    [{ count: 1e9 }, 'nextRuns needs a count that is a whole number up to 1000000, but was given 1000000000.'],
    [{ count: '3' }, 'nextRuns needs a count that is a whole number up to 1000000, but was given "3".'],
    [null, 'nextRuns needs an object of options, but was given null.'],
    ['2026-01-01', 'nextRuns needs an object of options, but was given a string.'],
  ])('refuses the options %j', (options, message) => {
    expect(() => nextRuns('rate(1 day)', options as never)).toThrow(new Error(message));
  });
});
