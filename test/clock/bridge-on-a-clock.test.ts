import { readFile } from 'node:fs/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createBridge, virtualClock } from '../../src/index.js';
import { order, secondsOf, topic, world } from '../delivery/world.js';

const shop = { source: ['com.shop'] };
const never = () => new Promise(() => {});

describe('Idle', () => {
  test('does not wait for a retry that waits', async () => {
    const { bridge, clock } = await world();
    bridge.on(shop, () => Promise.reject(new Error('no')), { retryPolicy: {} });
    await bridge.publish(order);
    expect(await bridge.idle()).toEqual({
      delivered: 0,
      deadLettered: 0,
      failed: 0,
      waiting: 1,
      nextAt: new Date(clock.now() + 1000),
    });
    expect(secondsOf(clock)).toBe(0);
    await bridge.close();
  });

  test('that a handler awaits rejects after 5 s of real time, naming the handler', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    vi.resetModules();
    const { createBridge: create, virtualClock } = await import('../../src/index.js');
    const bridge = create({ clock: virtualClock(), onFailedDelivery: 'ignore' });
    bridge.on(shop, () => bridge.idle(), { name: 'waits for itself' });
    await bridge.publish(order);
    const idle = bridge.idle();
    idle.catch(() => {});
    await vi.advanceTimersByTimeAsync(5000);
    await expect(idle).rejects.toThrow('to subscription waits for itself');
    vi.useRealTimers();
    expect(await bridge.idle()).toMatchObject({ failed: 1 });
    expect(bridge.history.deliveries()).toMatchObject([{ errorMessage: expect.stringContaining('is not idle after') }]);
  });
});

describe('Advance', () => {
  test('wakes a handler that waits for the clock', async () => {
    const { bridge, clock } = await world();
    const times: number[] = [];
    bridge.on(shop, async () => {
      await new Promise<void>((resolve) => clock.schedule(clock.now() + 10_000, resolve));
      times.push(secondsOf(clock));
    });
    await bridge.publish(order);
    await clock.advance('1m');
    expect([times, secondsOf(clock)]).toEqual([[10], 60]);
  });

  test('is not held up by a handler that advances the clock itself', async () => {
    const { bridge, clock } = await world();
    bridge.on(shop, () => clock.advance('10s'));
    await bridge.publish(order);
    await clock.advance('5s');
    await bridge.idle();
    expect(bridge.history.records('delivered')).toMatchObject([{ time: expect.stringMatching(/T00:00:1\d/) }]);
  });

  test('is not held up by a handler that needs real time, which goes on meanwhile', async () => {
    const { bridge, clock } = await world();
    let text = '';
    bridge.on(shop, async () => {
      text = await readFile(new URL(import.meta.url), 'utf8');
    });
    await bridge.publish(order);
    await clock.advance('1m');
    expect(await bridge.idle()).toMatchObject({ delivered: 1 });
    expect(text).toContain('needs real time');
  });

  test('is not held up by a handler that never settles', async () => {
    const { bridge, clock } = await world();
    bridge.on(shop, never, { timeout: '10s' });
    await bridge.publish(order);
    await clock.advance('1m');
    expect(bridge.history.deliveries()).toMatchObject([{ errorCode: 'TIMEOUT', time: '2026-01-01T00:00:10.000Z' }]);
  });

  test('lets every delivery that is due start before time goes on', async () => {
    const { bridge, clock } = await world();
    const times = new Set<number>();
    let calls = 0;
    bridge.on(shop, () => {
      calls++;
      times.add(secondsOf(clock));
    });
    await bridge.publish(Array.from({ length: 1000 }, () => order));
    await clock.advance('1h');
    expect([calls, [...times]]).toEqual([1000, [0]]);
  });

  test('moves several bridges on one clock, in the order of their times', async () => {
    const first = await world();
    const second = createBridge({ clock: first.clock, random: () => 0.5, onFailedDelivery: 'ignore' });
    const calls: string[] = [];
    const failing = (name: string) => () => {
      calls.push(`${name} ${secondsOf(first.clock)}`);
      throw new Error('no');
    };
    for (const [name, bridge] of Object.entries({ first: first.bridge, second })) {
      bridge.on(shop, failing(name), { retryPolicy: { MaximumRetryAttempts: 2 } });
      await bridge.publish(order);
    }
    await first.clock.advance('1h');
    expect(calls).toEqual(['first 0', 'second 0', 'second 0.5', 'first 1', 'second 1.5', 'first 3']);
  });
});

describe('A bridge under fake timers', () => {
  test('retries, times out and invokes again when they are advanced', async () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
    onTestFinished(() => void vi.useRealTimers());
    const bridge = createBridge({ random: () => 1, onFailedDelivery: 'ignore' });
    const times: number[] = [];
    bridge.on(shop, () => Promise.reject(times.push(Date.now() - Date.UTC(2026, 0, 1))), {
      retryPolicy: { MaximumRetryAttempts: 2 },
    });
    bridge.on(shop, never, { timeout: '2s' });
    await bridge.publish(order);
    expect(bridge.history.deliveries()).toEqual([]);
    await vi.advanceTimersByTimeAsync(3000);
    expect(times).toEqual([0, 1000, 3000]);
    expect(await bridge.idle()).toMatchObject({ failed: 2, waiting: 0 });
    expect(vi.getTimerCount()).toBe(0);
    await bridge.close();
  });

  test('on a virtual clock needs them for nothing', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { bridge, clock } = await world({ Arn: topic });
    let calls = 0;
    bridge.handle(topic, () => Promise.reject(++calls));
    await bridge.publish(order);
    expect(await bridge.waitFor(shop)).toMatchObject({ detail: { total: 120 } });
    await clock.advance('3s');
    expect(calls).toBe(3);
    expect(await bridge.idle()).toMatchObject({ waiting: 1 });
    expect(await bridge.drain()).toMatchObject({ failed: 1 });
    expect(await bridge.close()).toMatchObject({ failed: 1 });
  });
});

describe('The clock of a bridge', () => {
  test('is the one of its options, and is watched no more when the bridge is closed', async () => {
    const counts = new Set<() => number>();
    const clock = {
      ...virtualClock(),
      watch: (count: () => number) => {
        counts.add(count);
        return () => counts.delete(count);
      },
    };
    const bridge = createBridge({ clock });
    expect(bridge.clock).toBe(clock);
    bridge.on(shop, () => {});
    const [count] = counts;
    const seen = [count?.()];
    await bridge.publish(order);
    seen.push(count?.());
    bridge.reset();
    seen.push(count?.());
    expect(seen).toEqual(seen.toSorted((a = 0, b = 0) => a - b));
    expect(new Set(seen).size).toBe(3);
    await bridge.close();
    expect(counts.size).toBe(0);
  });
});
