import { describe, expect, test } from 'vitest';
import { createBridge } from '../../src/index.js';
import { order } from '../delivery/world.js';

const shop = { source: ['com.shop'] };
const retryPolicy = { MaximumRetryAttempts: 1 };

function onClock(schedule: (time: number, callback: () => void) => unknown) {
  const clock = { now: () => Date.now(), schedule: schedule as () => () => void };
  return createBridge({ clock, random: () => 1, onFailedDelivery: 'ignore' });
}

describe('A delivery on a clock', () => {
  test('whose schedule throws waits by the timers of the runtime, and idle tells', async () => {
    const bridge = onClock(() => {
      throw new Error('no timers');
    });
    let calls = 0;
    const handler = () => {
      calls++;
      throw new Error('refused');
    };
    bridge.on(shop, handler, { retryPolicy });
    await bridge.publish(order);
    await expect(bridge.idle()).rejects.toThrow('clock.schedule() threw Error: no timers.');
    expect(await bridge.close()).toMatchObject({ failed: 1, waiting: 0 });
    expect(calls).toBe(2);
    expect(bridge.history.deliveries()).toMatchObject([{ kind: 'failed', attempts: 2 }]);
  });

  test('whose schedule answers no function, or one that throws, ends as on any other', async () => {
    for (const [answer, message] of [
      [undefined, 'clock.schedule() must answer a function, but answered undefined.'],
      [
        () => {
          throw new Error('gone');
        },
        'What clock.schedule() answered threw Error: gone.',
      ],
    ] as const) {
      const bridge = onClock(() => answer);
      bridge.on(shop, () => Promise.resolve(), { timeout: '1s' });
      await bridge.publish(order);
      await expect(bridge.idle()).rejects.toThrow(message);
      expect(bridge.history.deliveries()).toMatchObject([{ kind: 'delivered' }]);
    }
  });

  test('that calls back at once, and again, and after it was told not to, is made once for each time', async () => {
    const callbacks: (() => void)[] = [];
    const bridge = onClock((_, callback) => {
      callbacks.push(callback);
      callback();
      return () => {};
    });
    let calls = 0;
    bridge.on(
      shop,
      () => {
        calls++;
        throw new Error('refused');
      },
      { retryPolicy },
    );
    await bridge.publish(order);
    expect(await bridge.idle()).toMatchObject({ failed: 1, waiting: 0 });
    for (const callback of callbacks) callback();
    expect(await bridge.idle()).toMatchObject({ failed: 1, waiting: 0 });
    expect(calls).toBe(2);
  });

  test('that tells no time any more goes on at the last time it told, and is on record', async () => {
    let isBroken = false;
    const clock = {
      now: () => {
        if (isBroken) throw new Error('no time');
        return Date.UTC(2026, 0, 1);
      },
      schedule: () => () => {},
    };
    const bridge = createBridge({ clock, random: () => 1, onFailedDelivery: 'ignore' });
    bridge.on(
      shop,
      () => {
        isBroken = true;
        throw new Error('refused');
      },
      { retryPolicy },
    );
    await bridge.publish(order);
    await expect(bridge.idle()).rejects.toThrow('no time');
    await expect(bridge.drain()).rejects.toThrow('no time');
    expect(bridge.history.records('retrying', 'failed')).toMatchObject([
      { kind: 'retrying', time: '2026-01-01T00:00:00.000Z', nextAt: '2026-01-01T00:00:01.000Z' },
      { kind: 'failed', time: '2026-01-01T00:00:00.000Z', attempts: 2 },
    ]);
  });

  test('that is set back goes on all the same, and one that is set forward counts the age by it', async () => {
    for (const [shift, outcome] of [
      [-86_400_000, { kind: 'delivered', attempts: 3 }],
      [86_400_000, { kind: 'failed', attempts: 1 }],
    ] as const) {
      let shifted = 0;
      const wake: (() => void)[] = [];
      const clock = {
        now: () => Date.UTC(2026, 0, 2) + shifted,
        schedule: (_: number, callback: () => void) => {
          wake.push(callback);
          return () => {};
        },
      };
      const bridge = createBridge({ clock, onFailedDelivery: 'ignore' });
      let calls = 0;
      bridge.on(shop, () => (++calls < 3 ? Promise.reject(calls) : undefined), { retryPolicy: {} });
      await bridge.publish(order);
      await bridge.idle();
      shifted = shift;
      for (let step = 0; step < 4; step++) {
        for (const callback of wake.splice(0)) callback();
        await bridge.idle();
      }
      expect(bridge.history.deliveries()).toMatchObject([outcome]);
    }
  });
});
