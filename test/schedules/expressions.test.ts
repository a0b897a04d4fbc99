import { describe, expect, test } from 'vitest';
import { createBridge, nextRuns, ServiceError } from '../../src/index.js';

/** Recorded from the service, or in AWS's own pages, unless a comment says otherwise. */
const accepted = [
  'rate(1 minute)',
  'rate(01 minute)',
  'rate(5 minutes)',
  'rate(1 hour)',
  'rate(10 hours)',
  'rate(1 day)',
  'rate(365 days)',
  'rate(100000000000000000000 days)',
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
  // Footbridge's choice.
  'cron(0 0 LW * ? *)',
  'cron(0 0 L-3 * ? *)',
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
  'cron(0.5 0 * * ? *)',
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
  'cron(0 12 ? * MON-FRI#2 *)',
  'cron(0 12 ? * *#2 *)',
  'cron(0 12 ? * 2/2 *)',
  'cron(0 12 ?,1 * ? *)',
  'cron(, 12 * * ? *)',
  'cron(5, 12 * * ? *)',
  'cron(5,,6 12 * * ? *)',
  'cron(5- 12 * * ? *)',
  'cron(-5 12 * * ? *)',
  'cron(1-5-9 12 * * ? *)',
  'cron(5/ 12 * * ? *)',
  'cron(*/0 12 * * ? *)',
  'cron(*/5/5 12 * * ? *)',
  'cron(*-5 12 * * ? *)',
  'cron(** 12 * * ? *)',
  'cron(0 12 1 JANUARY ? *)',
  'cron(0 12 1 MON ? *)',
  'cron(0 12 ? * JAN *)',
  'cron(0 12 ? * frı *)',
  // Footbridge's choice.
  'cron(0 12 L,15 * ? *)',
  'cron(0 12 1W,15W * ? *)',
  'cron(0 12 0W * ? *)',
  'cron(0 12 32W * ? *)',
  'cron(0 12 L-0 * ? *)',
  'cron(*/60 12 * * ? *)',
  'cron(0 12 1 1 ? 2030-2020)',
  'cron(0 12 1 1 ? 12026)',
];

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

  test.each([
    [
      'every 5 minutes',
      'It must be like rate(5 minutes) or cron(0 12 * * ? *), with nothing before or after, but is "every 5 minutes".',
    ],
    [
      'rate(1 minutes)',
      'rate takes a whole number above 0, one space, and minutes, hours or days (minute, hour or day for 1); found "1 minutes".',
    ],
    [
      'cron(0 12 * *)',
      'cron takes six fields with one space between them (minutes hours day-of-month month day-of-week year); found 4.',
    ],
    ['cron(0 1 * * * *)', 'One of day-of-month and day-of-week must be ?, and only one, but they are "*" and "*".'],
    ['cron(71 8 1 * ? *)', 'minutes: "71" is not 0 to 59.'],
    ['cron(0 0 1 NOT ? *)', 'month: "NOT" is not 1 to 12 or JAN to DEC.'],
    ['cron(0 0 L,15 * ? *)', 'day-of-month: "L" is not 1 to 31, nor alone L, L-3, 15W or LW.'],
    ['cron(0 0 ? * 2/2 *)', 'day-of-week: "2/2" is not a value, a range such as 1-7 or *, nor alone L, 6L or 6#3.'],
    ['cron(0 0 ? * 2#6 *)', 'day-of-week after #: "6" is not 1 to 5.'],
    ['cron(*/0 1 * * ? *)', 'minutes: the step of */0 must be 1 to 59.'],
    ['cron(0 1 1 1 ? 2030-2020)', 'year: the range 2030-2020 goes backwards.'],
    [7 as never, 'It must be a string, but is a number.'],
    ['cron('.repeat(100), 'It must have at most 256 characters, but has 500.'],
  ])('that is refused says why: %j', (expression, reason) => {
    let error: unknown;
    try {
      nextRuns(expression);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ServiceError);
    expect((error as ServiceError).cause).toEqual(new Error(reason));
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
