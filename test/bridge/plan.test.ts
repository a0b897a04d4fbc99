import { describe, expect, test } from 'vitest';
import { topic, world } from '../delivery/world.js';

const event = { source: 'com.shop', 'detail-type': 'Order Placed', detail: { total: 1 }, id: 'the-id' };

describe('A plan', () => {
  test('says what an event would cause, with each body, and causes nothing', async () => {
    const { bridge } = await world({ Arn: topic, InputPath: '$.detail' }, { buses: ['orders'] });
    const orders = 'arn:aws:events:us-east-1:123456789012:event-bus/orders';
    const broken = { InputPathsMap: { a: '$.detail' }, InputTemplate: '{"a":"<a>"}' };
    await bridge.putTargets({
      Rule: 'all',
      Targets: [
        { Id: '2', Arn: orders },
        { Id: '3', Arn: topic, InputTransformer: broken },
      ],
    });
    bridge.bus('orders').on({ source: ['com.shop'] }, () => expect.unreachable(), { name: 'audit' });
    bridge.on({ source: ['other'] }, () => expect.unreachable());
    const text =
      '{"version":"0","id":"the-id","detail-type":"Order Placed","source":"com.shop","account":"123456789012","time":"2026-01-01T00:00:00Z","region":"us-east-1","resources":[],"detail":{"total":1}}';
    expect(await bridge.plan(event)).toEqual([
      { bus: 'default', rule: 'all', targetId: '1', arn: topic, body: '{"total":1}' },
      { bus: 'default', rule: 'all', targetId: '2', arn: orders, body: text },
      { bus: 'orders', subscription: 'audit', body: text },
      {
        bus: 'default',
        rule: 'all',
        targetId: '3',
        arn: topic,
        errorCode: 'INVALID_JSON',
        errorMessage: expect.stringContaining('makes no JSON'),
      },
    ]);
    expect(bridge.history.records()).toEqual([]);
    expect(await bridge.idle()).toMatchObject({ delivered: 0, failed: 0 });
  });

  test('follows an event from bus to bus once', async () => {
    const { bridge } = await world(
      { Arn: 'arn:aws:events:us-east-1:123456789012:event-bus/orders' },
      { buses: ['orders'] },
    );
    await bridge.putRule({ Name: 'back', EventBusName: 'orders', EventPattern: '{"source":["com.shop"]}' });
    const Targets = [{ Id: '1', Arn: 'arn:aws:events:us-east-1:123456789012:event-bus/default' }];
    await bridge.putTargets({ Rule: 'back', EventBusName: 'orders', Targets });
    const planned = await bridge.plan(event);
    expect(planned).toMatchObject([
      { bus: 'default', rule: 'all' },
      { bus: 'orders', rule: 'back', errorCode: 'THIRD_ACCOUNT_HOP_DETECTED' },
    ]);
    await bridge.inject(event);
    await bridge.idle();
    expect(bridge.history.deliveries().find(({ kind }) => kind === 'failed')).toMatchObject({
      errorMessage: planned[1]?.errorMessage,
    });
  });

  test('is of a bus that exists, and of an event', async () => {
    const { bridge } = await world();
    await expect(bridge.plan(event, { bus: 'none' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(bridge.plan(null as never)).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(bridge.plan(event, { bus: 5 as never })).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
