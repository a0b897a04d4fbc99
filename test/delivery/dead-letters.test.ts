import { describe, expect, test } from 'vitest';
import { TargetError } from '../../src/index.js';
import { captureWarnings } from '../warnings.js';
import { deadLetterQueue, lambda, order, topic, world } from './world.js';

const ruleArn = 'arn:aws:events:us-east-1:123456789012:rule/all';
const toQueue = { DeadLetterConfig: { Arn: deadLetterQueue } };

describe('A dead letter', () => {
  test('has the body and six attributes when retries were exhausted', async () => {
    const { bridge } = await world({ Arn: topic, RetryPolicy: { MaximumRetryAttempts: 2 }, ...toQueue });
    bridge.handle(topic, () => {
      throw new TargetError('THROTTLING', { message: 'Rate exceeded.' });
    });
    const id = await bridge.publish(order);
    expect(await bridge.drain()).toMatchObject({ delivered: 0, deadLettered: 1, failed: 0 });
    const attributes = {
      RULE_ARN: ruleArn,
      TARGET_ARN: topic,
      ERROR_CODE: 'THROTTLING',
      ERROR_MESSAGE: 'Rate exceeded.',
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
      RETRY_ATTEMPTS: '2',
    };
    const body = `{"version":"0","id":"${id}","detail-type":"Order Placed","source":"com.shop","account":"123456789012","time":"2026-01-01T00:00:00Z","region":"us-east-1","resources":[],"detail":{"total":120}}`;
    expect(bridge.queue('dlq').messages).toEqual([{ id: expect.any(String), body, attributes }]);
    expect(bridge.history.deliveries()).toMatchObject([
      { kind: 'dead-lettered', queue: deadLetterQueue, attempts: 3, errorCode: 'THROTTLING', body, attributes },
    ]);
  });

  test('lacks the two attributes of retries when there was nothing to retry', async () => {
    const warnings = captureWarnings();
    const { bridge } = await world({ Arn: lambda, ...toQueue });
    await bridge.publish(order);
    await bridge.idle();
    expect(bridge.queue(deadLetterQueue).messages[0]?.attributes).toEqual({
      RULE_ARN: ruleArn,
      TARGET_ARN: lambda,
      ERROR_CODE: 'NO_RESOURCE',
      ERROR_MESSAGE: `Nothing handles ${lambda}. A function is put there by bridge.handle.`,
    });
    expect(warnings).toHaveLength(1);
  });

  test('has the input that the target was to receive, also if it is not JSON', async () => {
    const { bridge } = await world({ Arn: topic, Input: '{"a":1}', ...toQueue });
    await bridge.putTargets({
      Rule: 'all',
      Targets: [
        {
          Id: '2',
          Arn: topic,
          InputTransformer: { InputPathsMap: { a: '$.detail' }, InputTemplate: '{"a":"<a>"}' },
          ...toQueue,
        },
      ],
    });
    bridge.handle(topic, () => {
      throw new TargetError('NO_PERMISSIONS');
    });
    await bridge.publish(order);
    expect(await bridge.drain()).toMatchObject({ deadLettered: 2 });
    const [first, second] = bridge.queue('dlq').messages;
    expect(first).toMatchObject({ body: '{"a":1}', attributes: { ERROR_CODE: 'NO_PERMISSIONS' } });
    expect(second).toMatchObject({
      body: '{"a":"{"total":120}"}',
      attributes: { ERROR_CODE: 'INVALID_JSON', ERROR_MESSAGE: 'Invalid input for target.' },
    });
    expect(second?.attributes).not.toHaveProperty('RETRY_ATTEMPTS');
  });

  test('is no failure to strictness', async () => {
    const { bridge } = await world(
      { Arn: topic, RetryPolicy: { MaximumRetryAttempts: 0 }, ...toQueue },
      { onFailedDelivery: 'error' },
    );
    bridge.handle(topic, () => Promise.reject(new Error('refused')));
    await bridge.publish(order);
    expect(await bridge.drain()).toMatchObject({ deadLettered: 1 });
    expect(bridge.queue('dlq').messages).toMatchObject([
      { attributes: { EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts', RETRY_ATTEMPTS: '0' } },
    ]);
  });

  test('needs a standard queue', async () => {
    const { bridge } = await world();
    for (const [Arn, message] of [
      [lambda, 'lambda is not supported as a dead letter resource.'],
      [`${deadLetterQueue}.fifo`, 'SQS FIFO is not supported by Dead Letter Queues.'],
    ]) {
      const Targets = [{ Id: '1', Arn: topic, DeadLetterConfig: { Arn } }];
      await expect(bridge.putTargets({ Rule: 'all', Targets })).rejects.toThrow(message);
    }
  });
});
