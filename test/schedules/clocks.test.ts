import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Bridge, createBridge, virtualClock } from '../../src/index.js';
import { putSchedule, world } from './world.js';

const failing = 'arn:aws:states:us-east-1:123456789012:stateMachine:m';
const RoleArn = 'arn:aws:iam::123456789012:role/r';

/** A schedule of a minute, whose target fails and is tried again for hours. */
async function failEachMinute(bridge: Bridge): Promise<void> {
  await bridge.putRule({ Name: 'r', ScheduleExpression: 'rate(1 minute)' });
  const RetryPolicy = { MaximumRetryAttempts: 20, MaximumEventAgeInSeconds: 86_400 };
  await bridge.putTargets({ Rule: 'r', Targets: [{ Id: '1', Arn: failing, RoleArn, RetryPolicy }] });
  bridge.handle(failing, () => Promise.reject(new Error('no')));
}

describe('Schedules', () => {
  test('end when the bridge is closed, and keep nothing waiting', async () => {
    const { bridge, clock } = world();
    const times = await putSchedule(bridge, 'r', 'rate(1 minute)');
    await clock.advance('1m');
    await bridge.close();
    expect(clock.pending).toBe(0);
    await clock.advance('1h');
    expect(times).toEqual(['2026-01-01T00:01:00Z']);
  });

  test('end when the bridge is reset, and those of the same names begin anew', async () => {
    const { bridge, clock } = world();
    const before = await putSchedule(bridge, 'r', 'rate(1 hour)');
    await clock.advance('30m');
    bridge.reset();
    expect(clock.pending).toBe(0);
    const after = await putSchedule(bridge, 'r', 'rate(1 hour)');
    await clock.advance('1h');
    expect([before, after]).toEqual([[], ['2026-01-01T01:30:00Z']]);
  });

  test('end when the bridge is closed while their deliveries fail', async () => {
    const { bridge, clock } = world({ onFailedDelivery: 'ignore' });
    await bridge.putRule({ Name: 'r', ScheduleExpression: 'rate(1 minute)' });
    await bridge.putTargets({ Rule: 'r', Targets: [{ Id: '1', Arn: failing, RoleArn }] });
    bridge.handle(failing, () => Promise.reject(new Error('no')));
    await clock.advance('3m');
    expect(await bridge.close()).toMatchObject({ failed: 3, waiting: 0 });
    expect(clock.pending).toBe(0);
  });

  test('rest while the bridge is drained, since there would be no end, and go on in step after it', async () => {
    const { bridge, clock } = world({ onFailedDelivery: 'ignore' });
    await failEachMinute(bridge);
    await clock.advance('1m');
    expect(await bridge.drain()).toMatchObject({ failed: 1, waiting: 0 });
    const drained = clock.now();
    expect(drained).toBeGreaterThan(Date.UTC(2026, 0, 1, 0, 2));
    expect(bridge.history.events()).toHaveLength(1);
    await clock.advance('1m');
    expect(bridge.history.events().map(({ time }) => Date.parse(time))).toEqual([
      Date.UTC(2026, 0, 1, 0, 1),
      Math.floor(drained / 60_000 + 1) * 60_000,
    ]);
  });

  test('rest while the bridge is drained, also those that it is restored with on the way', async () => {
    const { bridge, clock } = world({ onFailedDelivery: 'ignore' });
    await using _ = bridge;
    await failEachMinute(bridge);
    await clock.advance('1m');
    const snapshot = bridge.snapshot();
    const watching = bridge.observe('retrying', () => {
      watching.dispose();
      bridge.restore(snapshot);
    });
    expect(await bridge.drain()).toMatchObject({ failed: 1, waiting: 0 });
    expect(bridge.history.events()).toHaveLength(1);
    const drained = clock.now();
    await clock.advance('1m');
    expect(Date.parse(bridge.history.events().at(-1)?.time ?? '')).toBe(Math.floor(drained / 60_000 + 1) * 60_000);
  });

  test('end when the bridge is closed, also those that it is restored with on the way', async () => {
    const { bridge, clock } = world();
    await putSchedule(bridge, 'r', 'rate(1 minute)');
    const snapshot = bridge.snapshot();
    bridge.on({ source: ['com.shop'] }, () => bridge.restore(snapshot));
    await bridge.publish({ source: 'com.shop', detailType: 'Order Placed', detail: {} });
    await bridge.close();
    expect(clock.pending).toBe(0);
  });

  test('of bridges on one clock run by it together', async () => {
    const clock = virtualClock('2026-01-01T00:00:00Z');
    const [a, b] = [world({ clock }).bridge, world({ clock }).bridge];
    const times = [await putSchedule(a, 'r', 'rate(1 hour)'), await putSchedule(b, 'r', 'rate(90 minutes)')];
    await clock.advance('3h');
    expect(times).toEqual([
      ['2026-01-01T01:00:00Z', '2026-01-01T02:00:00Z', '2026-01-01T03:00:00Z'],
      ['2026-01-01T01:30:00Z', '2026-01-01T03:00:00Z'],
    ]);
  });

  test('run on the system clock, moved by fake timers, also farther than a timer of the runtime can wait', async () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
    onTestFinished(() => void vi.useRealTimers());
    await using bridge = createBridge();
    const minutes = await putSchedule(bridge, 'minutes', 'rate(20 days)');
    const far = await putSchedule(bridge, 'far', 'cron(0 0 1 MAR ? *)');
    await vi.advanceTimersByTimeAsync(60 * 86_400_000);
    await bridge.idle();
    expect(minutes).toEqual(['2026-01-21T00:00:00Z', '2026-02-10T00:00:00Z', '2026-03-02T00:00:00Z']);
    expect(far).toEqual(['2026-03-01T00:00:00Z']);
  });

  test('make up once for what a clock has slept over, with the time it was due', async () => {
    let now = Date.UTC(2026, 0, 1);
    let wake = () => {};
    const due: number[] = [];
    const clock = {
      now: () => now,
      schedule: (time: number, callback: () => void) => {
        due.push(time - Date.UTC(2026, 0, 1));
        wake = callback;
        return () => {};
      },
    };
    const bridge = createBridge({ clock });
    await bridge.putRule({ Name: 'r', ScheduleExpression: 'rate(1 minute)' });
    now += 7 * 60_000 + 1234;
    wake();
    now += 58_766;
    wake();
    expect(due).toEqual([60_000, 8 * 60_000, 9 * 60_000]);
    expect(bridge.history.events().map(({ time }) => time)).toEqual(['2026-01-01T00:01:00Z', '2026-01-01T00:08:00Z']);
  });

  test('go on after a source of ids that fails, and the failure is told', async () => {
    let calls = 0;
    const ids = () => (++calls === 1 ? '' : `id-${calls}`);
    const { bridge, clock } = world({ ids });
    const times = await putSchedule(bridge, 'r', 'rate(1 minute)');
    await clock.advance('2m');
    await expect(bridge.idle()).rejects.toThrow('ids() must answer a text that is not empty');
    expect(times).toEqual(['2026-01-01T00:02:00Z']);
  });
});
