import { describe, expect, test } from 'vitest';
import { createBridge } from '../../src/index.js';

const EventPattern = '{"detail-type":["AWS API Call via CloudTrail"]}';
const State = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
const Arn = 'arn:aws:sqs:us-east-1:123456789012';
const call = (
  eventName: string,
  { source = 'aws.s3', ...detail }: { source?: string; [member: string]: unknown } = {},
) => ({
  source,
  'detail-type': 'AWS API Call via CloudTrail',
  detail: { eventName, ...detail },
});

/** A bridge with one rule of each state, each with a queue named after it. */
async function bridgeWithRules() {
  const bridge = createBridge();
  for (const [Name, state] of [['enabled', 'ENABLED'] as const, ['all', State] as const]) {
    await bridge.putRule({ Name, EventPattern, State: state });
    await bridge.putTargets({ Rule: Name, Targets: [{ Id: '1', Arn: `${Arn}:${Name}` }] });
  }
  return bridge;
}

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html
describe('A read-only management event', () => {
  test.each([
    ['ListBuckets', {}, 0],
    ['GetObjectAcl', {}, 0],
    ['DescribeInstances', { source: 'aws.ec2' }, 0],
    ['GetRole', { source: 'aws.iam', eventCategory: 'Management', managementEvent: true }, 0],
    ['GetCallerIdentity', { source: 'aws.sts' }, 0],
    ['GetSessionToken', { source: 'aws.sts' }, 1],
    ['GetFederationToken', { source: 'aws.sts' }, 1],
    ['TestEventPattern', { source: 'aws.events' }, 1],
    ['PutBucketAcl', {}, 1],
    ['GetObject', { managementEvent: false }, 1],
    ['GetObject', { eventCategory: 'Data' }, 1],
    ['ListOrders', { source: 'com.shop' }, 1],
    [7, {}, 1],
  ])(
    'is %s %j: a rule that is ENABLED gets %i of it, one with all management events gets it',
    async (name, more, count) => {
      await using bridge = await bridgeWithRules();
      const seen: unknown[] = [];
      bridge.on({ source: [{ exists: true }] }, ({ detail }) => seen.push(detail));
      await bridge.inject(call(name as string, more));
      await bridge.idle();
      expect(bridge.queue('enabled').messages).toHaveLength(count);
      expect(bridge.queue('all').messages).toHaveLength(1);
      expect(seen).toHaveLength(1);
    },
  );

  test('follows the state of the rule, and is explained', async () => {
    await using bridge = await bridgeWithRules();
    const reasons = () =>
      bridge.explain(call('ListBuckets')).routes.map(({ name, inactiveReason }) => [name, inactiveReason]);
    expect(reasons()).toEqual([
      ['all', undefined],
      ['enabled', 'read-only-event'],
    ]);
    expect(String(bridge.explain(call('ListBuckets')))).toContain(
      '✗ rule enabled (read-only management event: its state must be ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS)',
    );
    await bridge.putRule({ Name: 'enabled', EventPattern, State });
    await bridge.enableRule({ Name: 'all' });
    expect(reasons()).toEqual([
      ['enabled', undefined],
      ['all', 'read-only-event'],
    ]);
    await bridge.inject(call('ListBuckets'));
    await bridge.idle();
    expect(bridge.queue('enabled').messages).toHaveLength(1);
    expect(bridge.queue('all').messages).toEqual([]);
  });
});

describe('A recorded envelope', () => {
  test('with the replay-name null was not replayed', async () => {
    await using bridge = createBridge();
    const seen: unknown[] = [];
    bridge.on({ 'replay-name': [{ exists: false }] }, (event) => seen.push(event));
    await bridge.inject({ source: 'com.shop', 'detail-type': 'Order Placed', detail: {}, 'replay-name': null });
    await bridge.idle();
    expect(seen).toHaveLength(1);
    expect(seen[0]).not.toHaveProperty('replay-name');
  });
});

describe('The token of a page', () => {
  test('belongs to its list, whatever the limit and the name of the bus', async () => {
    await using bridge = createBridge({ buses: ['orders'] });
    for (const Name of ['a', 'b', 'c']) {
      await bridge.putRule({ Name, EventPattern });
      await bridge.putTargets({ Rule: Name, Targets: ['1', '2'].map((Id) => ({ Id, Arn: `${Arn}:q` })) });
    }
    const list = (input: object) => bridge.listRuleNamesByTarget({ TargetArn: `${Arn}:q`, ...input });
    const { NextToken } = await list({ Limit: 1 });
    const EventBusName = 'arn:aws:events:us-east-1:123456789012:event-bus/default';
    expect(await list({ NextToken, Limit: 1, EventBusName })).toMatchObject({ RuleNames: ['b'] });
    expect(await list({ NextToken })).toEqual({ RuleNames: ['b', 'c'] });
    const refusal = { name: 'ValidationException', message: 'Parameter NextToken is not valid.' };
    for (const other of [{ TargetArn: `${Arn}:other` }, { EventBusName: 'orders' }]) {
      await expect(list({ NextToken, ...other })).rejects.toMatchObject(refusal);
    }
    await expect(bridge.listRules({ NextToken })).rejects.toMatchObject(refusal);
  });
});
