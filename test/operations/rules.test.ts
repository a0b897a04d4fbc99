import { describe, expect, test } from 'vitest';
import { createBridge } from '../../src/index.js';

const EventPattern = '{"source":["com.shop"]}';
const home = 'arn:aws:events:us-east-1:123456789012';
const entry = { Source: 'com.shop', DetailType: 'Order Placed', Detail: '{}' };

describe('A rule', () => {
  test('is put, described and listed', async () => {
    await using bridge = createBridge({ buses: ['orders'] });
    expect(await bridge.putRule({ Name: 'a', EventPattern, Description: 'd' })).toEqual({ RuleArn: `${home}:rule/a` });
    expect(await bridge.putRule({ Name: 'b', EventPattern, EventBusName: 'orders', State: 'DISABLED' })).toEqual({
      RuleArn: `${home}:rule/orders/b`,
    });
    const listed = {
      Name: 'a',
      Arn: `${home}:rule/a`,
      EventBusName: 'default',
      EventPattern,
      State: 'ENABLED',
      Description: 'd',
    };
    expect(await bridge.describeRule({ Name: 'a' })).toEqual({ ...listed, CreatedBy: '123456789012' });
    expect(await bridge.listRules({})).toEqual({ Rules: [listed] });
    expect(await bridge.listRules({ EventBusName: `${home}:event-bus/orders` })).toMatchObject({
      Rules: [{ Name: 'b', State: 'DISABLED' }],
    });
    expect(await bridge.listRules({ NamePrefix: 'x' })).toEqual({ Rules: [] });
  });

  test('that is put again loses what is left out, and keeps its targets', async () => {
    await using bridge = createBridge();
    await bridge.putRule({ Name: 'a', EventPattern, Description: 'd', State: 'DISABLED' });
    await bridge.putTargets({
      Rule: 'a',
      Targets: [{ Id: '1', Arn: 'arn:aws:lambda:us-east-1:123456789012:function:f' }],
    });
    await bridge.putRule({ Name: 'a', EventPattern: '{"source":["other"]}' });
    expect(await bridge.describeRule({ Name: 'a' })).toEqual({
      Name: 'a',
      Arn: `${home}:rule/a`,
      EventBusName: 'default',
      EventPattern: '{"source":["other"]}',
      State: 'ENABLED',
      CreatedBy: '123456789012',
    });
    expect((await bridge.listTargetsByRule({ Rule: 'a' })).Targets).toHaveLength(1);
  });

  test('receives by its newest pattern, while it is enabled, until it is deleted', async () => {
    await using bridge = createBridge();
    let calls = 0;
    bridge.handle('f', () => calls++);
    const callsOf = async () => {
      calls = 0;
      await bridge.putEvents({ Entries: [entry] });
      await bridge.idle();
      return calls;
    };
    const target = { Id: '1', Arn: 'arn:aws:lambda:us-east-1:123456789012:function:f' };
    await bridge.putRule({ Name: 'a', EventPattern });
    expect(await callsOf()).toBe(0);
    await bridge.putTargets({ Rule: 'a', Targets: [target, { ...target, Id: '2' }] });
    expect(await callsOf()).toBe(2);
    await bridge.putRule({ Name: 'b', EventPattern });
    await bridge.putTargets({ Rule: 'b', Targets: [target] });
    expect(await callsOf()).toBe(3);
    await bridge.disableRule({ Name: 'a' });
    expect(await callsOf()).toBe(1);
    await bridge.enableRule({ Name: 'a' });
    await bridge.enableRule({ Name: 'a' });
    expect(await callsOf()).toBe(3);
    await bridge.putRule({ Name: 'a', EventPattern: '{"source":["other"]}' });
    expect(await callsOf()).toBe(1);
    await bridge.putRule({ Name: 'a', EventPattern, State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' });
    expect(await callsOf()).toBe(3);
    await bridge.removeTargets({ Rule: 'a', Ids: ['1', '2'] });
    expect(await callsOf()).toBe(1);
    await bridge.removeTargets({ Rule: 'b', Ids: ['1'] });
    await bridge.deleteRule({ Name: 'b' });
    expect(await callsOf()).toBe(0);
    expect(bridge.history.records('matched').at(-1)).toMatchObject({ rules: ['a'] });
  });

  test('with a schedule only is not triggered by PutEvents', async () => {
    await using bridge = createBridge();
    await bridge.putRule({ Name: 's', ScheduleExpression: 'rate(5 minutes)' });
    await bridge.putEvents({ Entries: [entry] });
    expect(bridge.history.records('unmatched')).toHaveLength(1);
  });

  test('is deleted also when there is none, but not while it has targets', async () => {
    await using bridge = createBridge();
    expect(await bridge.deleteRule({ Name: 'none' })).toEqual({});
    await bridge.putRule({ Name: 'a', EventPattern });
    await bridge.putTargets({ Rule: 'a', Targets: [{ Id: '1', Arn: 'arn:aws:sqs:us-east-1:123456789012:q' }] });
    await expect(bridge.deleteRule({ Name: 'a' })).rejects.toMatchObject({
      name: 'ValidationException',
      message: "Rule can't be deleted since it has targets.",
    });
    await bridge.removeTargets({ Rule: 'a', Ids: ['1'] });
    expect(await bridge.deleteRule({ Name: 'a' })).toEqual({});
    await expect(bridge.describeRule({ Name: 'a' })).rejects.toThrow('Rule a does not exist on EventBus default.');
  });

  test.each(['describeRule', 'enableRule', 'disableRule'] as const)(
    'that is unknown cannot be used: %s',
    async (method) => {
      await using bridge = createBridge({ buses: ['orders'] });
      await expect(bridge[method]({ Name: 'a', EventBusName: 'orders' })).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        message: 'Rule a does not exist on EventBus orders.',
      });
    },
  );

  test.each(['describeRule', 'enableRule', 'disableRule', 'deleteRule', 'listRules', 'putRule'] as const)(
    'needs a bus that exists: %s',
    async (method) => {
      await using bridge = createBridge();
      const input = { Name: 'a', EventBusName: 'none', EventPattern };
      await expect(bridge[method](input)).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        message: 'Event bus none does not exist.',
      });
    },
  );
});

