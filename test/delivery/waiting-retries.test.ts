import { describe, expect, test } from 'vitest';
import { createBridge } from '../../src/index.js';
import { deadLetterQueue, order, start, topic, world } from './world.js';

const refuse = () => {
  throw new Error('refused');
};

describe('A delivery that waits for a retry', () => {
  test('goes on with its retries when its target is removed, and its rule deleted', async () => {
    const { bridge } = await world({ Arn: topic });
    let calls = 0;
    bridge.handle(topic, () => {
      if (++calls < 3) throw new Error('refused');
    });
    await bridge.publish(order);
    await bridge.idle();
    await bridge.removeTargets({ Rule: 'all', Ids: ['1'] });
    await bridge.deleteRule({ Name: 'all' });
    expect(await bridge.drain()).toMatchObject({ delivered: 1 });
  });

  test('ends as UNSUBSCRIBED when its subscription is disposed while it waits', async () => {
    const { bridge, clock } = await world();
    const subscription = bridge.on({ source: ['com.shop'] }, refuse, { retryPolicy: {} });
    await bridge.publish([order, order]);
    await bridge.idle();
    subscription.dispose();
    expect(bridge.history.records('failed')).toMatchObject([
      { errorCode: 'UNSUBSCRIBED' },
      { errorCode: 'UNSUBSCRIBED' },
    ]);
    expect(await bridge.idle()).toMatchObject({ failed: 2, waiting: 0 });
    expect(clock.pending).toBe(0);
  });

  test('has failed without a retry when its subscription was disposed while it ran', async () => {
    const { bridge, clock } = await world();
    const subscription = bridge.on(
      { source: ['com.shop'] },
      () => {
        subscription.dispose();
        throw new Error('refused');
      },
      { retryPolicy: {} },
    );
    await bridge.publish(order);
    expect(await bridge.idle()).toMatchObject({ failed: 1, waiting: 0 });
    expect(bridge.history.records('failed')).toMatchObject([{ errorCode: 'ERROR_FROM_TARGET', attempts: 1 }]);
    expect(clock.pending).toBe(0);
  });

  test('keeps the RetryPolicy and the queue that its target had when the event was accepted', async () => {
    const { bridge } = await world({ Arn: topic, RetryPolicy: { MaximumRetryAttempts: 2 } });
    bridge.handle(topic, refuse);
    await bridge.publish(order);
    await bridge.idle();
    const DeadLetterConfig = { Arn: deadLetterQueue };
    const Targets = [{ Id: '1', Arn: topic, RetryPolicy: { MaximumRetryAttempts: 0 }, DeadLetterConfig }];
    await bridge.putTargets({ Rule: 'all', Targets });
    await bridge.publish(order);
    expect(await bridge.drain()).toMatchObject({ failed: 1, deadLettered: 1 });
    expect(bridge.history.deliveries()).toMatchObject([
      { kind: 'dead-lettered', attempts: 1 },
      { kind: 'failed', attempts: 3 },
    ]);
  });

  test('is made anew by whatever stands behind the ARN when it is tried again', async () => {
    const { bridge } = await world({ Arn: topic });
    bridge.handle(topic, refuse);
    await bridge.publish(order);
    await bridge.idle();
    const bodies: string[] = [];
    bridge.handle(topic, (_event, { delivery }) => bodies.push(`${delivery.attempt}`));
    expect(await bridge.drain()).toMatchObject({ delivered: 1 });
    expect(bodies).toEqual(['2']);
  });

  test('is not tried again when it has become too old while others of its target ran', async () => {
    const { bridge, clock } = await world({ Arn: topic, RetryPolicy: { MaximumEventAgeInSeconds: 60 } });
    const calls: number[] = [];
    bridge.handle(
      topic,
      ({ detail }) => {
        calls.push(detail.n);
        if (detail.n === 1) throw new Error('refused');
        return new Promise<void>((resolve) => clock.schedule(clock.now() + 61_000, resolve));
      },
      { concurrency: 1 },
    );
    await bridge.publish([1, 2].map((n) => ({ ...order, detail: { n } })));
    await clock.advance('1h');
    expect(calls).toEqual([1, 2]);
    expect(bridge.history.deliveries()).toMatchObject([
      { kind: 'delivered' },
      {
        kind: 'failed',
        time: '2026-01-01T00:01:01.000Z',
        attempts: 1,
        attributes: { EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds', RETRY_ATTEMPTS: '0' },
      },
    ]);
  });

  test('ends at its last moment though the timer that woke it was early', async () => {
    let now = start;
    let wake = () => {};
    const clock = {
      now: () => now,
      schedule: (time: number, callback: () => void) => {
        wake = () => {
          now = time - 1;
          callback();
        };
        return () => {};
      },
    };
    const bridge = createBridge({ clock, random: () => 1, onFailedDelivery: 'ignore' });
    bridge.on({ source: ['com.shop'] }, refuse, { retryPolicy: { MaximumEventAgeInSeconds: 60 } });
    await bridge.publish(order);
    for (let step = 1; step <= 6; step++) {
      await bridge.idle();
      wake();
    }
    expect(bridge.history.deliveries()).toMatchObject([{ attempts: 6, time: '2026-01-01T00:00:59.999Z' }]);
  });

  test('ends by reset and close while it waits, once', async () => {
    const ends: string[] = [];
    const { bridge, clock } = await world({ Arn: topic, DeadLetterConfig: { Arn: deadLetterQueue } });
    bridge.observe('failed', ({ errorCode }) => ends.push(errorCode));
    bridge.handle(topic, refuse);
    await bridge.publish([order, order]);
    await bridge.idle();
    bridge.reset();
    expect(clock.pending).toBe(0);
    bridge.on({ source: ['com.shop'] }, refuse, { retryPolicy: {} });
    await bridge.publish(order);
    await bridge.idle();
    expect(await bridge.close({ signal: AbortSignal.abort() })).toMatchObject({ failed: 1, waiting: 0 });
    expect(ends).toEqual(['RESET', 'RESET', 'CLOSED']);
    expect(clock.pending).toBe(0);
  });

  test('ends once where whoever hears of its retry resets the bridge', async () => {
    const { bridge, clock } = await world({ Arn: topic });
    const heard: string[] = [];
    bridge.observe('retrying', () => {
      heard.push('retrying');
      bridge.reset();
    });
    bridge.observe('failed', ({ errorCode }) => heard.push(errorCode));
    bridge.handle(topic, refuse);
    await bridge.publish(order);
    await bridge.idle();
    expect(heard).toEqual(['retrying', 'RESET']);
    expect(clock.pending).toBe(0);
  });
});
