import { describe, expect, test } from 'vitest';
import { chaos, createBridge, virtualClock } from '../../src/index.js';

const bill = 'arn:aws:lambda:us-east-1:123456789012:function:bill';
const event = (n: number) => ({ source: 'com.shop', detailType: 'Order Placed', detail: { n } });
const counted = (count: number) => Array.from({ length: count }, (_, n) => event(n));

/** In which order two hundred events come, by their numbers, if they are published in so many calls. */
async function orderOf(options: Parameters<typeof chaos>[1], calls = 1) {
  await using bridge = createBridge();
  const seen: number[] = [];
  bridge.on({ source: ['com.shop'] }, ({ detail }) => seen.push(detail.n));
  using running = chaos(bridge, options);
  const size = 200 / calls;
  for (let call = 0; call < calls; call++) await bridge.publish(counted(200).slice(call * size, (call + 1) * size));
  await bridge.idle();
  const { seed, duplicated, reordered } = running;
  return { seen, seed, duplicated, reordered };
}

const sorted = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);
const all = Array.from({ length: 200 }, (_, n) => n);

describe('chaos', () => {
  test('Chaos delivers some events twice, and loses none', async () => {
    const { seen, duplicated } = await orderOf({ duplicate: 0.2, seed: 1 });
    expect(duplicated).toBeGreaterThan(10);
    expect(duplicated).toBeLessThan(80);
    expect(seen).toHaveLength(200 + duplicated);
    expect([...new Set(seen)]).toEqual(all);
    expect(seen).toEqual(sorted(seen));
  });

  test('Chaos delivers some events late, each once', async () => {
    const { seen, reordered } = await orderOf({ reorder: 0.2, seed: 1 });
    expect(reordered).toBeGreaterThan(10);
    expect(reordered).toBeLessThan(80);
    expect(sorted(seen)).toEqual(all);
    expect(seen).not.toEqual(all);
  });

  test('Chaos reorders what is published call by call, too', async () => {
    const { seen } = await orderOf({ reorder: 0.2, seed: 1 }, 200);
    expect(sorted(seen)).toEqual(all);
    expect(seen).not.toEqual(all);
    expect(await orderOf({ reorder: 0.2, seed: 1 }, 200)).toMatchObject({ seen });
  });

  test('Chaos is the same for the same seed, another for another, and tells the seed it chose', async () => {
    const options = { duplicate: 0.1, reorder: 0.3 };
    const first = await orderOf({ ...options, seed: 42 });
    expect(await orderOf({ ...options, seed: 42 })).toEqual(first);
    expect((await orderOf({ ...options, seed: 43 })).seen).not.toEqual(first.seen);
    const chosen = await orderOf(options);
    expect(await orderOf({ ...options, seed: chosen.seed })).toEqual(chosen);
  });

  test('Chaos affects every event at a rate of 1', async () => {
    const { seen, duplicated, reordered } = await orderOf({ duplicate: 1, reorder: 1, seed: 5 });
    expect([duplicated, reordered]).toEqual([200, 400]);
    expect(sorted(seen)).toEqual(all.flatMap((n) => [n, n]));
  });

  test('Chaos makes a duplicate a delivery of its own, with an outcome of its own', async () => {
    await using bridge = createBridge({ clock: virtualClock(), onFailedDelivery: 'ignore' });
    await bridge.putRule({ Name: 'r', EventPattern: '{"source":["com.shop"]}' });
    await bridge.putTargets({ Rule: 'r', Targets: [{ Id: '1', Arn: bill }] });
    bridge.handle('bill', () => {});
    let calls = 0;
    const fails = () => {
      if (++calls === 2) throw new Error('again');
    };
    bridge.on({ source: ['com.shop'] }, fails, { name: 'audit' });
    using running = chaos(bridge, { duplicate: 1, seed: 1 });
    await bridge.publish(event(1));
    expect(await bridge.idle()).toMatchObject({ delivered: 3, failed: 1 });
    expect(running.duplicated).toBe(2);
    expect(bridge.history.deliveries()).toMatchObject([
      { kind: 'delivered', rule: 'r' },
      { kind: 'delivered', rule: 'r', duplicate: true },
      { kind: 'delivered', subscription: 'audit' },
      { kind: 'failed', subscription: 'audit', duplicate: true },
    ]);
    expect(bridge.history.deliveries().map((record) => 'duplicate' in record)).toEqual([false, true, false, true]);
    const [journey] = bridge.history.traces();
    expect(journey?.deliveries.map(({ duplicate }) => duplicate)).toEqual([undefined, true, undefined, true]);
    expect(String(journey)).toContain('to subscription audit, a duplicate: failed, 1 attempt');
  });

  test('Chaos keeps a duplicate a duplicate in a snapshot, and ends when that is restored', async () => {
    const clock = virtualClock();
    await using bridge = createBridge({ clock, onFailedDelivery: 'ignore' });
    const fails = () => {
      throw new Error('no');
    };
    const retryPolicy = { MaximumRetryAttempts: 1 };
    bridge.on({ source: ['com.shop'] }, fails, { name: 'audit', retryPolicy });
    chaos(bridge, { duplicate: 1, seed: 1 });
    await bridge.publish(event(1));
    await bridge.idle();
    bridge.restore(JSON.parse(JSON.stringify(bridge.snapshot())));
    await bridge.publish(event(2));
    await bridge.drain();
    const ended = bridge.history.deliveries({ outcome: 'failed' }).filter(({ attempts }) => attempts === 2);
    expect(ended.map((record) => 'duplicate' in record).sort()).toEqual([false, false, true]);
  });

  test('Chaos leaves nothing behind when the bridge is idle, drained or closed', async () => {
    const clock = virtualClock();
    const bridge = createBridge({ clock });
    const seen: number[] = [];
    bridge.on({ source: ['com.shop'] }, ({ detail }) => seen.push(detail.n));
    chaos(bridge, { reorder: 1, seed: 1 });
    await bridge.publish(event(1));
    expect(seen).toEqual([]);
    await clock.advance(1);
    expect(seen).toEqual([1]);
    await bridge.publish(event(2));
    await bridge.drain();
    expect(seen).toEqual([1, 2]);
    await bridge.publish(event(3));
    await bridge.close();
    expect(seen).toEqual([1, 2, 3]);
  });

  test('Chaos drops a late delivery when its subscription or bridge ends', async () => {
    await using bridge = createBridge({ onFailedDelivery: 'ignore' });
    const subscription = bridge.on({ source: ['com.shop'] }, () => {}, { name: 'audit' });
    chaos(bridge, { reorder: 1, seed: 1 });
    const ended: string[] = [];
    bridge.observe('failed', ({ errorCode }) => ended.push(errorCode));
    await bridge.publish(event(1));
    subscription.dispose();
    await bridge.idle();
    bridge.on({ source: ['com.shop'] }, () => {});
    await bridge.publish(event(2));
    bridge.reset();
    await bridge.idle();
    expect(ended).toEqual(['UNSUBSCRIBED', 'RESET']);
  });

  test('Chaos ends with dispose, also by using, and with reset', async () => {
    await using bridge = createBridge();
    const publishTwice = async () => {
      bridge.on({ source: ['com.shop'] }, () => {});
      await bridge.publish(counted(2));
      const { delivered } = await bridge.idle();
      bridge.reset();
      return delivered;
    };
    const running = chaos(bridge, { duplicate: 1 });
    running.dispose();
    running.dispose();
    expect(await publishTwice()).toBe(2);
    {
      using _ = chaos(bridge, { duplicate: 1 });
    }
    expect(await publishTwice()).toBe(2);
    const old = chaos(bridge, { duplicate: 1 });
    bridge.reset();
    const next = chaos(bridge, { duplicate: 1 });
    old.dispose();
    expect(await publishTwice()).toBe(4);
    expect([old.duplicated, next.duplicated]).toEqual([0, 2]);
  });

  test.each([
    [{ duplicate: 2 }, 'chaos: duplicate must be a number from 0 to 1, but is a number.'],
    [{ reorder: '0.5' }, 'chaos: reorder must be a number from 0 to 1, but is "0.5".'],
    [{ reorder: Number.NaN }, 'chaos: reorder must be a number from 0 to 1, but is NaN.'],
    [{ reorder: 1, seed: -1 }, 'chaos: seed must be a whole number from 0 to 4294967295, but is a number.'],
    [{ seed: 1 }, 'chaos: a duplicate or a reorder must be given.'],
    [undefined, 'chaos: a duplicate or a reorder must be given.'],
    [null, 'chaos: the options must be an object, but are null.'],
  ])('Chaos is rejected for wrong options: %j', async (options, message) => {
    await using bridge = createBridge();
    expect(() => chaos(bridge, options as never)).toThrow(message);
  });

  test('Chaos is rejected for what is not a bridge, is closed, or is in chaos already', async () => {
    const bridge = createBridge();
    chaos(bridge, { reorder: 0.1 });
    expect(() => chaos(bridge, { reorder: 0.1 })).toThrow('chaos: the bridge is in chaos already: dispose that first.');
    await bridge.close();
    expect(() => chaos(bridge, { reorder: 0.1 })).toThrow('The bridge is closed.');
    expect(() => chaos({} as never, { reorder: 0.1 })).toThrow('chaos: a bridge is needed');
  });
});
