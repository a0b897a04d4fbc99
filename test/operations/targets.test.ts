import { describe, expect, test } from 'vitest';
import { type Bridge, createBridge, type Target } from '../../src/index.js';

const Arn = 'arn:aws:lambda:us-east-1:123456789012:function:bill';
const nothingFailed = { FailedEntryCount: 0, FailedEntries: [] };

async function bridgeWithRule(): Promise<Bridge> {
  const bridge = createBridge({ buses: ['orders'] });
  await bridge.putRule({ Name: 'big', EventPattern: '{"source":["com.shop"]}' });
  return bridge;
}

describe('Targets', () => {
  test('are listed as they were put last, and removed', async () => {
    await using bridge = await bridgeWithRule();
    const full: Target = {
      Id: '1',
      Arn,
      RoleArn: 'arn:aws:iam::123456789012:role/r',
      InputTransformer: { InputPathsMap: { a: '$.detail.a' }, InputTemplate: '"<a>"' },
      RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 60 },
      DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:123456789012:dlq' },
      SqsParameters: { MessageGroupId: 'g' },
    };
    await bridge.putTargets({ Rule: 'big', Targets: [{ Id: '1', Arn, Input: '{}' }] });
    expect(await bridge.putTargets({ Rule: 'big', Targets: [{ Id: '2', Arn }, full] })).toEqual(nothingFailed);
    expect(await bridge.listTargetsByRule({ Rule: 'big' })).toEqual({ Targets: [full, { Id: '2', Arn }] });
    expect(await bridge.removeTargets({ Rule: 'big', Ids: ['1'] })).toEqual(nothingFailed);
    expect(await bridge.listTargetsByRule({ Rule: 'big' })).toEqual({ Targets: [{ Id: '2', Arn }] });
  });

  test('that are listed can be changed without changing the rule', async () => {
    await using bridge = await bridgeWithRule();
    await bridge.putTargets({ Rule: 'big', Targets: [{ Id: '1', Arn }] });
    const { Targets } = await bridge.listTargetsByRule({ Rule: 'big' });
    Object.assign(Targets[0] ?? {}, { Arn: 'other' });
    expect((await bridge.listTargetsByRule({ Rule: 'big' })).Targets).toEqual([{ Id: '1', Arn }]);
  });

  test('are listed page by page', async () => {
    await using bridge = await bridgeWithRule();
    await bridge.putTargets({ Rule: 'big', Targets: ['c', 'a', 'b'].map((Id) => ({ Id, Arn })) });
    const first = await bridge.listTargetsByRule({ Rule: 'big', Limit: 2 });
    const second = await bridge.listTargetsByRule({
      Rule: 'big',
      ...(first.NextToken === undefined ? {} : { NextToken: first.NextToken }),
    });
    expect([first, second].map(({ Targets }) => Targets.map(({ Id }) => Id))).toEqual([['a', 'b'], ['c']]);
    expect(second).not.toHaveProperty('NextToken');
  });

  test('are five a rule, and of too many none is put', async () => {
    await using bridge = await bridgeWithRule();
    const targets = (count: number) => Array.from({ length: count }, (_, index) => ({ Id: String(index), Arn }));
    await expect(bridge.putTargets({ Rule: 'big', Targets: targets(7) })).rejects.toMatchObject({
      name: 'LimitExceededException',
    });
    expect(await bridge.listTargetsByRule({ Rule: 'big' })).toEqual({ Targets: [] });
    await bridge.putTargets({ Rule: 'big', Targets: targets(5) });
    await bridge.putTargets({ Rule: 'big', Targets: targets(5) });
    await expect(bridge.putTargets({ Rule: 'big', Targets: [{ Id: 'sixth', Arn }] })).rejects.toMatchObject({
      name: 'LimitExceededException',
    });
  });

  test('that are unknown are removed like others', async () => {
    await using bridge = await bridgeWithRule();
    await bridge.putTargets({ Rule: 'big', Targets: [{ Id: '1', Arn }] });
    expect(await bridge.removeTargets({ Rule: 'big', Ids: ['1', '2'] })).toEqual(nothingFailed);
    expect(await bridge.listTargetsByRule({ Rule: 'big' })).toEqual({ Targets: [] });
  });

  test.each<[string, unknown, string]>([
    [
      'an Id of wrong characters',
      { Rule: 'big', Targets: [{ Id: '!@#$@!#$', Arn }] },
      "1 validation error detected: Value '!@#$@!#$' at 'targets.1.member.id' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+",
    ],
    [
      'an Id that is too long',
      { Rule: 'big', Targets: [{ Id: 'x'.repeat(65), Arn }] },
      `1 validation error detected: Value '${'x'.repeat(65)}' at 'targets.1.member.id' failed to satisfy constraint: Member must have length less than or equal to 64`,
    ],
    [
      'the ARN of a rule for its name',
      { Rule: 'arn:aws:events:us-east-1:123456789012:rule/Test', Targets: [{ Id: '1', Arn }] },
      "Value 'arn:aws:events:us-east-1:123456789012:rule/Test' at 'rule' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+",
    ],
    [
      'several faults, in the order of the members',
      { Targets: [{ Arn, RetryPolicy: { MaximumRetryAttempts: 186, MaximumEventAgeInSeconds: 59 } }, { Id: '2' }] },
      "5 validation errors detected: Value null at 'rule' failed to satisfy constraint: Member must not be null; " +
        "Value null at 'targets.1.member.id' failed to satisfy constraint: Member must not be null; " +
        "Value '186' at 'targets.1.member.retryPolicy.maximumRetryAttempts' failed to satisfy constraint: Member must have value less than or equal to 185; " +
        "Value '59' at 'targets.1.member.retryPolicy.maximumEventAgeInSeconds' failed to satisfy constraint: Member must have value greater than or equal to 60; " +
        "Value null at 'targets.2.member.arn' failed to satisfy constraint: Member must not be null",
    ],
    [
      'no targets',
      { Rule: 'big', Targets: [] },
      "Value '[]' at 'targets' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'no ARN',
      { Rule: 'big', Targets: [{ Id: '1', Arn: 'bill' }] },
      'Parameter bill is not valid. Reason: Provided Arn is not in correct format.',
    ],
  ])('are refused with %s', async (_, input, message) => {
    await using bridge = await bridgeWithRule();
    await expect(bridge.putTargets(input as never)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });

  test.each(['putTargets', 'removeTargets', 'listTargetsByRule'] as const)(
    'need a rule that exists: %s',
    async (method) => {
      await using bridge = await bridgeWithRule();
      const input = { Rule: 'none', Targets: [{ Id: '1', Arn }], Ids: ['1'] };
      await expect(bridge[method](input)).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        message: 'Rule none does not exist on EventBus default.',
      });
      await expect(bridge[method]({ ...input, EventBusName: 'orders' })).rejects.toThrow(
        'Rule none does not exist on EventBus orders.',
      );
    },
  );
});

