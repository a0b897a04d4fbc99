import { describe, expect, test } from 'vitest';
import { TargetError } from '../../src/index.js';
import { order, secondsOf, start, topic, world } from './world.js';

const destination =
  'arn:aws:events:us-east-1:123456789012:api-destination/billing/11112222-3333-4444-5555-666677778888';

describe('A handler of an API destination', () => {
  test.each([
    [200, 'delivered', 1],
    [204, 'delivered', 1],
    [302, 'failed', 1],
    [400, 'failed', 1],
    [401, 'failed', 3],
    [403, 'failed', 1],
    [404, 'failed', 1],
    [407, 'failed', 3],
    [409, 'failed', 3],
    [429, 'failed', 3],
    [500, 'failed', 3],
    [503, 'failed', 3],
  ])('that answers an HTTP status of %i has %s after so many attempts: %i', async (status, kind, attempts) => {
    const { bridge } = await world({ Arn: destination, RetryPolicy: { MaximumRetryAttempts: 2 } });
    bridge.handle(destination, async () => new Response(null, { status }));
    await bridge.publish(order);
    await bridge.drain();
    const why = {
      errorCode: 'ERROR_FROM_TARGET',
      errorMessage: `The endpoint answered with HTTP status ${status}.`,
    };
    expect(bridge.history.deliveries()).toMatchObject([{ kind, attempts, ...(kind === 'failed' ? why : {}) }]);
  });

  test.each([
    ['120', [0, 120, 240]],
    ['1', [0, 1, 3]],
    ['Thu, 01 Jan 2026 00:01:00 GMT', [0, 60, 62]],
    ['soon', [0, 1, 3]],
    ['-1', [0]],
  ])('is tried again no sooner than its Retry-After says: %s', async (after, expected) => {
    const { bridge, clock } = await world({ Arn: destination, RetryPolicy: { MaximumRetryAttempts: 2 } });
    const times: number[] = [];
    bridge.handle(destination, () => {
      times.push(secondsOf(clock));
      return { status: 503, headers: new Headers({ 'retry-after': after }) };
    });
    await bridge.publish(order);
    expect(await bridge.drain()).toMatchObject({ failed: 1 });
    expect(times).toEqual(expected);
  });

  test('has 5 s to answer if nothing else is asked for', async () => {
    const { bridge, clock } = await world({ Arn: destination, RetryPolicy: { MaximumRetryAttempts: 0 } });
    bridge.handle(destination, () => new Promise(() => {}));
    await bridge.publish(order);
    await clock.advance('5s');
    expect(bridge.history.records('failed')).toMatchObject([{ errorCode: 'TIMEOUT' }]);
    bridge.handle(destination, () => new Promise(() => {}), { timeout: '10s' });
    await bridge.publish(order);
    await clock.advance('9s');
    expect(bridge.history.records('failed')).toHaveLength(1);
    await clock.advance('1s');
    expect(bridge.history.records('failed')).toHaveLength(2);
  });

  test('may answer anything else, and throw', async () => {
    const { bridge } = await world({ Arn: destination, RetryPolicy: { MaximumRetryAttempts: 0 } });
    const trap = Object.defineProperty({}, 'status', {
      get: () => {
        throw new Error('trap');
      },
    });
    const answers = [undefined, 'text', { status: 'ok' }, { status: 500, headers: null }, trap];
    bridge.handle(destination, () => answers.shift());
    await bridge.publish(answers.map(() => order));
    expect(await bridge.idle()).toMatchObject({ delivered: 3, failed: 2 });
    expect(bridge.history.records('failed').map(({ errorMessage }) => errorMessage)).toEqual([
      'The endpoint answered with HTTP status 500.',
      'Error: trap',
    ]);
  });
});

describe('A TargetError', () => {
  test('may ask for a longer wait than chance would have, but for none beyond the age of the event', async () => {
    const { bridge, clock } = await world({ Arn: topic, RetryPolicy: { MaximumEventAgeInSeconds: 100 } });
    const times: number[] = [];
    bridge.handle(topic, () => {
      times.push(secondsOf(clock));
      throw new TargetError('THROTTLING', { retryAfter: '70s' });
    });
    await bridge.publish(order);
    expect(await bridge.drain()).toMatchObject({ failed: 1 });
    expect(times).toEqual([0, 70]);
    expect(clock.now() - start).toBe(100_000);
    expect(bridge.history.records('failed')).toMatchObject([
      { attributes: { EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds', RETRY_ATTEMPTS: '1' } },
    ]);
  });
});
