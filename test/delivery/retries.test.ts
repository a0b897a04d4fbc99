import { describe, expect, test } from 'vitest';
import { TargetError } from '../../src/index.js';
import { order, secondsOf, topic, world } from './world.js';

const refuse = () => {
  throw new Error('refused');
};

describe('A delivery that fails', () => {
  test('is tried again after a random part of a span that doubles from 1 s up to 15 min', async () => {
    const { bridge, clock } = await world({ Arn: topic });
    const times: number[] = [];
    bridge.handle(topic, () => {
      times.push(secondsOf(clock));
      throw new Error('refused');
    });
    await bridge.publish(order);
    await clock.advance('24h');
    const delays = times.slice(1).map((time, index) => time - (times[index] as number));
    expect(delays.slice(0, 12)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
    expect(new Set(delays.slice(12))).toEqual(new Set([900]));
    await bridge.close();
  });

  test('waits the part of that span which random answers, and a millisecond at least', async () => {
    const parts = [0.5, 0, 0.25];
    const { bridge, clock } = await world({ Arn: topic }, { random: () => parts.shift() ?? 1 });
    const times: number[] = [];
    bridge.handle(topic, () => {
      times.push(secondsOf(clock));
      if (times.length < 4) throw new Error('refused');
    });
    await bridge.publish(order);
    expect(await bridge.drain()).toMatchObject({ delivered: 1 });
    expect(times).toEqual([0, 0.5, 0.501, 1.501]);
  });

  test('is tried 185 times more, or for 24 hours, if nothing else is asked for', async () => {
    const often = await world({ Arn: topic }, { random: () => 0 });
    const long = await world({ Arn: topic });
    for (const { bridge } of [often, long]) {
      bridge.handle(topic, refuse);
      await bridge.publish(order);
      await bridge.drain();
    }
    expect(often.bridge.history.deliveries()).toMatchObject([
      {
        kind: 'failed',
        attempts: 186,
        attributes: { EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts', RETRY_ATTEMPTS: '185' },
      },
    ]);
    expect(long.bridge.history.deliveries()).toMatchObject([
      { kind: 'failed', attributes: { EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds' } },
    ]);
    expect(secondsOf(long.clock)).toBe(86_400);
  });

  test.each([0, 1, 3])('is tried %i times more if MaximumRetryAttempts says so', async (retries) => {
    const { bridge } = await world({ Arn: topic, RetryPolicy: { MaximumRetryAttempts: retries } });
    let calls = 0;
    bridge.handle(topic, () => {
      calls++;
      return Promise.reject(new Error('refused'));
    });
    await bridge.publish(order);
    expect(await bridge.drain()).toMatchObject({ failed: 1, waiting: 0 });
    expect(calls).toBe(1 + retries);
    expect(bridge.history.records('retrying')).toHaveLength(retries);
  });

  test('ends when the event is too old, and is not tried after that', async () => {
    const { bridge, clock } = await world({ Arn: topic, RetryPolicy: { MaximumEventAgeInSeconds: 60 } });
    const times: number[] = [];
    bridge.handle(topic, () => {
      times.push(secondsOf(clock));
      throw new Error('refused');
    });
    await bridge.publish(order);
    await clock.advance('59999ms');
    expect(bridge.history.deliveries()).toEqual([]);
    await clock.advance(1);
    expect(times).toEqual([0, 1, 3, 7, 15, 31]);
    expect(bridge.history.deliveries()).toMatchObject([
      {
        time: '2026-01-01T00:01:00.000Z',
        attempts: 6,
        attributes: { EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds', RETRY_ATTEMPTS: '5' },
      },
    ]);
  });

  test.each([
    'NO_RESOURCE',
    'NO_PERMISSIONS',
    'INVALID_JSON',
    'THIRD_ACCOUNT_HOP_DETECTED',
    'THIRD_REGION_HOP_DETECTED',
  ])('is not tried again after %s', async (code) => {
    const { bridge } = await world({ Arn: topic });
    bridge.handle(topic, () => {
      throw new TargetError(code);
    });
    await bridge.publish(order);
    expect(await bridge.idle()).toMatchObject({ failed: 1, waiting: 0 });
    const [record] = bridge.history.records('failed');
    expect(record).toMatchObject({ errorCode: code, errorMessage: code, attempts: 1 });
    expect(record?.attributes).not.toHaveProperty('RETRY_ATTEMPTS');
    expect(record?.attributes).not.toHaveProperty('EXHAUSTED_RETRY_CONDITION');
  });

  test.each([
    ['NO_PERMISSIONS', true, 2],
    ['THROTTLING', false, 1],
    ['THROTTLING', undefined, 2],
  ])('with the code %s is retried if its TargetError says so: %s', async (code, retryable, calls) => {
    const { bridge } = await world({ Arn: topic, RetryPolicy: { MaximumRetryAttempts: 1 } });
    let made = 0;
    bridge.handle(topic, () => {
      made++;
      throw new TargetError(code, { retryable });
    });
    await bridge.publish(order);
    await bridge.drain();
    expect(made).toBe(calls);
  });

  test('says in its records what waits, and until when', async () => {
    const { bridge } = await world({ Arn: topic });
    const error = new Error('refused');
    let calls = 0;
    bridge.handle(topic, (_event, { delivery }) => {
      expect(delivery.attempt).toBe(++calls);
      if (calls < 3) throw error;
    });
    await bridge.publish(order);
    expect(await bridge.idle()).toMatchObject({ waiting: 1, nextAt: new Date('2026-01-01T00:00:01Z') });
    await bridge.drain();
    const retrying = { kind: 'retrying', rule: 'all', arn: topic, errorCode: 'ERROR_FROM_TARGET', error };
    expect(bridge.history.records('retrying', 'delivered')).toMatchObject([
      { ...retrying, attempts: 1, nextAt: '2026-01-01T00:00:01.000Z' },
      { ...retrying, attempts: 2, nextAt: '2026-01-01T00:00:03.000Z' },
      { kind: 'delivered', attempts: 3, time: '2026-01-01T00:00:03.000Z' },
    ]);
  });

  test('is the next, of all that wait, which is due first', async () => {
    const parts = [1, 0.25, 0.5];
    const { bridge } = await world({ Arn: topic }, { random: () => parts.shift() ?? 1 });
    bridge.handle(topic, refuse);
    await bridge.publish([order, order, order]);
    expect(await bridge.idle()).toMatchObject({ waiting: 3, nextAt: new Date('2026-01-01T00:00:00.250Z') });
  });

  test('to a subscription is not tried again unless it asks for that', async () => {
    const { bridge, clock } = await world();
    const times = { once: [] as number[], thrice: [] as number[] };
    bridge.on({ source: ['com.shop'] }, () => Promise.reject(times.once.push(secondsOf(clock))));
    bridge.on({ source: ['com.shop'] }, () => Promise.reject(times.thrice.push(secondsOf(clock))), {
      retryPolicy: { MaximumRetryAttempts: 2 },
    });
    await bridge.publish(order);
    expect(await bridge.drain()).toMatchObject({ failed: 2 });
    expect(times).toEqual({ once: [0], thrice: [0, 1, 3] });
  });

  test.each([
    { retryPolicy: { MaximumRetryAttempts: 186 } },
    { retryPolicy: { MaximumEventAgeInSeconds: 59 } },
    { retryPolicy: 3 },
    { concurrency: 0 },
    { timeout: '1 s' },
    { timeout: 0 },
  ])('needs options that can be: %j', async (options) => {
    const { bridge } = await world();
    expect(() => bridge.on({ source: ['com.shop'] }, refuse, options as never)).toThrow(
      expect.objectContaining({ name: 'ValidationException' }),
    );
  });

  test.each([
    [Number.NaN, 'NaN'],
    [2, '2'],
    [-0.5, '-0.5'],
    ['0.5', 'a string'],
  ])('waits longest, and is told of, where random answers %j', async (part, shown) => {
    const { bridge, clock } = await world({ Arn: topic }, { random: () => part as number });
    bridge.handle(topic, refuse);
    await bridge.publish(order);
    await expect(bridge.idle()).rejects.toThrow(`random() must answer a number from 0 up to 1, but answered ${shown}.`);
    expect(clock.nextAt).toBe(clock.now() + 1000);
    await bridge.close({ signal: AbortSignal.abort() });
  });
});
