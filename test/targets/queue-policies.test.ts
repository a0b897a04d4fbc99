import { describe, expect, test } from 'vitest';
import type { PolicyStatement } from '../../src/index.js';
import { order, world } from '../delivery/world.js';

const orders = 'arn:aws:sqs:us-east-1:123456789012:orders';
const rule = 'arn:aws:events:us-east-1:123456789012:rule/all';
const role = 'arn:aws:iam::123456789012:role/sender';
const DeadLetterConfig = { Arn: 'arn:aws:sqs:us-east-1:123456789012:dlq' };

type Condition = PolicyStatement['Condition'];

function policy(...statements: Partial<PolicyStatement>[]) {
  const given = { Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: orders };
  return {
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Effect: 'Allow', ...given, ...statement }) as PolicyStatement),
  };
}

async function letterFor(queuePolicy: string | ReturnType<typeof policy>, RoleArn?: string) {
  const { bridge } = await world({ Arn: orders, DeadLetterConfig, ...(RoleArn === undefined ? {} : { RoleArn }) });
  bridge.queue(orders, { policy: queuePolicy });
  await bridge.publish(order);
  expect(await bridge.idle()).toMatchObject({ waiting: 0 });
  expect(bridge.queue('orders').messages.length + bridge.queue('dlq').messages.length).toBe(1);
  return bridge.queue('dlq').messages[0]?.attributes;
}

const requestId = '[0-9a-f-]{36}';
const suffix = `\\(Service: AmazonSQS; Status Code: 403; Error Code: AccessDenied; Request ID: ${requestId}; Proxy: null\\)$`;
const notAllowed = new RegExp(
  `^User: events.amazonaws.com is not authorized to perform: sqs:sendmessage on resource: ${orders} because no resource-based policy allows the sqs:sendmessage action ${suffix}`,
);

// Captured from the service, September 2026 (github.com/radkawar/stackd, delivery.json and target_roles.json, commit 9dc356f5).
describe('A queue with a policy', () => {
  test.each<[string, Condition]>([
    ['without a condition', undefined],
    ['for the rule', { ArnEquals: { 'aws:SourceArn': rule } }],
    ['for the rules of a bus', { ArnLike: { 'aws:SourceArn': 'arn:aws:events:us-east-1:123456789012:rule/*' } }],
    ['for the account', { StringEquals: { 'aws:SourceAccount': '123456789012' } }],
    ['for the service', { StringEquals: { 'aws:PrincipalServiceName': 'events.amazonaws.com' } }],
    ['for services', { Bool: { 'aws:PrincipalIsAWSService': 'true' } }],
  ])('takes what it allows: %s', async (_, Condition) => {
    expect(await letterFor(policy({ Condition }))).toBeUndefined();
    expect(await letterFor(JSON.stringify(policy({ Condition })))).toBeUndefined();
  });

  test.each<[string, Partial<PolicyStatement>]>([
    ['another rule', { Condition: { ArnEquals: { 'aws:SourceArn': `${rule}-2` } } }],
    ['another account', { Condition: { StringEquals: { 'aws:SourceAccount': '999999999999' } } }],
    ['a type of principal', { Condition: { StringEquals: { 'aws:PrincipalType': 'AWSService' } } }],
    ['another service', { Principal: { Service: 'sns.amazonaws.com' } }],
    ['another action', { Action: 'sqs:ReceiveMessage' }],
    ['another queue', { Resource: `${orders}-2` }],
  ])('refuses what it does not allow: %s', async (_, statement) => {
    const attributes = await letterFor(policy(statement));
    expect(attributes).toMatchObject({
      ERROR_CODE: 'NO_PERMISSIONS',
      ERROR_MESSAGE: expect.stringMatching(notAllowed),
    });
    expect(attributes).not.toHaveProperty('RETRY_ATTEMPTS');
  });

  test('refuses what it denies, even if it allows it as well', async () => {
    expect(await letterFor(policy({}, { Effect: 'Deny' }))).toMatchObject({ ERROR_CODE: 'NO_PERMISSIONS' });
  });

  test('asks the role of the target, and not the service, if there is one', async () => {
    expect(await letterFor(policy({ Effect: 'Deny' }), role)).toBeUndefined();
    expect(await letterFor(policy({ Action: 'sqs:ReceiveMessage' }), role)).toBeUndefined();
    const denied = await letterFor(policy({ Effect: 'Deny', Principal: { AWS: role } }), role);
    expect(denied?.['ERROR_MESSAGE']).toMatch(
      new RegExp(
        `^User: arn:aws:sts::123456789012:assumed-role/sender/[0-9a-f]{32} is not authorized to perform: sqs:sendmessage on resource: ${orders} with an explicit deny in a resource-based policy ${suffix}`,
      ),
    );
  });

  test('that is a dead-letter queue loses the dead letter', async () => {
    const { bridge } = await world({ Arn: orders, DeadLetterConfig });
    bridge.queue(orders, { policy: policy({ Effect: 'Deny' }) });
    bridge.queue('dlq', { policy: policy({}) });
    await bridge.publish(order);
    expect(await bridge.idle()).toMatchObject({ failed: 1, deadLettered: 0 });
    expect(bridge.queue('dlq').messages).toEqual([]);
    expect(bridge.history.records('failed')).toMatchObject([
      {
        errorCode: 'NO_PERMISSIONS',
        hint: `The dead-letter queue ${DeadLetterConfig.Arn} does not take the dead letter.`,
      },
    ]);
  });

  test('keeps it in snapshots', async () => {
    const { bridge } = await world({ Arn: orders, DeadLetterConfig });
    bridge.queue(orders, { policy: policy({ Effect: 'Deny' }) });
    const snapshot = bridge.snapshot();
    bridge.reset();
    bridge.restore(JSON.parse(JSON.stringify(snapshot)));
    await bridge.publish(order);
    expect(await bridge.idle()).toMatchObject({ deadLettered: 1 });
  });

  test.each([
    [5, 'queue: policy must be a resource-based policy or its JSON text'],
    ['{', 'policy must be a resource-based policy or its JSON text.'],
    [{}, 'policy must have a Statement.'],
    [{ Statement: [null] }, 'policy: the Effect of each statement must be "Allow" or "Deny".'],
    [{ Statement: { Effect: 'Allow', Action: '*' } }, 'policy: the Principal of each statement must be "*"'],
    [{ Statement: { Effect: 'Allow', Principal: '*' } }, 'policy: Action and Resource of each statement must be'],
    [
      policy({ Condition: { DateLessThan: { x: 'y' } } }),
      'policy: the condition operator DateLessThan is not supported.',
    ],
    [policy({ Condition: { StringEquals: 'x' } as never }), 'policy: the condition StringEquals must be an object.'],
  ])('rejects what is not a policy: %j', async (wrong, message) => {
    const { bridge } = await world();
    expect(() => bridge.queue('orders', { policy: wrong as never })).toThrow(message);
  });
});
