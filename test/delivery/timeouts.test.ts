import { describe, expect, test } from 'vitest';
import { nextFullTurn } from '../../src/base/clock/real-timers.js';
import type { DisposableHandle } from '../../src/base/disposable.js';
import { gate } from '../gate.js';
import { deadLetterQueue, lambda, order, secondsOf, topic, world } from './world.js';

const never = (_?: unknown) => new Promise(() => {});

describe('A handler that never settles', () => {
  test.each([topic, lambda])('ends by its timeout, and each retry does: %s', async (arn) => {
    const { bridge, clock } = await world({
      Arn: arn,
      RetryPolicy: { MaximumRetryAttempts: 1 },
      DeadLetterConfig: { Arn: deadLetterQueue },
    });
    const signals: AbortSignal[] = [];
    bridge.handle(
      arn,
      (_event, context) => {
        signals.push(context.delivery.signal);
        expect(context.getRemainingTimeInMillis()).toBe(30_000);
        return never();
      },
      { timeout: '30s' },
    );
    await bridge.publish(order);
    await clock.advance('29s');
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    await clock.advance('1s');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    await clock.advance('31s');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    expect(bridge.queue('dlq').messages).toMatchObject([
      {
        attributes: {
          ERROR_CODE: 'TIMEOUT',
          ERROR_MESSAGE: 'The target did not answer within 30 s.',
          RETRY_ATTEMPTS: '1',
        },
      },
    ]);
    expect(await bridge.idle()).toMatchObject({ deadLettered: 1, waiting: 0 });
  });

  test('has 15 minutes if nothing else is asked for, behind a subscription too', async () => {
    const { bridge, clock } = await world();
    bridge.on({ source: ['com.shop'] }, never);
    await bridge.publish(order);
    await clock.advance('24h');
    expect(bridge.history.records('failed')).toMatchObject([
      { errorCode: 'TIMEOUT', time: '2026-01-01T00:15:00.000Z' },
    ]);
  });

  test('has the timeout it was called with, also where it takes itself away', async () => {
    const { bridge, clock } = await world({ Arn: topic, RetryPolicy: { MaximumRetryAttempts: 0 } });
    const handled: DisposableHandle = bridge.handle(topic, () => never(handled.dispose()), { timeout: '10s' });
    await bridge.publish(order);
    await clock.advance('10s');
    expect(bridge.history.records('failed')).toMatchObject([{ errorCode: 'TIMEOUT' }]);
  });

  test('is over at the instant of its timeout, whatever else is due then', async () => {
    const { bridge, clock } = await world();
    const sleep = () => new Promise<void>((resolve) => clock.schedule(clock.now() + 5000, resolve));
    bridge.on({ source: ['com.shop'] }, sleep, { timeout: '5s' });
    bridge.on({ source: ['com.shop'] }, sleep, { timeout: 5001 });
    await bridge.publish(order);
    await clock.advance('10s');
    expect(await bridge.idle()).toMatchObject({ delivered: 1, failed: 1 });
    expect(clock.pending).toBe(0);
  });

  test('changes nothing by what it does after that', async () => {
    const { bridge, clock } = await world();
    const { promise, open } = gate();
    bridge.on({ source: ['com.shop'] }, () => promise, { timeout: '1s' });
    await bridge.publish(order);
    await clock.advance('1s');
    open();
    expect(await bridge.idle()).toMatchObject({ delivered: 0, failed: 1 });
    expect(clock.pending).toBe(0);
  });
});

