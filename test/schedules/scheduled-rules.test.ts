import { describe, expect, test } from 'vitest';
import { RoleArn } from '../role.js';
import { home, putSchedule, world } from './world.js';

const at = (time: string) => `2026-01-01T${time}Z`;

describe('A rule with a schedule', () => {
  test('sends its targets the event that was recorded from the service', async () => {
    const { bridge, clock } = world();
    await bridge.putRule({ Name: 'r', ScheduleExpression: 'rate(1 minute)' });
    await bridge.putTargets({ Rule: 'r', Targets: [{ Id: '1', Arn: 'arn:aws:sqs:us-east-1:123456789012:q' }] });
    await clock.advance('1m');
    expect(bridge.queue('q').messages.map(({ body }) => body)).toEqual([
      `{"version":"0","id":"00000000-0000-0000-0000-000000000001","detail-type":"Scheduled Event","source":"aws.events","account":"123456789012","time":"2026-01-01T00:01:00Z","region":"us-east-1","resources":["${home}:rule/r"],"detail":{}}`,
    ]);
    expect(bridge.history.records('accepted', 'matched')).toMatchObject([
      { kind: 'accepted', origin: 'schedule', bus: 'default', time: '2026-01-01T00:01:00.000Z' },
      { kind: 'matched', rules: ['r'], subscriptions: [] },
    ]);
  });

  test('sends what its target wants in place of the event', async () => {
    const { bridge, clock } = world();
    await bridge.putRule({ Name: 'r', ScheduleExpression: 'rate(1 minute)' });
    const Arn = 'arn:aws:sqs:us-east-1:123456789012:q';
    await bridge.putTargets({
      Rule: 'r',
      Targets: [
        { Id: '1', Arn, Input: '{"custom-value": "somecustominput"}' },
        { Id: '2', Arn, InputPath: '$.resources' },
        {
          Id: '3',
          Arn,
          InputTransformer: { InputPathsMap: { t: '$.time' }, InputTemplate: '"<t> of <aws.events.rule-name>"' },
        },
      ],
    });
    await clock.advance('1m');
    expect(bridge.queue('q').messages.map(({ body }) => body)).toEqual([
      '{"custom-value": "somecustominput"}',
      `["${home}:rule/r"]`,
      '"2026-01-01T00:01:00Z of r"',
    ]);
  });

  test('runs in order with others, through all that falls due on the way', async () => {
    const { bridge, clock } = world();
    const seen: [string, string][] = [];
    for (const [Name, ScheduleExpression] of [
      ['weekday', 'cron(30 8 ? * MON-FRI *)'],
      ['days', 'rate(2 days)'],
      ['saturday', 'cron(0 12 ? * SAT *)'],
      ['never', 'cron(0 0 30 2 ? *)'],
    ] as const) {
      await bridge.putRule({ Name, ScheduleExpression });
      await bridge.putTargets({
        Rule: Name,
        Targets: [{ Id: '1', Arn: `arn:aws:lambda:us-east-1:123456789012:function:f` }],
      });
    }
    bridge.handle('f', (event: { time: string }, { delivery }) => void seen.push([delivery.rule, event.time]));
    await clock.advance('7d');
    expect(seen).toEqual([
      ['weekday', '2026-01-01T08:30:00Z'],
      ['weekday', '2026-01-02T08:30:00Z'],
      ['days', '2026-01-03T00:00:00Z'],
      ['saturday', '2026-01-03T12:00:00Z'],
      ['days', '2026-01-05T00:00:00Z'],
      ['weekday', '2026-01-05T08:30:00Z'],
      ['weekday', '2026-01-06T08:30:00Z'],
      ['days', '2026-01-07T00:00:00Z'],
      ['weekday', '2026-01-07T08:30:00Z'],
    ]);
  });

  test('counts a rate from when it was made, and a cron expression in whole minutes', async () => {
    const { bridge, clock } = world();
    await clock.advance('20.5s');
    const rate = await putSchedule(bridge, 'rate', 'rate(1 minute)');
    const cron = await putSchedule(bridge, 'cron', 'cron(* * * * ? *)');
    await clock.advance('2m');
    expect(rate).toEqual([at('00:01:20'), at('00:02:20')]);
    expect(cron).toEqual([at('00:01:00'), at('00:02:00')]);
    expect(bridge.history.records('accepted').map(({ time }) => time.slice(11))).toEqual([
      '00:01:00.000Z',
      '00:01:20.500Z',
      '00:02:00.000Z',
      '00:02:20.500Z',
    ]);
  });

  test('goes on in step when it is put again with the same expression', async () => {
    const { bridge, clock } = world();
    const times = await putSchedule(bridge, 'r', 'rate(1 hour)');
    await clock.advance('30m');
    await bridge.putRule({ Name: 'r', ScheduleExpression: 'rate(1 hour)', Description: 'the same' });
    await bridge.enableRule({ Name: 'r' });
    await clock.advance('90m');
    expect(times).toEqual([at('01:00:00'), at('02:00:00')]);
  });

  test('begins anew when it is put again with another expression', async () => {
    const { bridge, clock } = world();
    const times = await putSchedule(bridge, 'r', 'rate(1 hour)');
    await clock.advance('30m');
    await bridge.putRule({ Name: 'r', ScheduleExpression: 'rate(2 hours)' });
    await clock.advance('3h');
    expect(times).toEqual([at('02:30:00')]);
  });

  test('stops when it is put again with a pattern only', async () => {
    const { bridge, clock } = world();
    const times = await putSchedule(bridge, 'r', 'rate(1 hour)');
    await bridge.putRule({ Name: 'r', EventPattern: '{"source":["com.shop"]}' });
    await clock.advance('1d');
    expect([times, clock.pending]).toEqual([[], 0]);
  });

  test('stops while it is disabled, and begins anew when it is enabled', async () => {
    const { bridge, clock } = world();
    const times = await putSchedule(bridge, 'r', 'rate(1 hour)');
    await clock.advance('90m');
    await bridge.disableRule({ Name: 'r' });
    expect(clock.pending).toBe(0);
    await clock.advance('3h');
    await bridge.enableRule({ Name: 'r' });
    await clock.advance('1h');
    await bridge.putRule({ Name: 'r', ScheduleExpression: 'rate(1 hour)', State: 'DISABLED' });
    await clock.advance('3h');
    expect(times).toEqual([at('01:00:00'), at('05:30:00')]);
  });

  test('does not begin if it is put as disabled', async () => {
    const { bridge, clock } = world();
    await bridge.putRule({ Name: 'r', ScheduleExpression: 'rate(1 minute)', State: 'DISABLED' });
    await clock.advance('1h');
    expect(bridge.history.events()).toEqual([]);
  });

  test('stops when it is deleted, and one of its name begins anew', async () => {
    const { bridge, clock } = world();
    await bridge.putRule({ Name: 'r', ScheduleExpression: 'rate(1 hour)' });
    await clock.advance('30m');
    await bridge.deleteRule({ Name: 'r' });
    expect(clock.pending).toBe(0);
    await bridge.putRule({ Name: 'r', ScheduleExpression: 'rate(1 hour)' });
    await clock.advance('1h');
    expect(bridge.history.events().map(({ time }) => time)).toEqual([at('01:30:00')]);
  });

  test('stops at once when what its event sets off disables it', async () => {
    const { bridge, clock } = world();
    const times = await putSchedule(bridge, 'r', 'rate(1 minute)');
    bridge.on({ source: ['aws.events'] }, () => bridge.disableRule({ Name: 'r' }));
    await clock.advance('1h');
    expect([times, clock.pending]).toEqual([[at('00:01:00')], 0]);
  });

  test('is refused whole when its expression is, and what was there stays', async () => {
    const { bridge, clock } = world();
    const times = await putSchedule(bridge, 'r', 'rate(1 hour)');
    await expect(bridge.putRule({ Name: 'r', ScheduleExpression: 'rate(1 hours)' })).rejects.toThrow(
      'Parameter ScheduleExpression is not valid.',
    );
    await clock.advance('1h');
    expect(times).toEqual([at('01:00:00')]);
  });

  test('does not tell in its description since when it runs', async () => {
    const { bridge } = world();
    await bridge.putRule({ Name: 'r', ScheduleExpression: 'rate(1 hour)' });
    const listed = {
      Name: 'r',
      Arn: `${home}:rule/r`,
      EventBusName: 'default',
      ScheduleExpression: 'rate(1 hour)',
      State: 'ENABLED',
    };
    expect(await bridge.listRules()).toEqual({ Rules: [listed] });
    expect(await bridge.describeRule({ Name: 'r' })).toEqual({ ...listed, CreatedBy: '123456789012' });
  });
});

