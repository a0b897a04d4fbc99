import { describe, expect, test } from 'vitest';
import { TargetError } from '../../src/index.js';
import { deadLetterQueue, lambda, order, secondsOf, world } from './world.js';

const toQueue = { Arn: lambda, DeadLetterConfig: { Arn: deadLetterQueue } };

describe('A Lambda function that throws', () => {
  test('has got the event, and is invoked again after one minute and two more', async () => {
    const { bridge, clock } = await world(toQueue);
    const times: number[] = [];
    const error = new Error('declined');
    bridge.handle('bill', async () => {
      times.push(secondsOf(clock));
      throw error;
    });
    await bridge.publish(order);
    expect(await bridge.idle()).toMatchObject({ delivered: 1, waiting: 1, nextAt: new Date('2026-01-01T00:01:00Z') });
    expect(await bridge.drain()).toEqual({ delivered: 1, deadLettered: 0, failed: 0, waiting: 0, nextAt: undefined });
    expect(times).toEqual([0, 60, 180]);
    expect(bridge.queue('dlq').messages).toEqual([]);
    expect(bridge.history.records('delivered', 'retrying', 'function-error')).toMatchObject([
      { kind: 'delivered', attempts: 1 },
      { kind: 'retrying', attempts: 1, errorMessage: 'Error: declined', nextAt: '2026-01-01T00:01:00.000Z' },
      { kind: 'retrying', attempts: 2, nextAt: '2026-01-01T00:03:00.000Z' },
      { kind: 'function-error', attempts: 3, error },
    ]);
    expect(bridge.history.records('retrying')[0]).not.toHaveProperty('errorCode');
  });

  test('is invoked no more once it has not thrown', async () => {
    const { bridge } = await world(toQueue);
    let calls = 0;
    bridge.handle('bill', () => {
      if (++calls === 1) throw new Error('declined');
    });
    await bridge.publish(order);
    expect(await bridge.drain()).toMatchObject({ delivered: 1, failed: 0 });
    expect(calls).toBe(2);
    expect(bridge.history.records('function-error')).toEqual([]);
  });

  test('after a TargetError is retried as a delivery, and then invoked again as a function', async () => {
    const { bridge, clock } = await world(toQueue);
    const times: number[] = [];
    bridge.handle('bill', () => {
      times.push(secondsOf(clock));
      throw times.length < 3 ? new TargetError('THROTTLING') : new Error('declined');
    });
    await bridge.publish(order);
    await bridge.drain();
    expect(times).toEqual([0, 1, 3, 63, 183]);
    expect(bridge.history.deliveries()).toMatchObject([{ kind: 'delivered', attempts: 3 }]);
    expect(bridge.history.records('function-error')).toMatchObject([{ attempts: 5 }]);
  });

  test('ends in one function error when it is gone, or fails otherwise, by then', async () => {
    const { bridge } = await world(toQueue);
    const handle = bridge.handle('bill', () => {
      throw new Error('declined');
    });
    await bridge.publish(order);
    await bridge.idle();
    handle.dispose();
    expect(await bridge.drain()).toMatchObject({ delivered: 1, deadLettered: 0, failed: 0 });
    expect(bridge.history.records('function-error')).toMatchObject([
      { errorMessage: expect.stringContaining('NO_RESOURCE') },
    ]);
  });

  test('is told of as a function error when the bridge ends before', async () => {
    const { bridge, clock } = await world(toQueue);
    const errors: string[] = [];
    bridge.observe('function-error', ({ errorMessage }) => errors.push(errorMessage));
    bridge.observe('failed', () => expect.unreachable());
    bridge.handle('bill', () => {
      throw new Error('declined');
    });
    await bridge.publish(order);
    await bridge.idle();
    bridge.reset();
    expect(errors).toEqual(['Error: declined']);
    expect(clock.pending).toBe(0);
  });

  test('keeps its place in the bound of its target until it is invoked no more', async () => {
    const { bridge } = await world(toQueue, { limits: { pendingDeliveries: 1 } });
    bridge.handle('bill', () => {
      throw new Error('declined');
    });
    const entry = { Source: 'com.shop', DetailType: 'x', Detail: '{}' };
    await bridge.putEvents({ Entries: [entry] });
    await bridge.idle();
    expect(await bridge.putEvents({ Entries: [entry] })).toMatchObject({ FailedEntryCount: 1 });
    await bridge.drain();
    expect(await bridge.putEvents({ Entries: [entry] })).toMatchObject({ FailedEntryCount: 0 });
  });

  test('ends once where whoever hears of its delivery resets the bridge', async () => {
    const { bridge, clock } = await world(toQueue);
    const heard: string[] = [];
    bridge.observe('delivered', () => {
      heard.push('delivered');
      bridge.reset();
    });
    bridge.observe('retrying', () => heard.push('retrying'));
    bridge.observe('function-error', () => heard.push('function-error'));
    bridge.handle('bill', () => {
      throw new Error('declined');
    });
    await bridge.publish(order);
    await bridge.idle();
    expect(heard).toEqual(['delivered', 'function-error']);
    expect(clock.pending).toBe(0);
  });
});
