import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Target } from '../../src/index.js';
import { topic, world } from '../delivery/world.js';
import { RoleArn } from '../role.js';

const event = { source: 'com.shop', 'detail-type': 'Order Placed', detail: { total: 1 }, id: 'the-id' };

describe('A plan', () => {
  test('says what an event would cause, with each body, and causes nothing', async () => {
    const { bridge } = await world({ Arn: topic, InputPath: '$.detail' }, { buses: ['orders'] });
    const orders = 'arn:aws:events:us-east-1:123456789012:event-bus/orders';
    const broken = { InputPathsMap: { a: '$.detail' }, InputTemplate: '{"a":"<a>"}' };
    await bridge.putTargets({
      Rule: 'all',
      Targets: [
        { Id: '2', Arn: orders, RoleArn },
        { Id: '3', Arn: topic, InputTransformer: broken },
      ],
    });
    bridge.bus('orders').on({ source: ['com.shop'] }, () => expect.unreachable(), { name: 'audit' });
    bridge.on({ source: ['other'] }, () => expect.unreachable());
    const text =
      '{"version":"0","id":"the-id","detail-type":"Order Placed","source":"com.shop","account":"123456789012","time":"2026-01-01T00:00:00Z","region":"us-east-1","resources":[],"detail":{"total":1}}';
    expect(await bridge.dryRun(event)).toEqual([
      { bus: 'default', rule: 'all', targetId: '1', arn: topic, body: '{"total":1}' },
      { bus: 'default', rule: 'all', targetId: '2', arn: orders, body: text },
      { bus: 'orders', subscription: 'audit', body: text },
      {
        bus: 'default',
        rule: 'all',
        targetId: '3',
        arn: topic,
        errorCode: 'INVALID_JSON',
        errorMessage: 'Invalid input for target.',
        hint: '<a> is an object: write it without quotes around it.',
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
    const Targets = [{ Id: '1', Arn: 'arn:aws:events:us-east-1:123456789012:event-bus/default', RoleArn }];
    await bridge.putTargets({ Rule: 'back', EventBusName: 'orders', Targets });
    const planned = await bridge.dryRun(event);
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

  test('ends at a bus that is handled', async () => {
    const Arn = 'arn:aws:events:us-east-1:123456789012:event-bus/orders';
    const { bridge } = await world({ Arn }, { buses: ['orders'] });
    bridge.bus('orders').on({ source: ['com.shop'] }, () => expect.unreachable());
    bridge.handle(Arn, () => {});
    expect(await bridge.dryRun(event)).toMatchObject([{ bus: 'default', rule: 'all' }]);
    await bridge.inject(event);
    expect(await bridge.idle()).toMatchObject({ delivered: 1 });
  });

  test('says of each target what it then receives, or why it receives nothing', async () => {
    const part = fc.constantFrom(
      '<a>',
      '<b>',
      '<aws.events.event>',
      '"',
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      ' ',
      '1',
      '\\',
      '"x":',
    );
    const template = fc.array(part, { minLength: 1 }).map((parts) => parts.join(''));
    const input: fc.Arbitrary<Partial<Target>> = fc.oneof(
      fc.constant({}),
      fc.jsonValue().map((value) => ({ Input: JSON.stringify(value) })),
      fc
        .constantFrom('$', '$.detail', '$.detail.a', '$.detail.*', '$.detail.none', 'x')
        .map((InputPath) => ({ InputPath })),
      template.map((InputTemplate) => ({
        InputTransformer: { InputPathsMap: { a: '$.detail.a', b: '$.detail.b' }, InputTemplate },
      })),
    );
    const value = fc.jsonValue({ maxDepth: 2 });
    await fc.assert(
      fc.asyncProperty(input, value, value, async (options, a, b) => {
        const { bridge } = await world();
        const put = { Rule: 'all', Targets: [{ Id: '1', Arn: topic, ...options }] };
        // What PutTargets refuses has no plan.
        if ((await bridge.putTargets(put).catch(() => undefined)) === undefined) return;
        const bodies: string[] = [];
        bridge.handle(topic, (_event, { delivery }) => bodies.push(delivery.body));
        const given = { ...event, detail: { a, b } };
        const [planned] = await bridge.dryRun(given);
        await bridge.inject(given);
        await bridge.idle();
        const [ended] = bridge.history.deliveries();
        if (planned?.errorCode === undefined) expect(bodies).toEqual([planned?.body]);
        else expect([bodies, ended]).toMatchObject([[], { kind: 'failed', ...planned }]);
      }),
    );
  });

  test('is of a bus that exists, and of an event', async () => {
    const { bridge } = await world();
    await expect(bridge.dryRun(event, { bus: 'none' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(bridge.dryRun(null as never)).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(bridge.dryRun(event, { bus: 5 as never })).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
