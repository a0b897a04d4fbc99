import { describe, expect, test } from 'vitest';
import { createBridge, nextRuns, ServiceError } from '../../src/index.js';

/** Recorded by other projects from the service, or in AWS's own pages, unless a comment says otherwise. */
const accepted = [
  'rate(1 minute)',
  'rate(01 minute)',
  'rate(5 minutes)',
  'rate(1 hour)',
  'rate(10 hours)',
  'rate(1 day)',
  'rate(365 days)',
  'cron(0 2 ? * SAT *)',
  'cron(0 12 * * ? *)',
  'cron(5,35 14 * * ? *)',
  'cron(15 10 ? * 6L 2002-2005)',
  'cron(0 2 ? * SAT#3 *)',
  'cron(* * ? * SAT#3 *)',
  'cron(0/5 5 ? JAN 1-5 2022)',
  'cron(0 10 * * ? *)',
  'cron(15 12 * * ? *)',
  'cron(0 18 ? * MON-FRI *)',
  'cron(0 8 1 * ? *)',
  'cron(0/15 * * * ? *)',
  'cron(0/10 * ? * MON-FRI *)',
  'cron(0/5 8-17 ? * MON-FRI *)',
  'cron(0/30 20-23 ? * MON-FRI *)',
  'cron(0/30 0-2 ? * MON-FRI *)',
  'cron(0 20 * * ? *)',
  'cron(0 1 * * ? *)',
  'cron(*/15 * * * ? *)',
  'cron(1/10 * * * ? *)',
  'cron(0-30/10 * * * ? *)',
  'cron(0 20-2 * * ? *)',
  'cron(50-10/5 * * * ? *)',
  'cron(0 0 1 NOV-FEB ? *)',
  'cron(0 0 ? * FRI-MON *)',
  'cron(0 0 28-3 * ? *)',
  'cron(0 0 ? * 1,7 *)',
  'cron(0 0 1 1 ? 1969)',
  'cron(0 0 1 1 ? 2200)',
  'cron(0-15/1 8-8 ? * 2,3,4,5,6,7 *)',
  'cron(30-30 13-13 ? * 2,4,6 *)',
  'cron(1-31/30 1-1 ? * 1,7 *)',
  'cron(0-59/10 0-23/2 ? * * *)',
  'cron(0 0 L * ? *)',
  'cron(0 0 3W * ? *)',
  'cron(0 0 ? * L *)',
  'cron(0 0 ? * 3#2 *)',
  // Captured from the service in September 2026.
  'cron(0 0 LW * ? *)',
  'cron(0 0 L-3 * ? *)',
  'cron(0 0 ? * FRIL *)',
  'cron(0 0 ? jan mon *)',
  'cron(0 0 1-5W * ? *)',
  'cron(33 22 1-31W * ? *)',
  'cron(0/0 * * * ? *)',
  'cron(0/60 * * * ? *)',
  'cron(0/61 * * * ? *)',
  'cron(33/0 22 * * ? *)',
  'cron(33/61 22 * * ? *)',
  'cron(0 0 1/0 * ? *)',
  'cron(0 0 ? * 1/2 *)',
  'cron(0x 0 * * ? *)',
  'cron(33x 22 * * ? *)',
  'cron(0 0 ? * MONDAY *)',
  'cron(33 22 ? * TUESDAY *)',
  'cron(33 22 ? * TUE#3 *)',
  'cron(33 22 L-15 * ? *)',
  'cron(0 0 29 FEB ? 2027)',
  'cron(0 0 1 1 ? 2027,2028-2032/2)',
  'cron(0 0 1 1 ? 0)',
  'cron(0 0 1 1 ? 9999)',
  'cron(0 0 1 1 ? 10000)',
  'cron(0 0 1 1 ? 2147483647)',
  'rate(02 minutes)',
  // Measured on the service by others: a year of no documented range.
  'cron(0 20 * * ? 2500)',
  // Confirmed by AWS: commas between the fields.
  'cron(0/5, 9-18, ?, *, MON-FRI, *)',
  // Footbridge's choice, by the rules that the captures show.
  'rate(2147483647 minutes)',
  'cron(0.5 0 * * ? *)',
  'cron(5, 12 * * ? *)',
  'cron(1-5-9 12 * * ? *)',
  'cron(*/0 12 * * ? *)',
  'cron(*/60 12 * * ? *)',
  'cron(0/2147483647 12 * * ? *)',
  'cron(0 12 1 JANUARY ? *)',
  'cron(0 12 ? * MON-FRI#2 *)',
  'cron(0 0 ? jan Mon-fri *)',
  'cron(00 08 01 01 ? 2030)',
  'cron(0 0 30 2 ? *)',
  'cron(0 0 1 1 ? 2210/5)',
];

