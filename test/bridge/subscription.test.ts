import { describe, expect, test } from 'vitest';
import { createBridge, type Envelope } from '../../src/index.js';
import { gate } from '../gate.js';
import { captureWarnings } from '../warnings.js';

const event = { source: 'com.shop', detailType: 'Order Placed', detail: { items: [{ id: 1 }] } };
const shop = { source: ['com.shop'] };

describe('A subscription', () => {
  test('gets the events that match, each as the one frozen envelope', async () => {
    await using bridge = createBridge();
    const seen: Envelope[] = [];
    bridge.on(shop, (received) => seen.push(received));
    bridge.on('{"detail":{"items":{"id":[1]}}}', (received) => seen.push(received));
    await bridge.publish([event, { ...event, source: 'other', detail: {} }]);
    await bridge.idle();
    expect(seen).toHaveLength(2);
    expect(seen[0]).toBe(seen[1]);
    const [kept] = bridge.history.events();
    expect(kept).toEqual(seen[0]);
    expect(bridge.history.events()[0]).toEqual(kept);
    expect(Object.isFrozen(kept?.detail.items)).toBe(true);
    const [received] = seen as [Envelope];
    for (const part of [
      received,
      received.resources,
      received.detail,
      received.detail.items,
      received.detail.items[0],
    ]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
    expect(() => received.detail.items.push(2)).toThrow(TypeError);
  });

  test('is no rule: ListRules does not list it and no quota counts it', async () => {
    await using bridge = createBridge({ limits: { rulesPerBus: 1, targetsPerRule: 1, wildcardRulesPerBus: 1 } });
    for (let n = 0; n < 50; n++) bridge.on({ source: [{ wildcard: `${n}*` }] }, () => {});
    expect(await bridge.listRules()).toEqual({ Rules: [] });
    await bridge.putRule({ Name: 'one', EventPattern: '{"source":["a"]}' });
  });

  test("has a name: the one given, the handler's, or a number", async () => {
    await using bridge = createBridge();
    const names = [
      bridge.on(shop, () => {}, { name: 'audit' }),
      bridge.on(shop, function log() {}),
      bridge.on(shop, () => {}),
      bridge.on(shop, () => {}),
    ].map(({ name }) => name);
    expect(names).toEqual(['audit', 'log', 'subscription-1', 'subscription-2']);
    await bridge.publish(event);
    expect(bridge.history.records('matched')).toMatchObject([{ rules: [], subscriptions: names }]);
  });

  test('ends by dispose, by using and by its signal', async () => {
    await using bridge = createBridge();
    const calls = { disposed: 0, used: 0, aborted: 0, late: 0 };
    const controller = new AbortController();
    const subscription = bridge.on(shop, () => calls.disposed++);
    {
      using _ = bridge.on(shop, () => calls.used++);
      bridge.on(shop, () => calls.aborted++, { signal: controller.signal });
      await bridge.publish(event);
      await bridge.idle();
    }
    subscription.dispose();
    subscription.dispose();
    subscription[Symbol.dispose]();
    controller.abort();
    bridge.on(shop, () => calls.late++, { signal: controller.signal });
    await bridge.publish(event);
    await bridge.idle();
    expect(calls).toEqual({ disposed: 1, used: 1, aborted: 1, late: 0 });
  });

  test('that is disposed ends what was queued as failed, without a word, and lets what runs finish', async () => {
    const warnings = captureWarnings();
    await using bridge = createBridge();
    const { promise, open } = gate();
    let calls = 0;
    const subscription = bridge.on(
      shop,
      () => {
        calls++;
        subscription.dispose();
        return promise;
      },
      { name: 'audit' },
    );
    await bridge.publish([event, event, event]);
    const idle = bridge.idle();
    open();
    expect(await idle).toMatchObject({ delivered: 1, failed: 2 });
    expect(calls).toBe(1);
    expect(bridge.history.deliveries()).toMatchObject([
      { kind: 'failed', errorCode: 'UNSUBSCRIBED', subscription: 'audit' },
      { kind: 'failed', errorCode: 'UNSUBSCRIBED', subscription: 'audit' },
      { kind: 'delivered', subscription: 'audit' },
    ]);
    expect(warnings).toEqual([]);
  });

  test.each([
    ['no object', 7],
    ['no list', { source: 'com.shop' }],
    ['no JSON', '{'],
    ['nothing', undefined],
    ['a cycle', cycle()],
  ])('needs a valid pattern: %s', (_, pattern) => {
    const bridge = createBridge();
    expect(() => bridge.on(pattern as never, () => {})).toThrow(
      expect.objectContaining({ name: 'InvalidEventPatternException' }),
    );
    expect(() => bridge.on(shop, undefined as never)).toThrow('A handler must be a function.');
  });
});

describe('A bus by its name', () => {
  test('is created by the first subscription, and published to only if it exists', async () => {
    await using bridge = createBridge({ limits: { buses: 1 } });
    const orders = bridge.bus('orders');
    const noBus = { name: 'ResourceNotFoundException', message: 'Event bus orders does not exist.' };
    await expect(orders.publish(event)).rejects.toMatchObject(noBus);
    await expect(bridge.describeEventBus({ Name: 'orders' })).rejects.toMatchObject(noBus);
    const seen: string[] = [];
    const subscription = orders.on(shop, ({ id }) => seen.push(id));
    bridge.on(shop, () => expect.unreachable());
    const id = await orders.publish(event);
    const ids = await bridge.bus('orders').publish([event, event]);
    await bridge.idle();
    expect(seen).toEqual([id, ...ids]);
    expect([subscription.bus, orders.name]).toEqual(['orders', 'orders']);
    expect(await bridge.describeEventBus({ Name: 'orders' })).toMatchObject({ Name: 'orders' });
  });

  test.each(['', 'a b', 'a/b', 'x'.repeat(257), undefined])('has a name that a bus can have: %s', (name) => {
    const bridge = createBridge();
    expect(() => bridge.bus(name as never)).toThrow('The name of a bus has 1 to 256 letters');
  });
});

function cycle(): object {
  const object: { source?: unknown } = {};
  object.source = object;
  return object;
}