describe('PutRule', () => {
  test.each([
    ['neither pattern nor schedule', {}, 'Parameter(s) EventPattern or ScheduleExpression must be specified.'],
    [
      'two empty texts',
      { EventPattern: '', ScheduleExpression: '' },
      'Parameter(s) EventPattern or ScheduleExpression must be specified.',
    ],
    [
      'a schedule on another bus',
      { ScheduleExpression: 'rate(1 minute)', EventBusName: 'orders' },
      'ScheduleExpression is supported only on the default event bus.',
    ],
    [
      'an unknown state',
      { EventPattern, State: 'ON' },
      "1 validation error detected: Value 'ON' at 'state' failed to satisfy constraint: Member must satisfy enum value set: [ENABLED, DISABLED, ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS]",
    ],
  ])('is refused with %s', async (_, input, message) => {
    await using bridge = createBridge({ buses: ['orders'] });
    await expect(bridge.putRule({ Name: 'a', ...input } as never)).rejects.toMatchObject({
      name: 'ValidationException',
      message,
    });
    expect(await bridge.listRules()).toEqual({ Rules: [] });
  });

  test.each(['ENABLED', 'DISABLED'] as const)(
    'is refused with an invalid pattern, and changes nothing: %s',
    async (State) => {
      await using bridge = createBridge();
      await bridge.putRule({ Name: 'a', EventPattern, State });
      await expect(bridge.putRule({ Name: 'a', EventPattern: '{"source":"x"}', State })).rejects.toMatchObject({
        name: 'InvalidEventPatternException',
        message: expect.stringContaining('Event pattern is not valid. Reason: "source" must be an object or an array'),
      });
      expect(await bridge.describeRule({ Name: 'a' })).toMatchObject({ EventPattern, State });
    },
  );

  test('keeps to the quotas of rules, of rules with wildcards and of characters', async () => {
    const exceeded = {
      name: 'LimitExceededException',
      message: 'The requested resource exceeds the maximum number allowed.',
    };
    await using bridge = createBridge({ limits: { rulesPerBus: 3, wildcardRulesPerBus: 1, patternCharacters: 60 } });
    const wildcard = '{"source":[{"anything-but":{"wildcard":"a*"}}]}';
    await bridge.putRule({ Name: 'wildcard', EventPattern: wildcard });
    await bridge.putRule({ Name: 'wildcard', EventPattern: wildcard.replace('a*', 'b*') });
    await bridge.putRule({ Name: 'field', EventPattern: '{"wildcard":["a"]}' });
    await expect(bridge.putRule({ Name: 'b', EventPattern: wildcard })).rejects.toMatchObject(exceeded);
    await expect(bridge.putRule({ Name: 'field', EventPattern: wildcard })).rejects.toMatchObject(exceeded);
    await expect(bridge.putRule({ Name: 'c', EventPattern: `{"source":["${'x'.repeat(60)}"]}` })).rejects.toMatchObject(
      {
        name: 'LimitExceededException',
        message: 'Parameter EventPattern for rule c exceeds limit of 60.',
      },
    );
    await bridge.putRule({ Name: 'd', EventPattern });
    await expect(bridge.putRule({ Name: 'e', EventPattern })).rejects.toMatchObject(exceeded);
    await bridge.putRule({ Name: 'd', EventPattern, State: 'DISABLED' });
    await expect(bridge.putRule({ Name: 'f', EventPattern: 'x'.repeat(4097) })).rejects.toThrow(
      "at 'eventPattern' failed to satisfy constraint: Member must have length less than or equal to 4096",
    );
  });
});