describe('A target with a concurrency', () => {
  test('is called by so many attempts at once, in the order of the events', async () => {
    const { bridge } = await world({ Arn: topic });
    const doors = Array.from({ length: 5 }, gate);
    const seen: number[] = [];
    let running = 0;
    let most = 0;
    bridge.handle(
      topic,
      async ({ detail }) => {
        seen.push(detail.n);
        most = Math.max(most, ++running);
        await doors[detail.n]?.promise;
        running--;
      },
      { concurrency: 2 },
    );
    await bridge.publish(doors.map((_, n) => ({ ...order, detail: { n } })));
    for (const n of [1, 0, 3, 2, 4]) doors[n]?.open();
    expect(await bridge.idle()).toMatchObject({ delivered: 5 });
    expect([most, seen]).toEqual([2, [0, 1, 2, 3, 4]]);
  });

  test('holds up no other, and a retry that waits takes no place', async () => {
    const { bridge, clock } = await world({ Arn: topic });
    const times: string[] = [];
    let refusals = 1;
    bridge.handle(
      topic,
      ({ detail }) => {
        times.push(`${detail.n} at ${secondsOf(clock)}`);
        if (refusals-- > 0) throw new Error('refused');
      },
      { concurrency: 1 },
    );
    const { promise, open } = gate();
    let others = 0;
    bridge.on({ source: ['com.shop'] }, () => promise, { concurrency: 1 });
    bridge.on({ source: ['com.shop'] }, () => others++);
    await bridge.publish([1, 2, 3].map((n) => ({ ...order, detail: { n } })));
    await clock.advance('1s');
    expect(times).toEqual(['1 at 0', '2 at 0', '3 at 0', '1 at 1']);
    expect(others).toBe(3);
    open();
    expect(await bridge.idle()).toMatchObject({ delivered: 9 });
  });

  test('counts those of the present handler only, and lets in those who waited for the one before', async () => {
    const { bridge } = await world({ Arn: topic });
    const first = gate();
    const doors = Array.from({ length: 4 }, gate);
    bridge.handle(topic, () => first.promise, { concurrency: 1 });
    await bridge.publish([0, 1, 2].map((n) => ({ ...order, detail: { n } })));
    await nextFullTurn();
    let running = 0;
    let most = 0;
    bridge.handle(
      topic,
      async ({ detail }) => {
        most = Math.max(most, ++running);
        await doors[detail.n]?.promise;
        running--;
      },
      { concurrency: 1 },
    );
    await bridge.publish({ ...order, detail: { n: 3 } });
    first.open();
    await nextFullTurn();
    for (const { open } of doors) open();
    expect(await bridge.idle()).toMatchObject({ delivered: 4 });
    expect(most).toBe(1);
  });

  test('loses what is parked when its subscription is disposed, and what runs goes on', async () => {
    const { bridge } = await world();
    const { promise, open } = gate();
    const ends: string[] = [];
    bridge.observe('failed', ({ errorCode }) => ends.push(errorCode));
    const subscription = bridge.on({ source: ['com.shop'] }, () => promise, { concurrency: 1 });
    await bridge.publish([order, order, order]);
    await nextFullTurn();
    subscription.dispose();
    expect(ends).toEqual(['UNSUBSCRIBED', 'UNSUBSCRIBED']);
    open();
    expect(await bridge.idle()).toMatchObject({ delivered: 1, failed: 2 });
  });

  test('has its place again when its handler ran into the timeout, and loses what is parked by reset', async () => {
    const { bridge, clock } = await world();
    const seen: number[] = [];
    const ends: string[] = [];
    bridge.observe('failed', ({ errorCode }) => ends.push(errorCode));
    bridge.on<{ n: number }>({ source: ['com.shop'] }, ({ detail }) => never(seen.push(detail.n)), {
      concurrency: 1,
      timeout: '1s',
    });
    await bridge.publish([1, 2, 3].map((n) => ({ ...order, detail: { n } })));
    await clock.advance('1s');
    expect([seen, ends]).toEqual([[1, 2], ['TIMEOUT']]);
    bridge.reset();
    expect(ends).toEqual(['TIMEOUT', 'RESET', 'RESET']);
    expect(await bridge.idle()).toMatchObject({ failed: 0, waiting: 0 });
  });
});

describe('A full target', () => {
  test('throttles its own entries, makes publish wait, and nobody else', async () => {
    const { bridge, clock } = await world({ Arn: topic }, { limits: { pendingDeliveries: 2 } });
    bridge.handle(topic, () => {
      if (secondsOf(clock) < 60) throw new Error('refused');
    });
    let others = 0;
    bridge.on({ source: ['com.other'] }, () => others++);
    await bridge.publish([order, order]);
    await bridge.idle();
    const entry = { Source: 'com.shop', DetailType: 'x', Detail: '{}' };
    const { Entries } = await bridge.putEvents({ Entries: [entry, { ...entry, Source: 'com.other' }] });
    expect(Entries).toEqual([
      { ErrorCode: 'ThrottlingException', ErrorMessage: `Target ${topic} is full: limits.pendingDeliveries is 2.` },
      { EventId: expect.any(String) },
    ]);
    let isPublished = false;
    const published = bridge.publish(order).then(() => {
      isPublished = true;
    });
    await clock.advance('59s');
    expect(isPublished).toBe(false);
    await clock.advance('5m');
    await published;
    expect(await bridge.drain()).toMatchObject({ delivered: 4, failed: 0 });
    expect(others).toBe(1);
  });

  test('lets all in who wait, whatever else each of them waits for', async () => {
    const { bridge } = await world(undefined, { limits: { pendingDeliveries: 2 } });
    for (const source of [['a'], ['b'], ['a', 'b'], ['a']]) bridge.on({ source }, () => Promise.resolve());
    const published = Array.from({ length: 300 }, (_, n) =>
      bridge.publish(Array.from({ length: n % 13 }, (_empty, m) => ({ ...order, source: (n + m) % 3 ? 'a' : 'b' }))),
    );
    const ids = (await Promise.all(published)).flat();
    const sources = bridge.history.events().map(({ source }) => source);
    const toA = sources.filter((source) => source === 'a').length;
    expect(await bridge.idle()).toMatchObject({ delivered: 3 * toA + 2 * (sources.length - toA), failed: 0 });
    expect(new Set(ids).size).toBe(sources.length);
  });

  test('keeps nobody waiting who waits for room when the bridge is closed', async () => {
    const { bridge } = await world(undefined, { limits: { pendingDeliveries: 1 } });
    bridge.on({ source: ['com.shop'] }, never);
    const published = Promise.allSettled(Array.from({ length: 50 }, () => bridge.publish(order)));
    await nextFullTurn();
    await bridge.close({ signal: AbortSignal.abort() });
    const outcomes = (await published).map((result) =>
      result.status === 'rejected' ? result.reason.name : 'accepted',
    );
    expect(outcomes).toEqual(['accepted', ...Array.from({ length: 49 }, () => 'BridgeClosedException')]);
  });

  test('that an observer of the same call makes room in is waited for no more', async () => {
    const { bridge } = await world(undefined, { limits: { pendingDeliveries: 1 } });
    bridge.on({ source: ['com.shop'] }, never);
    await bridge.publish(order);
    bridge.observe('accepted', ({ event }) => {
      if (event.source === 'com.other') bridge.reset();
    });
    expect(await bridge.publish([order, { ...order, source: 'com.other' }])).toHaveLength(2);
  });
});