describe('A scheduled event', () => {
  test('reaches everything on the default bus that matches it', async () => {
    const { bridge, clock } = world({ buses: ['orders'] });
    const times = await putSchedule(bridge, 'r', 'rate(1 hour)');
    const names: string[] = [];
    bridge.on({ source: ['aws.events'], resources: [`${home}:rule/r`] }, () => void names.push('subscription'));
    bridge.on({ source: ['com.shop'] }, () => void names.push('another source'));
    bridge.bus('orders').on({ source: ['aws.events'] }, () => void names.push('another bus'));
    await bridge.putRule({ Name: 'all', EventPattern: '{"account":["123456789012"]}' });
    await clock.advance('1h');
    expect([times, names]).toEqual([[at('01:00:00')], ['subscription']]);
    expect(bridge.history.records('matched')).toMatchObject([
      { rules: ['r', 'all'], subscriptions: [expect.any(String)] },
    ]);
  });

  test('reaches the targets of its rule once, though the pattern of the rule matches it too', async () => {
    const { bridge, clock } = world();
    const times = await putSchedule(bridge, 'r', 'rate(1 hour)');
    await bridge.putRule({ Name: 'r', ScheduleExpression: 'rate(1 hour)', EventPattern: '{"source":["aws.events"]}' });
    await clock.advance('1h');
    expect(times).toEqual([at('01:00:00')]);
  });

  test('comes beside the events that the pattern of its rule matches', async () => {
    const { bridge, clock } = world();
    const times = await putSchedule(bridge, 'r', 'rate(1 hour)');
    await bridge.putRule({ Name: 'r', ScheduleExpression: 'rate(1 hour)', EventPattern: '{"source":["com.shop"]}' });
    await bridge.putEvents({ Entries: [{ Source: 'com.shop', DetailType: 't', Detail: '{}' }] });
    await clock.advance('1h');
    expect(times).toEqual([at('00:00:00'), at('01:00:00')]);
  });

  test('is not what an event like it is', async () => {
    const { bridge } = world();
    const times = await putSchedule(bridge, 'r', 'rate(1 hour)');
    await bridge.inject({ source: 'aws.events', 'detail-type': 'Scheduled Event', resources: [`${home}:rule/r`] });
    await bridge.idle();
    expect(times).toEqual([]);
  });

  test('is wanted by its rule, also if that has no targets', async () => {
    const { bridge, clock } = world({ onUnmatchedEvent: 'error' });
    await bridge.putRule({ Name: 'r', ScheduleExpression: 'rate(1 minute)' });
    await clock.advance('1m');
    await bridge.idle();
    expect(bridge.history.records('unmatched')).toEqual([]);
  });

  test('is explained by its schedule', async () => {
    const { bridge, clock } = world();
    await bridge.putRule({ Name: 'r', ScheduleExpression: 'rate(1 minute)' });
    await bridge.putRule({ Name: 'other', ScheduleExpression: 'rate(1 hour)' });
    await clock.advance('1m');
    const [event] = bridge.history.events();
    expect(String(bridge.explain(event as never))).toBe(
      [
        '"Scheduled Event" from aws.events on bus default: 1 of 2 match',
        '  ✓ rule r (scheduled)',
        '  ✗ rule other (schedule only)',
      ].join('\n'),
    );
  });

  test('fails, is tried again and becomes a dead letter as any other', async () => {
    const { bridge, clock } = world();
    await bridge.putRule({ Name: 'r', ScheduleExpression: 'rate(1 day)' });
    await bridge.putTargets({
      Rule: 'r',
      Targets: [
        {
          Id: '1',
          Arn: 'arn:aws:states:us-east-1:123456789012:stateMachine:m',
          RoleArn,
          RetryPolicy: { MaximumRetryAttempts: 2 },
          DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:123456789012:dlq' },
        },
      ],
    });
    bridge.handle('arn:aws:states:us-east-1:123456789012:stateMachine:m', () => {
      throw new Error('no');
    });
    await clock.advance('1d');
    expect(await bridge.drain()).toMatchObject({ deadLettered: 1, waiting: 0 });
    expect(bridge.queue('dlq').messages[0]?.attributes).toMatchObject({
      RETRY_ATTEMPTS: '2',
      RULE_ARN: `${home}:rule/r`,
    });
  });
});