const refused = [
  'rate(10 seconds)',
  'rate(1 second)',
  'rate(2 weeks)',
  'rate(10 years)',
  'rate(1 minutes)',
  'rate(1 hours)',
  'rate(1 days)',
  'rate(01 minutes)',
  'rate(10 minute)',
  'rate(10 hour)',
  'rate(10 day)',
  'rate()',
  'rate(10)',
  'rate(minutes)',
  'rate(10 minutess)',
  'rate(foo minutes)',
  'rate(0 minutes)',
  'rate(0 minute)',
  'rate(-10 minutes)',
  'rate(+10 minutes)',
  'rate(1.5 minutes)',
  'rate(1e1 minutes)',
  'rate(10 MINUTES)',
  'rate(10  minutes)',
  'rate(10\tminutes)',
  'rate( 10 minutes )',
  'rate(10 minutes )',
  ' rate(10 minutes)',
  'rate(10 minutes) ',
  'rate (10 minutes)',
  'rate(10 minutes)\n',
  'RATE(10 minutes)',
  'Rate(10 minutes)',
  'rate(10minutes)',
  'rate(١٠ minutes)',
  'rate 10 minutes',
  'at(2030-01-01T00:00:00)',
  '5 minutes',
  '0 12 * * ? *',
  'cron(0 1 * * * *)',
  'cron(0 1 ? * ? *)',
  'cron(0 1 1 * 2 *)',
  'cron(7 20 * * NOT *)',
  'cron(7 20 ? * NOT *)',
  'cron(INVALID)',
  'cron()',
  'cron(0 dummy ? * MON-FRI *)',
  'cron(71 8 1 * ? *)',
  'cron(60 8 1 * ? *)',
  'cron(0 24 * * ? *)',
  'cron(0 0 0 * ? *)',
  'cron(0 0 32 * ? *)',
  'cron(0 0 1 0 ? *)',
  'cron(0 0 1 13 ? *)',
  'cron(0 0 ? * 0 *)',
  'cron(0 0 ? * 8 *)',
  'cron(-1 0 * * ? *)',
  'cron(0  12 * * ? *)',
  'cron(0\t12 * * ? *)',
  'cron( 0 12 * * ? *)',
  'cron(0 12 * * ? * )',
  ' cron(0 12 * * ? *)',
  'cron(0 12 * * ? *) ',
  'cron (0 12 * * ? *)',
  'CRON(0 12 * * ? *)',
  'cron(0 12 * * ?)',
  'cron(0 0 12 * * ? *)',
  'cron(? 12 * * ? *)',
  'cron(0 ? * * ? *)',
  'cron(0 12 * ? ? *)',
  'cron(0 12 * * ? ?)',
  'cron(L 12 * * ? *)',
  'cron(0 12 1#2 * ? *)',
  'cron(0 12 ? * 3W *)',
  'cron(0 12 ? * 2#0 *)',
  'cron(0 12 ? * 2#6 *)',
  'cron(0 12 ? * #2 *)',
  'cron(0 12 ? * 3#1,6#3 *)',
  'cron(0 12 ? * *#2 *)',
  'cron(0 12 ?,1 * ? *)',
  'cron(, 12 * * ? *)',
  'cron(5,,6 12 * * ? *)',
  'cron(5- 12 * * ? *)',
  'cron(-5 12 * * ? *)',
  'cron(5/ 12 * * ? *)',
  'cron(*/5/5 12 * * ? *)',
  'cron(*-5 12 * * ? *)',
  'cron(** 12 * * ? *)',
  'cron(0 12 1 MON ? *)',
  'cron(0 12 ? * JAN *)',
  'cron(0 12 ? * frı *)',
  // Captured from the service in September 2026.
  'rate(1 week)',
  'rate(60 seconds)',
  'rate(2147483648 minutes)',
  'rate(2147483648 days)',
  'cron(0 0 * * * *)',
  'cron(0 0 ? * MON#6 *)',
  'cron(0 0 ? * 3#1,6#3 *)',
  'cron(0 0 1 1 ? 2030-2027)',
  'cron(0 0 1 1 ? -1)',
  'cron(0 0 1 1 ? 2147483648)',
  'cron(0/-1 * * * ? *)',
  'cron(0 0 0W * ? *)',
  'cron(0\u00a00 * * ? *)',
  ' cron(0 0 * * ? *) ',
  // Measured on the service by others.
  'cron(75 20 * * ? *)',
  'cron(0 20 3#1 * ? *)',
  // Footbridge's choice.
  'rate(100000000000000000000 days)',
  'cron(0 12 L,15 * ? *)',
  'cron(0 12 Lx * ? *)',
  'cron(0 12 ? * 6Lx *)',
  'cron(0 12 ? * MON#2,FRI *)',
  'cron(*x 12 * * ? *)',
  'cron(5,, 12 * * ? *)',
  'cron(0 12 15L * ? *)',
  'cron(0/2147483648 12 * * ? *)',
  'cron(0 12 1W,15W * ? *)',
  'cron(0 12 0W * ? *)',
  'cron(0 12 32W * ? *)',
  'cron(0 12 L-0 * ? *)',
  'cron(0 12 1 1 ? 2030-2020)',
];

