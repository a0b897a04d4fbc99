import { describe, expect, test } from 'vitest';
import { TargetError } from '../../src/index.js';
import { deadLetterQueue, lambda, order, topic, world } from '../delivery/world.js';
import { captureWarnings } from '../warnings.js';

const role = 'arn:aws:iam::123456789012:role/sender';
const EcsParameters = { TaskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/t:1' };
const cluster = 'arn:aws:ecs:us-east-1:123456789012:cluster/jobs';
const stream = 'arn:aws:kinesis:us-east-1:123456789012:stream/orders';
const queue = 'arn:aws:sqs:us-east-1:123456789012:orders';
const request = 'Request ID: [0-9a-f-]{36}; Proxy: null';

// Captured from the service, September 2026 (github.com/radkawar/stackd, target_roles.json and error_metrics.json, commit 9dc356f5).
describe('A fault', () => {
  test.each([
    [
      'NO_PERMISSIONS',
      topic,
      undefined,
      `User: events.amazonaws.com is not authorized to perform: SNS:Publish on resource: ${topic} because no resource-based policy allows the SNS:Publish action \\(Service: AmazonSNS; Status Code: 403; Error Code: AuthorizationError; ${request}\\)`,
    ],
    [
      'NO_PERMISSIONS',
      lambda,
      role,
      `User: arn:aws:sts::123456789012:assumed-role/sender/[0-9a-f]{32} is not authorized to perform: lambda:InvokeFunction on resource: ${lambda} because no identity-based policy allows the lambda:InvokeFunction action \\(Service: AWSLambdaInternal; Status Code: 403; Error Code: AccessDeniedException; ${request}\\)`,
    ],
    [
      'FAILED_TO_ASSUME_ROLE',
      queue,
      role,
      `User: events.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: ${role} \\(Service: AWSSecurityTokenService; Status Code: 403; Error Code: AccessDenied; ${request}\\)`,
    ],
    [
      'NO_RESOURCE',
      queue,
      undefined,
      `The specified queue does not exist or you do not have access to it. \\(Service: AmazonSQS; Status Code: 400; Error Code: AWS.SimpleQueueService.NonExistentQueue; ${request}\\)`,
    ],
    ['INVALID_JSON', queue, undefined, 'Invalid input for target.'],
  ])('of code %s for %s says what AWS says', async (code, Arn, RoleArn, message) => {
    const { bridge } = await world({ Arn, RoleArn, DeadLetterConfig: { Arn: deadLetterQueue } });
    bridge.faults.target(Arn, { code, times: 1 });
    await bridge.publish(order);
    await bridge.idle();
    const [letter] = bridge.queue('dlq').messages;
    expect(letter?.attributes).toEqual({
      RULE_ARN: 'arn:aws:events:us-east-1:123456789012:rule/all',
      TARGET_ARN: Arn,
      ERROR_CODE: code,
      ERROR_MESSAGE: expect.stringMatching(new RegExp(`^${message}$`)),
    });
  });

  test('is one cause of a warning, whatever the request ids', async () => {
    const warnings = captureWarnings();
    const { bridge } = await world({ Arn: topic }, { onFailedDelivery: 'warn' });
    bridge.faults.target(topic, { code: 'NO_PERMISSIONS', times: 3 });
    await bridge.publish([order, order, order]);
    expect(await bridge.idle()).toMatchObject({ failed: 3 });
    expect(warnings).toHaveLength(1);
  });

  test.each(['FAILED_TO_ASSUME_ROLE', 'INVALID_PARAMETER'])('of code %s is not retried', async (code) => {
    const { bridge } = await world({ Arn: topic });
    let calls = 0;
    bridge.handle(topic, () => {
      calls++;
      throw new TargetError(code);
    });
    await bridge.publish(order);
    expect(await bridge.idle()).toMatchObject({ failed: 1, waiting: 0 });
    expect(calls).toBe(1);
  });
});

// Captured (bus_forwarding.json): another account's bus gives a dead letter, a missing one of the own account gives none.
describe('A bus that is not there', () => {
  test.each([
    ['arn:aws:events:us-east-1:999999999999:event-bus/orders', 'NO_PERMISSIONS', 1],
    ['arn:aws:events:us-east-1:123456789012:event-bus/orders', 'NO_RESOURCE', 0],
    ['arn:aws:events:eu-west-1:123456789012:event-bus/orders', 'NO_RESOURCE', 0],
  ])('leaves for %s the code %s and %i dead letters', async (Arn, code, letters) => {
    const { bridge } = await world(
      { Arn, DeadLetterConfig: { Arn: deadLetterQueue } },
      { onUnhandledTarget: 'ignore' },
    );
    await bridge.publish(order);
    expect(await bridge.idle()).toMatchObject({ deadLettered: letters, failed: 1 - letters });
    const messages = letters === 1 ? ['Lack of permissions to invoke cross account target.'] : [];
    expect(bridge.queue('dlq').messages.map(({ attributes }) => attributes['ERROR_MESSAGE'])).toEqual(messages);
    const kind = letters === 1 ? 'dead-lettered' : 'failed';
    expect(bridge.history.records(kind)).toMatchObject([{ errorCode: code }]);
  });
});

// Captured (ecs_targets.json, kinesis_targets.json).
describe('What a handler receives', () => {
  test.each([
    [{ Input: '{"containerOverrides":[{"name":"main"}]}' }, { containerOverrides: [{ name: 'main' }] }],
    [{ Input: '{"fixed":true}' }, {}],
    [{}, {}],
    [
      {
        InputTransformer: {
          InputPathsMap: { total: '$.detail.total' },
          InputTemplate: '{"containerOverrides":[{"name":"main","command":["<total>"]}],"more":1}',
        },
      },
      { containerOverrides: [{ name: 'main', command: ['120'] }] },
    ],
  ])('for an ECS cluster with %j is the overrides of the task', async (input, overrides) => {
    const { bridge } = await world({ Arn: cluster, RoleArn: role, EcsParameters, ...input });
    const seen: unknown[] = [];
    bridge.handle(cluster, (event, { delivery }) => void seen.push(event, delivery.body));
    await bridge.publish(order);
    await bridge.idle();
    expect(seen).toEqual([overrides, JSON.stringify(overrides)]);
  });

  test.each([
    ['text', '"tenant-1"'],
    ['empty', '""'],
    ['number', '42'],
    ['flag', 'true'],
    ['object', '{"a":1}'],
    ['list', '["a","b"]'],
    ['nothing', '{}'],
    ['missing', '{}'],
  ])('for a Kinesis stream with the path of %s has the partition key %s', async (name, key) => {
    const KinesisParameters = { PartitionKeyPath: `$.detail.${name}` };
    const { bridge } = await world({ Arn: stream, RoleArn: role, KinesisParameters, Input: '{"fixed":true}' });
    const seen: unknown[] = [];
    bridge.handle(stream, (_, { delivery }) => void seen.push(delivery.body, delivery.partitionKey));
    const detail = {
      text: 'tenant-1',
      empty: '',
      number: 42,
      flag: true,
      object: { a: 1 },
      list: ['a', 'b'],
      nothing: null,
    };
    await bridge.publish({ ...order, detail });
    await bridge.idle();
    expect(seen).toEqual(['{"fixed":true}', key]);
  });

  test('for a Kinesis stream without a path has the id of the event in its partition key', async () => {
    const { bridge } = await world({ Arn: stream, RoleArn: role });
    const keys: (string | undefined)[] = [];
    bridge.handle(stream, (_, { delivery }) => void keys.push(delivery.partitionKey));
    const id = await bridge.publish(order);
    await bridge.idle();
    expect(keys).toEqual([expect.stringMatching(new RegExp(`^${id}_[0-9a-f-]{36}$`))]);
  });
});
