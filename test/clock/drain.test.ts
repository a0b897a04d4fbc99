import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { nextFullTurn } from '../../src/base/clock/real-timers.js';
import { type Bridge, createBridge } from '../../src/index.js';
import { order, secondsOf, topic, world } from '../delivery/world.js';

const shop = { source: ['com.shop'] };
const never = () => new Promise(() => {});

/** One that takes even its real timers from vitest, until the test has finished. */
async function bridgeOnFakeTimers(): Promise<Bridge> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  vi.resetModules();
  const { createBridge: create } = await import('../../src/index.js');
  return create();
}

describe('Drain', () => {
  test('moves a virtual clock from due time to due time until nothing waits', async () => {
    const { bridge, clock } = await world({ Arn: topic, RetryPolicy: { MaximumRetryAttempts: 4 } });
    bridge.handle(topic, () => Promise.reject(new Error('no')));
    await bridge.publish(order);
    expect(await bridge.drain()).toMatchObject({ failed: 1, waiting: 0, nextAt: undefined });
    expect(secondsOf(clock)).toBe(1 + 2 + 4 + 8);
  });

  test('wakes handlers that wait for the clock, and ends those that never settle by their timeout', async () => {
    const { bridge, clock } = await world();
    bridge.on(shop, () => new Promise<void>((resolve) => clock.schedule(clock.now() + 10_000, resolve)));
    bridge.on(shop, never, { timeout: '20s' });
    await bridge.publish(order);
    expect(await bridge.drain()).toMatchObject({ delivered: 1, failed: 1 });
    expect(secondsOf(clock)).toBe(20);
  });

  test('waits for a handler that needs real time before it moves to its timeout', async () => {
    const { bridge, clock } = await world();
    const needRealTime = async () => {
      for (let turn = 0; turn < 500; turn++) await nextFullTurn();
    };
    bridge.on(shop, needRealTime, { timeout: '1s' });
    await bridge.publish(order);
    expect(await bridge.drain()).toMatchObject({ delivered: 1, failed: 0 });
    expect(secondsOf(clock)).toBe(0);
  });

  test('does not wait on the system clock, but starts at once what waits', async () => {
    const bridge = createBridge({ onFailedDelivery: 'ignore' });
    let calls = 0;
    bridge.on(shop, () => Promise.reject(++calls), { retryPolicy: { MaximumRetryAttempts: 185 } });
    await bridge.publish(order);
    expect(await bridge.idle()).toMatchObject({ waiting: 1, nextAt: expect.any(Date) });
    expect(await bridge.close()).toMatchObject({ failed: 1, waiting: 0 });
    expect(calls).toBe(186);
  });

  test('that a handler awaits ends by the timeout of the handler', async () => {
    const { bridge } = await world();
    bridge.on(shop, () => bridge.drain(), { timeout: '1m' });
    await bridge.publish(order);
    expect(await bridge.drain()).toMatchObject({ failed: 1 });
    expect(bridge.history.deliveries()).toMatchObject([{ errorCode: 'TIMEOUT' }]);
  });

  test('starts in their order what waits on a clock that cannot be moved, and runs what that brings', async () => {
    const due = new Set<object>();
    const clock = {
      now: () => Date.UTC(2026, 0, 1),
      schedule: () => {
        const timer = {};
        due.add(timer);
        return () => due.delete(timer);
      },
    };
    const parts = [1, 0.1, 0.5];
    const bridge = createBridge({ clock, random: () => parts.shift() ?? 1, onFailedDelivery: 'ignore' });
    const seen: number[] = [];
    bridge.on<{ n: number }>(
      shop,
      ({ detail }) => {
        if (seen.push(detail.n) <= 3) throw new Error('no');
      },
      { retryPolicy: {} },
    );
    await bridge.publish([1, 2, 3].map((n) => ({ ...order, detail: { n } })));
    await bridge.idle();
    expect(due.size).toBe(3);
    expect(await bridge.drain()).toMatchObject({ delivered: 3 });
    expect(seen).toEqual([1, 2, 3, 2, 3, 1]);
    expect(due.size).toBe(0);
  });

  test('rejects on the system clock what still runs after 5 s of real time', async () => {
    const bridge = await bridgeOnFakeTimers();
    bridge.on(shop, never, { name: 'stuck' });
    await bridge.publish(order);
    await nextFullTurn();
    const drained = bridge.drain();
    drained.catch(() => {});
    await vi.advanceTimersByTimeAsync(5000);
    await expect(drained).rejects.toThrow('to subscription stuck');
  });

  test('waits as long as something happens, also where that takes longer than 5 s', async () => {
    const bridge = await bridgeOnFakeTimers();
    bridge.on(shop, () => new Promise((resolve) => setTimeout(resolve, 4000)), { concurrency: 1 });
    await bridge.publish([order, order, order, order]);
    const closed = bridge.close();
    await vi.advanceTimersByTimeAsync(16_000);
    expect(await closed).toMatchObject({ delivered: 4, failed: 0 });
  });

  test('rejects where deliveries cause others without end as time goes on', async () => {
    const { bridge } = await world();
    let attempts = 0;
    let isOver = false;
    bridge.on(
      shop,
      () => {
        if (++attempts % 2 === 1) throw new Error('refused');
        if (!isOver) void bridge.publish(order);
      },
      { name: 'endless', retryPolicy: {} },
    );
    await bridge.publish(order);
    await expect(bridge.drain()).rejects.toThrow(
      /^The bridge cannot be drained: deliveries have caused others 10000 times in a row\..*to subscription endless\.$/,
    );
    isOver = true;
    expect(await bridge.drain()).toMatchObject({ failed: 0, waiting: 0 });
  });

  test('lets deliveries cause others, often in a row', async () => {
    const { bridge } = await world();
    bridge.on<{ left: number }>(shop, ({ detail: { left } }) => {
      if (left > 0) void bridge.publish({ ...order, detail: { left: left - 1 } });
    });
    await bridge.publish({ ...order, detail: { left: 9000 } });
    expect(await bridge.drain()).toMatchObject({ delivered: 9001 });
  });

  test('ends with the signal of close, and what has not ended then has failed', async () => {
    const { bridge } = await world();
    const stop = new AbortController();
    bridge.on(shop, () => {
      stop.abort();
      return never();
    });
    bridge.on(shop, () => Promise.reject(new Error('no')), { retryPolicy: {} });
    bridge.on(shop, () => {});
    await bridge.publish(order);
    expect(await bridge.close({ signal: stop.signal })).toEqual({
      delivered: 1,
      deadLettered: 0,
      failed: 2,
      waiting: 0,
      nextAt: undefined,
    });
    expect(bridge.history.records('failed')).toMatchObject([{ errorCode: 'CLOSED' }, { errorCode: 'CLOSED' }]);
    expect(await bridge.idle()).toMatchObject({ delivered: 1, failed: 2 });
  });
});
