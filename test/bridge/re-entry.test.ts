import { describe, expect, test, vi } from 'vitest';
import { createBridge } from '../../src/index.js';

const shop = { source: ['com.shop'] };
const event = { source: 'com.shop', detailType: 'Order Placed', detail: {} };

describe('A bridge that is called from within', () => {
  test('starts nothing that was accepted before its observer reset it', async () => {
    await using bridge = createBridge();
    let calls = 0;
    bridge.on(shop, () => calls++);
    const ends: string[] = [];
    bridge.observe('failed', ({ errorCode }) => ends.push(errorCode));
    const observer = bridge.observe('accepted', () => bridge.reset());
    await bridge.publish(event);
    observer.dispose();
    expect(await bridge.idle()).toMatchObject({ delivered: 0, failed: 0 });
    expect(calls).toBe(0);
    expect(ends).toEqual(['RESET']);
    expect(bridge.history.records()).toEqual([]);
  });

  test('takes observers that cause what they observe, without end to the stack and without loss', async () => {
    await using bridge = createBridge();
    let observed = 0;
    bridge.on(shop, () => {});
    bridge.observe('accepted', () => (observed++ < 5000 ? bridge.publish(event) : undefined));
    await bridge.publish(event);
    expect(await bridge.idle()).toMatchObject({ delivered: 5001 });
    expect(observed).toBe(5001);
  });

  test('starts each delivery in a microtask, also the hundredth in as many turns', async () => {
    await using bridge = createBridge();
    let calls = 0;
    bridge.on(shop, () => calls++);
    for (let turn = 1; turn <= 250; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      await bridge.publish(event);
      await Promise.resolve();
      await Promise.resolve();
      expect(calls).toBe(turn);
    }
  });

  test('goes on when console.warn throws, and says so by idle', async () => {
    await using bridge = createBridge();
    const spy = vi.spyOn(console, 'warn').mockImplementation(() => {
      throw new Error('nothing may be printed');
    });
    let calls = 0;
    bridge.observe('accepted', () => {
      throw new Error('observer');
    });
    bridge.on(shop, () => {
      throw new Error('handler');
    });
    bridge.on(shop, () => calls++);
    await bridge.publish([event, event]);
    await expect(bridge.idle()).rejects.toThrow('nothing may be printed');
    spy.mockRestore();
    expect(calls).toBe(2);
    expect(bridge.history.deliveries()).toHaveLength(4);
  });

  test('waits for what a handler answers also where that is a function', async () => {
    await using bridge = createBridge({ onFailedDelivery: 'ignore' });
    bridge.on(shop, () =>
      // biome-ignore lint/suspicious/noThenProperty: query builders are such functions.
      Object.assign(() => {}, { then: (_: unknown, reject: (error: Error) => void) => reject(new Error('late')) }),
    );
    await bridge.publish(event);
    expect(await bridge.idle()).toMatchObject({ delivered: 0, failed: 1 });
  });

  test('keeps no more than a hundred failures for idle, and counts the others', async () => {
    await using bridge = createBridge({ onFailedDelivery: 'error' });
    bridge.on(shop, () => {
      throw new Error('declined');
    });
    await bridge.publish(Array.from({ length: 1000 }, () => event));
    const error: AggregateError = await bridge.idle().then(
      () => expect.fail('it must reject'),
      (reason) => reason,
    );
    expect(error.errors).toHaveLength(100);
    expect(error.message).toMatch(/^1000 deliveries failed:\n.*\n {2}and 900 more$/s);
  });
});
