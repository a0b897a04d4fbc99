import { describe, expect, test } from 'vitest';
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
});
