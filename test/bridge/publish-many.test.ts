import { describe, expect, test, vi } from 'vitest';
import { nextTurn } from '../../src/base/clock/real-timers.js';
import { createBridge, sequentialIds, virtualClock } from '../../src/index.js';

const shop = { source: ['com.shop'] };
const orders = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ source: 'com.shop', detailType: 'Order Placed', detail: { n } }));
const turn = () => new Promise<void>((resolve) => nextTurn(resolve));
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

describe('Publishing very many events', () => {
  test('lets the rest of the program have its turn, and keeps their order', async () => {
    await using bridge = createBridge({ ids: sequentialIds() });
    const published = bridge.publish(orders(2000));
    const first = bridge.history.events().length;
    const counts = [first];
    while (bridge.history.events().length < 2000) {
      await turn();
      counts.push(bridge.history.events().length);
    }
    expect(first).toBeGreaterThan(0);
    expect(counts.length).toBeGreaterThan(5);
    const most = Math.max(...counts.map((count, i) => count - (counts[i - 1] ?? 0)));
    expect(most).toBeLessThan(300);
    expect(await published).toEqual(bridge.history.events().map(({ id }) => id));
    expect(bridge.history.events().map(({ detail }) => detail.n)).toEqual(numbers(2000));
  });

  test('takes a turn for large ones too, and none for a few', async () => {
    await using bridge = createBridge();
    const text = 'x'.repeat(200_000);
    const published = bridge.publish(orders(6).map((order) => ({ ...order, detail: { text } })));
    expect(bridge.history.events().length).toBeLessThan(6);
    await published;
    bridge.resetHistory();
    void bridge.publish(orders(100));
    expect(bridge.history.events()).toHaveLength(100);
  });

  test('sends what they were when it was called, or nothing if one cannot be sent', async () => {
    await using bridge = createBridge();
    const events = orders(1000);
    const published = bridge.publish(events);
    for (const { detail } of events) detail.n = -1;
    events.length = 0;
    await published;
    expect(bridge.history.events().map(({ detail }) => detail.n)).toEqual(numbers(1000));
    bridge.resetHistory();
    const refused = bridge.publish([...orders(1000), { source: 'com.shop', detailType: 'x', detail: { n: 1n } }]);
    await expect(refused).rejects.toThrow('Event 1000 cannot be published');
    expect(bridge.history.events()).toEqual([]);
  });

  test('is waited for by idle, drain, a virtual clock and close', async () => {
    const clock = virtualClock();
    const waits: ((bridge: ReturnType<typeof createBridge>) => Promise<unknown>)[] = [
      ({ idle }) => idle(),
      ({ drain }) => drain(),
      () => clock.advance('1s'),
      ({ close }) => close(),
    ];
    for (const wait of waits) {
      const bridge = createBridge({ clock });
      let seen = 0;
      bridge.on(shop, () => seen++);
      const published = bridge.publish(orders(1000));
      await wait(bridge);
      expect(bridge.history.events()).toHaveLength(1000);
      expect(seen).toBe(1000);
      await published;
    }
  });

  test('goes on while timers are faked', async () => {
    vi.useFakeTimers();
    try {
      await using bridge = createBridge();
      expect(await bridge.publish(orders(1000))).toHaveLength(1000);
    } finally {
      vi.useRealTimers();
    }
  });

  test('waits for a full target without keeping the bridge from rest', async () => {
    const clock = virtualClock();
    await using bridge = createBridge({ clock, limits: { pendingDeliveries: 500 } });
    let failing = true;
    const seen: number[] = [];
    bridge.on(
      shop,
      ({ detail }) => {
        if (failing) throw new Error('busy');
        seen.push(detail.n);
      },
      { retryPolicy: {} },
    );
    const published = bridge.publish(orders(1000));
    expect(await bridge.idle()).toMatchObject({ waiting: 500 });
    failing = false;
    await bridge.drain();
    await published;
    await bridge.idle();
    expect([...seen].sort((a, b) => a - b)).toEqual(numbers(1000));
  });

  test('is refused from where the bridge is closed', async () => {
    const bridge = createBridge();
    const published = bridge.publish(orders(1000));
    published.catch(() => {});
    await bridge.close({ signal: AbortSignal.abort() });
    await expect(published).rejects.toThrow('The bridge is closed.');
    expect(bridge.history.events().length).toBeLessThan(1000);
  });
});