describe('ListRules', () => {
  test('goes page by page in the order of names, also while rules are deleted', async () => {
    await using bridge = createBridge({ limits: { rulesPerBus: 1000 } });
    const names = Array.from({ length: 250 }, (_, index) => `r${String(index).padStart(3, '0')}`);
    for (const Name of names.toReversed()) await bridge.putRule({ Name, EventPattern });
    const seen: string[] = [];
    let page = await bridge.listRules();
    expect(page.Rules).toHaveLength(100);
    for (;;) {
      for (const { Name } of page.Rules) {
        seen.push(Name);
        await bridge.deleteRule({ Name });
      }
      if (page.NextToken === undefined) break;
      page = await bridge.listRules({ NextToken: page.NextToken, Limit: 75 });
    }
    expect(seen).toEqual(names);
  });

  test('gives a token only if more remain, and takes none of its own making', async () => {
    await using bridge = createBridge();
    await bridge.putRule({ Name: 'a', EventPattern });
    await bridge.putRule({ Name: 'b', EventPattern });
    expect(await bridge.listRules({ Limit: 2 })).not.toHaveProperty('NextToken');
    expect(await bridge.listRules({ Limit: 1 })).toHaveProperty('NextToken');
    const { NextToken } = await bridge.listRules({ Limit: 1 });
    const refused = { name: 'ValidationException', message: 'Parameter NextToken is not valid.' };
    for (const token of ['§', 'abcd', btoa('a'), `${NextToken}A`]) {
      await expect(bridge.listRules({ NextToken: token })).rejects.toMatchObject(refused);
    }
    await expect(bridge.listEventBuses({ NextToken })).rejects.toMatchObject(refused);
    await expect(bridge.listRules({ Limit: 101 })).rejects.toThrow(
      "Value '101' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 100",
    );
    await expect(bridge.listRules({ Limit: 0.5 })).rejects.toThrow(
      "Member 'limit' must be an integer, but is a number.",
    );
  });
});
