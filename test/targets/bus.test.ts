import { describe, expect, test } from 'vitest';
import { deadLetterQueue, order, world } from '../delivery/world.js';
import { RoleArn } from '../role.js';
import { captureWarnings } from '../warnings.js';

const busArn = (name: string) => `arn:aws:events:us-east-1:123456789012:event-bus/${name}`;
const options = { buses: ['orders', 'audit'] };

describe('A bus that is a target', () => {
  test('receives the same event with the same id, and sends it on its own ways', async () => {
    const { bridge } = await world({ Arn: busArn('orders') }, options);
    const seen: unknown[] = [];
    bridge.bus('orders').on({ source: ['com.shop'] }, (event) => seen.push(event));
    const id = await bridge.publish(order);
    expect(await bridge.idle()).toMatchObject({ delivered: 2 });
    expect(seen).toEqual([bridge.history.events()[0]]);
    expect(bridge.history.records('accepted')).toMatchObject([
      { eventId: id, bus: 'default', origin: 'put-events' },
      { eventId: id, bus: 'orders', origin: 'bus' },
    ]);
  });

  test('receives an event that comes from a bus already only to refuse it, in the words of the service', async () => {
    const { bridge } = await world({ Arn: busArn('orders') }, options);
    const pattern = { Name: 'next', EventBusName: 'orders', EventPattern: '{"source":["com.shop"]}' };
    await bridge.putRule(pattern);
    const target = { Id: '1', Arn: busArn('audit'), RoleArn, DeadLetterConfig: { Arn: deadLetterQueue } };
    await bridge.putTargets({ Rule: 'next', EventBusName: 'orders', Targets: [target] });
    bridge.bus('audit').on({ source: ['com.shop'] }, () => expect.unreachable());
    const id = await bridge.publish(order);
    expect(await bridge.idle()).toMatchObject({ delivered: 1, deadLettered: 1, waiting: 0 });
    expect(bridge.queue('dlq').messages).toMatchObject([
      {
        body: expect.stringContaining(id),
        attributes: {
          RULE_ARN: 'arn:aws:events:us-east-1:123456789012:rule/orders/next',
          TARGET_ARN: busArn('audit'),
          ERROR_CODE: 'THIRD_ACCOUNT_HOP_DETECTED',
          ERROR_MESSAGE: `Event ingestion rejected for event ${id} because an event can be sent to an event bus target only once. This event was previously delivered to an event bus target.`,
        },
      },
    ]);
    expect(bridge.queue('dlq').messages[0]?.attributes).not.toHaveProperty('RETRY_ATTEMPTS');
  });

  test.each([
    ['of another account', busArn('orders').replace('123456789012', '999999999999'), 'NO_PERMISSIONS'],
    ['of another region', busArn('orders').replace('us-east-1', 'eu-west-1'), 'NO_RESOURCE'],
    ['that does not exist', busArn('none'), 'NO_RESOURCE'],
  ])('is not delivered to if it is one %s, unless it is handled', async (_, Arn, errorCode) => {
    const warnings = captureWarnings();
    const { bridge } = await world({ Arn }, options);
    await bridge.publish(order);
    expect(await bridge.idle()).toMatchObject({ failed: 1, waiting: 0 });
    expect(bridge.history.records('failed')).toMatchObject([{ errorCode }]);
    expect(warnings).toHaveLength(1);
    const bodies: string[] = [];
    bridge.handle(Arn, (_event, { delivery }) => bodies.push(delivery.body));
    const id = await bridge.publish(order);
    await bridge.idle();
    expect(bodies).toEqual([expect.stringContaining(id)]);
  });

  test.each([
    [{ Arn: busArn('default') }, 'Source EventBus and Target EventBus must not be the same.'],
    [{ Arn: busArn('orders'), RetryPolicy: {} }, 'Retry policy is not supported for Event bus targets.'],
    [{ Arn: busArn('orders'), Input: '{}' }, 'Modifying the input for target 1 is not supported.'],
    [{ Arn: busArn('orders'), InputPath: '$' }, 'Modifying the input for target 1 is not supported.'],
  ])('cannot be put as %j', async (target, message) => {
    const { bridge } = await world(undefined, options);
    await expect(bridge.putTargets({ Rule: 'all', Targets: [{ Id: '1', RoleArn, ...target }] })).rejects.toMatchObject({
      name: 'ValidationException',
      message,
    });
  });

  test('takes in what strictness objects to there as an error of the next idle, not of the publisher', async () => {
    const { bridge } = await world({ Arn: busArn('orders') }, { ...options, onUnmatchedEvent: 'error' });
    await bridge.publish(order);
    await expect(bridge.idle()).rejects.toThrow('on bus orders matches no rule and no subscription');
    expect(await bridge.idle()).toMatchObject({ delivered: 1, failed: 0 });
  });

  test('takes events in also where its own targets are full', async () => {
    const { bridge } = await world({ Arn: busArn('orders') }, { ...options, limits: { pendingDeliveries: 1 } });
    let calls = 0;
    bridge.bus('orders').on({ source: ['com.shop'] }, () => Promise.resolve(calls++));
    const entries = Array.from({ length: 3 }, () => bridge.inject({ source: 'com.shop', 'detail-type': 'x' }));
    await Promise.all(entries);
    expect(await bridge.idle()).toMatchObject({ delivered: 6 });
    expect(calls).toBe(3);
  });
});
