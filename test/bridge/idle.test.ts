import { afterEach, describe, expect, test, vi } from 'vitest';
import { nextFullTurn } from '../../src/base/clock/real-timers.js';
import { createBridge } from '../../src/index.js';
import { gate } from '../gate.js';

const event = { source: 'com.shop', detailType: 'Order Placed', detail: {} };
const shop = { source: ['com.shop'] };

/** A bridge whose real timers are fake ones: those that the module finds when it loads. */
async function bridgeOnFakeTimers() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.resetModules();
  const { createBridge: create } = await import('../../src/index.js');
  return create();
}

describe('An idle bridge', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('is idle at once', async () => {
    await using bridge = createBridge();
    expect(await bridge.idle()).toEqual({ delivered: 0, deadLettered: 0, failed: 0, waiting: 0, nextAt: undefined });
  });

  test('has waited for handlers, and for what they published', async () => {
    await using bridge = createBridge();
    const { promise, open } = gate();
    let last = '';
    bridge.on(shop, async () => {
      await promise;
      await bridge.publish({ ...event, source: 'next' });
    });
    bridge.on({ source: ['next'] }, async ({ source }) => {
      await Promise.resolve();
      last = source;
    });
    await bridge.publish(event);
    const idle = bridge.idle();
    open();
    expect(await idle).toMatchObject({ delivered: 2 });
    expect(last).toBe('next');
  });

  test('has waited for a call that was made and not awaited', async () => {
    await using bridge = createBridge();
    let calls = 0;
    bridge.on(shop, () => calls++);
    const later = async () => {
      for (let step = 0; step < 50; step++) await Promise.resolve();
      await bridge.publish(event);
    };
    const published = later();
    await bridge.idle();
    expect(calls).toBe(1);
    await published;
  });

  test('is waited for by several at once', async () => {
    await using bridge = createBridge();
    bridge.on(shop, () => {});
    await bridge.publish(event);
    expect(await Promise.all([bridge.idle(), bridge.idle()])).toMatchObject([{ delivered: 1 }, { delivered: 1 }]);
  });

  test('is waited for no longer than 5 s of real time, and then each delivery that runs is named', async () => {
    const bridge = await bridgeOnFakeTimers();
    bridge.on(shop, () => new Promise(() => {}), { name: 'stuck' });
    const id = await bridge.publish(event);
    const idle = bridge.idle();
    idle.catch(() => {});
    await vi.advanceTimersByTimeAsync(4999);
    expect(bridge.history.deliveries()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    await expect(idle).rejects.toThrow(
      `The bridge is not idle after 5 s. Still running:\n  "Order Placed" ${id} to subscription stuck`,
    );
  });

  test('that does not become idle is closed all the same, and what ran has failed', async () => {
    const bridge = await bridgeOnFakeTimers();
    let signal: AbortSignal | undefined;
    bridge.handle('stuck', (_event, { delivery }) => {
      signal = delivery.signal;
      return new Promise(() => {});
    });
    await bridge.putRule({ Name: 'r', EventPattern: JSON.stringify(shop) });
    const Arn = 'arn:aws:lambda:us-east-1:123456789012:function:stuck';
    await bridge.putTargets({ Rule: 'r', Targets: [{ Id: '1', Arn }] });
    await bridge.publish(event);
    await nextFullTurn();
    const closed = bridge.close();
    closed.catch(() => {});
    await vi.advanceTimersByTimeAsync(5000);
    await expect(closed).rejects.toThrow('The bridge is not idle after 5 s.');
    expect(bridge.history.deliveries()).toMatchObject([{ kind: 'failed', errorCode: 'CLOSED', rule: 'r' }]);
    expect(signal?.aborted).toBe(true);
  });
});