describe('ListRuleNamesByTarget', () => {
  test('names each rule of the bus that has the target, once, page by page', async () => {
    await using bridge = await bridgeWithRule();
    const EventPattern = '{"source":["com.shop"]}';
    expect(await bridge.listRuleNamesByTarget({ TargetArn: Arn })).toEqual({ RuleNames: [] });
    for (const Name of ['c', 'a', 'b']) {
      await bridge.putRule({ Name, EventPattern });
      await bridge.putTargets({ Rule: Name, Targets: ['1', '2'].map((Id) => ({ Id, Arn })) });
    }
    await bridge.putTargets({ Rule: 'big', Targets: [{ Id: '1', Arn: `${Arn}:alias` }] });
    await bridge.putRule({ Name: 'd', EventPattern, EventBusName: 'orders' });
    await bridge.putTargets({ Rule: 'd', EventBusName: 'orders', Targets: [{ Id: '1', Arn }] });
    expect(await bridge.listRuleNamesByTarget({ TargetArn: Arn })).toEqual({ RuleNames: ['a', 'b', 'c'] });
    expect(await bridge.listRuleNamesByTarget({ TargetArn: Arn, EventBusName: 'orders' })).toEqual({
      RuleNames: ['d'],
    });
    const first = await bridge.listRuleNamesByTarget({ TargetArn: Arn, Limit: 2 });
    expect(first).toEqual({ RuleNames: ['a', 'b'], NextToken: expect.any(String) });
    await bridge.removeTargets({ Rule: 'b', Ids: ['1', '2'] });
    expect(await bridge.listRuleNamesByTarget({ TargetArn: Arn, NextToken: first.NextToken })).toEqual({
      RuleNames: ['c'],
    });
  });

  test('needs a bus that exists, and an ARN', async () => {
    await using bridge = createBridge();
    await expect(bridge.listRuleNamesByTarget({ TargetArn: Arn, EventBusName: 'none' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Event bus none does not exist.',
    });
    await expect(bridge.listRuleNamesByTarget({} as never)).rejects.toThrow(
      "1 validation error detected: Value null at 'targetArn' failed to satisfy constraint: Member must not be null",
    );
  });
});