/** The reason for a refusal. */
function causeOf(expression: string): { readonly message: string; readonly allowed: string } {
  try {
    nextRuns(expression);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(ServiceError);
    return (thrown as ServiceError).cause as never;
  }
  throw new Error('The expression is valid.');
}

describe('A ScheduleExpression', () => {
  test.each(accepted)('may be %s', async (expression) => {
    await using bridge = createBridge();
    await bridge.putRule({ Name: 'r', ScheduleExpression: expression });
    expect(await bridge.describeRule({ Name: 'r' })).toMatchObject({ ScheduleExpression: expression });
    expect(nextRuns(expression, { count: 0 })).toEqual([]);
  });

  test.each(refused)('cannot be %j', async (expression) => {
    await using bridge = createBridge();
    const refusal = { name: 'ValidationException', message: 'Parameter ScheduleExpression is not valid.' };
    await expect(bridge.putRule({ Name: 'r', ScheduleExpression: expression })).rejects.toMatchObject(refusal);
    expect(await bridge.listRules()).toEqual({ Rules: [] });
    expect(() => nextRuns(expression)).toThrow(expect.objectContaining(refusal));
  });

  const listed = 'ranges (1-5), steps (0/15) and lists of them (1,3)';
  const minutes = `0 to 59, *, ${listed}`;
  const dates = `1 to 31, *, ${listed}, or one of ?, L, L-3, 15W and LW alone`;
  const weekdays = `1 (Sunday) to 7, SUN to SAT, *, ${listed}, or one of ?, L, 6L and 6#3 alone`;
  test.each([
    ['cron(71 8 1 * ? *)', 'minutes', `"71" is not valid. Allowed: ${minutes}.`],
    ['cron(0/-1 8 1 * ? *)', 'minutes', `"0/-1" is not valid. Allowed: ${minutes}.`],
    ['cron(5,,6 8 1 * ? *)', 'minutes', `"" is not valid. Allowed: ${minutes}.`],
    ['cron(0 24 1 * ? *)', 'hours', `"24" is not valid. Allowed: 0 to 23, *, ${listed}.`],
    ['cron(0 0 1 NOT ? *)', 'month', `"NOT" is not valid. Allowed: 1 to 12, JAN to DEC, *, ${listed}.`],
    ['cron(0 0 L,15 * ? *)', 'day-of-month', `"L" is not valid. Allowed: ${dates}.`],
    ['cron(0 0 3#1 * ? *)', 'day-of-month', `"3#1" is not valid. Allowed: ${dates}.`],
    ['cron(0 0 ? * 8 *)', 'day-of-week', `"8" is not valid. Allowed: ${weekdays}.`],
    ['cron(0 0 ? * 2#6 *)', 'day-of-week', '"2#6" is not valid. Allowed: a number from 1 to 5 after #.'],
    ['cron(0 1 1 1 ? 2030-2020)', 'year', 'the range "2030-2020" goes backwards.'],
  ])('that is refused names the field, and what is allowed in it: %s', (expression, field, reason) => {
    const [, allowed = expect.stringContaining('1970 to 2199')] = / Allowed: (.*)\.$/.exec(reason) ?? [];
    expect(causeOf(expression)).toMatchObject({ message: `${field}: ${reason}`, field, allowed });
  });

  test.each([
    [
      'every 5 minutes',
      'The expression must be like rate(5 minutes) or cron(0 12 * * ? *), with nothing before or after. Found: "every 5 minutes".',
    ],
    [
      'rate(1 minutes)',
      'rate takes 1 minute, 1 hour or 1 day, or 2 to 2147483647 minutes, hours or days, with one space. Found: "1 minutes".',
    ],
    [
      'cron(0 12 * *)',
      'cron takes six fields with one space between them: minutes hours day-of-month month day-of-week year. Found: 4.',
    ],
    [
      'cron(0 1 * * * *)',
      'cron needs ? in one of day-of-month and day-of-week, and not in the other. Found: "*" and "*".',
    ],
    [7 as never, 'The expression must be a string. Found: a number.'],
    ['cron('.repeat(100), 'The expression may have at most 256 characters. Found: 500.'],
  ])('that is refused as a whole says why: %j', (expression, reason) => {
    expect(causeOf(expression)).toMatchObject({ message: reason });
  });

  test('is for rules of the default bus', async () => {
    await using bridge = createBridge({ buses: ['orders'] });
    await expect(
      bridge.putRule({ Name: 'r', ScheduleExpression: 'rate(1 minute)', EventBusName: 'orders' }),
    ).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'ScheduleExpression is supported only on the default event bus.',
    });
  });

  // Captured in September 2026.
  test.each([undefined, '{"source":["a"]}'])(
    'excludes the state of all management events, with the pattern %s',
    async (EventPattern) => {
      await using bridge = createBridge();
      const State = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
      await expect(
        bridge.putRule({ Name: 'r', ScheduleExpression: 'rate(1 day)', EventPattern, State }),
      ).rejects.toMatchObject({ name: 'ValidationException' });
      await bridge.putRule({ Name: 'r', ScheduleExpression: '', EventPattern: '{"source":["a"]}', State });
    },
  );

  test('may have 256 characters', async () => {
    await using bridge = createBridge();
    const expression = `cron(0,${'1,'.repeat(118)}10 0 * * ? *)`;
    expect(expression.length).toBe(256);
    await bridge.putRule({ Name: 'r', ScheduleExpression: expression });
    await expect(
      bridge.putRule({ Name: 'r', ScheduleExpression: expression.replace(',10 ', ',010 ') }),
    ).rejects.toThrow('failed to satisfy constraint: Member must have length less than or equal to 256');
  });
});
