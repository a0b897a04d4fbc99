import { describe, expect, test } from 'vitest';
import { createBridge } from '../../src/index.js';
import { gate } from '../gate.js';

const event = { source: 'com.shop', detailType: 'Order Placed', detail: {} };
const shop = { source: ['com.shop'] };
const closed = { name: 'BridgeClosedException', message: 'The bridge is closed.' };

describe('Reset', () => {
  test('makes the bridge as new, but for observers', async () => {
    await using bridge = createBridge({ buses: ['orders'], onUnhandledTarget: 'ignore' });
    const { history } = bridge;
    let observed = 0;
    bridge.observe('accepted', () => observed++);
    const subscription = bridge.on(shop, () => expect.unreachable());
    bridge.handle('bill', () => expect.unreachable());
    await bridge.createEventBus({ Name: 'more' });
    await bridge.putRule({ Name: 'r', EventPattern: JSON.stringify(shop) });
    bridge.reset();
    subscription.dispose();
    expect(await bridge.listRules()).toEqual({ Rules: [] });
    await expect(bridge.describeEventBus({ Name: 'more' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    expect(await bridge.describeEventBus({ Name: 'orders' })).toMatchObject({ Name: 'orders' });
    await bridge.publish(event);
    expect(await bridge.idle()).toMatchObject({ delivered: 0, failed: 0 });
    expect(history.records().map(({ kind }) => kind)).toEqual(['accepted', 'unmatched']);
    expect(observed).toBe(1);
  });

  test('ends every delivery under way as failed, once', async () => {
    await using bridge = createBridge();
    const { promise, open } = gate();
    const ends: string[] = [];
    bridge.observe('failed', ({ errorCode }) => ends.push(errorCode));
    bridge.observe('delivered', ({ kind }) => ends.push(kind));
    bridge.on(shop, () => {
      queueMicrotask(() => bridge.reset());
      return promise;
    });
    await bridge.publish(Array.from({ length: 150 }, () => event));
    await bridge.idle();
    open();
    await promise;
    await bridge.idle();
    expect(ends).toEqual(Array.from({ length: 150 }, () => 'RESET'));
  });

  test('lets whoever hears of these ends publish on the new bridge', async () => {
    await using bridge = createBridge();
    bridge.on(shop, () => expect.unreachable());
    bridge.observe('failed', () => bridge.publish({ ...event, source: 'heard' }));
    await bridge.publish(event);
    bridge.reset();
    await bridge.idle();
    expect(bridge.history.events().map(({ source }) => source)).toEqual(['heard']);
  });

  test('ends a delivery once, also when its signal resets again', async () => {
    await using bridge = createBridge({ onFailedDelivery: 'ignore' });
    const ends: string[] = [];
    bridge.observe('failed', ({ errorCode }) => ends.push(errorCode));
    bridge.handle('bill', (_event, { delivery }) => {
      delivery.signal.addEventListener('abort', () => bridge.reset());
      return new Promise(() => {});
    });
    await bridge.putRule({ Name: 'r', EventPattern: JSON.stringify(shop) });
    const Arn = 'arn:aws:lambda:us-east-1:123456789012:function:bill';
    await bridge.putTargets({ Rule: 'r', Targets: [{ Id: '1', Arn }] });
    await bridge.publish([event, event]);
    await bridge.waitFor(shop);
    await new Promise((resolve) => setImmediate(resolve));
    bridge.reset();
    expect(ends).toEqual(['RESET', 'RESET']);
  });

  test('lets a publish that waits for room go on', async () => {
    await using bridge = createBridge({ limits: { pendingDeliveries: 1 } });
    bridge.on(shop, () => new Promise(() => {}));
    const published = bridge.publish([event, event]);
    await Promise.resolve();
    bridge.reset();
    expect(await published).toHaveLength(2);
    expect(bridge.history.events()).toHaveLength(1);
  });
});

describe('A closed bridge', () => {
  test('has finished what was under way, and answers what became of it', async () => {
    const bridge = createBridge();
    let done = 0;
    bridge.on(shop, async () => {
      await Promise.resolve();
      done++;
    });
    await bridge.publish([event, event]);
    const closing = bridge.close();
    expect(await closing).toMatchObject({ delivered: 2 });
    expect(done).toBe(2);
    expect(bridge.close()).toBe(closing);
  });

  test('refuses every call, and its history can still be read', async () => {
    const bridge = createBridge();
    await bridge.publish(event);
    const orders = bridge.bus('orders');
    await bridge[Symbol.asyncDispose]();
    await expect(bridge.putEvents({ Entries: [] })).rejects.toMatchObject(closed);
    await expect(bridge.invoke('ListRules')).rejects.toMatchObject(closed);
    await expect(bridge.publish(event)).rejects.toMatchObject(closed);
    await expect(orders.publish(event)).rejects.toMatchObject(closed);
    await expect(bridge.inject({ source: 'a', 'detail-type': 'b' })).rejects.toMatchObject(closed);
    await expect(bridge.waitFor(shop)).rejects.toMatchObject(closed);
    for (const call of [
      () => bridge.on(shop, () => {}),
      () => orders.on(shop, () => {}),
      () => bridge.handle('bill', () => {}),
      () => bridge.reset(),
      () => bridge.explain({ source: 'a', 'detail-type': 'b' }),
    ]) {
      expect(call).toThrow(expect.objectContaining(closed));
    }
    expect(bridge.history.events()).toHaveLength(1);
  });
});

describe('Closing a bridge', () => {
  test('with options that are wrong closes nothing', async () => {
    await using bridge = createBridge();
    for (const options of [null, 5, { signal: 5 }, { signal: {} }]) {
      await expect(bridge.close(options as never)).rejects.toMatchObject({ name: 'ValidationException' });
    }
    await bridge.publish(event);
  });
});

describe('The methods of a bridge', () => {
  test('may be taken off it', async () => {
    await using bridge = createBridge();
    const { putEvents, publish, on, idle, waitFor } = bridge;
    let calls = 0;
    on(shop, () => calls++);
    await putEvents({ Entries: [{ Source: 'com.shop', DetailType: 'b', Detail: '{}' }] });
    await publish(event);
    await waitFor(shop);
    await idle();
    expect(calls).toBe(2);
  });

  test('are one for each operation', async () => {
    await using bridge = createBridge();
    const names = Object.keys(bridge);
    for (const name of ['createEventBus', 'describeEventBus', 'putRule', 'describeRule', 'listRules', 'enableRule']) {
      expect(names).toContain(name);
    }
    expect(await bridge.invoke('ListRules', {})).toEqual(await bridge.listRules());
  });
});
