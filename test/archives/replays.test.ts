import { describe, expect, test } from 'vitest';
import type { Bridge } from '../../src/index.js';
import { archiveArn, archived, busArn, everything, home, publishNumbers, start } from './archive-world.js';

const again = { ReplayName: 'again' };
const replayArn = `${home}:replay/again`;

const minuteOf = (time: Date) => new Date(Math.floor(time.getTime() / 60_000) * 60_000);

/** Takes the rule of the archive of a bus away, which keeps the bus from being deleted. */
async function forceOut(bridge: Bridge, name: string): Promise<void> {
  const rule = `Events-Archive-${name}`;
  await bridge.removeTargets({ Rule: rule, EventBusName: name, Ids: [rule], Force: true });
  await bridge.deleteRule({ Name: rule, EventBusName: name, Force: true });
}

describe('A replay', () => {
  test('starts, runs and completes without any time passing', async () => {
    const { bridge, clock } = await archived();
    await using _ = bridge;
    await publishNumbers(bridge, [1, 2]);
    await clock.advance('1500ms');
    const started = new Date(start.getTime() + 1000);
    expect(await bridge.startReplay({ ...everything, Description: 'd' })).toEqual({
      ReplayArn: replayArn,
      State: 'STARTING',
      ReplayStartTime: started,
    });
    const listed = {
      ReplayName: 'again',
      EventSourceArn: archiveArn,
      EventStartTime: everything.EventStartTime,
      EventEndTime: everything.EventEndTime,
      ReplayStartTime: started,
    };
    const described = { ...listed, ReplayArn: replayArn, Description: 'd', Destination: { Arn: busArn } };
    expect(await bridge.describeReplay(again)).toEqual({ ...described, State: 'STARTING' });
    const states: string[] = [];
    bridge.on({ source: ['com.shop'] }, async () => states.push((await bridge.describeReplay(again)).State));
    await bridge.idle();
    expect(states).toEqual(['RUNNING', 'RUNNING']);
    const end = { State: 'COMPLETED', ReplayEndTime: started, EventLastReplayedTime: minuteOf(start) };
    expect(await bridge.describeReplay(again)).toEqual({ ...described, ...end });
    expect(await bridge.listReplays()).toEqual({ Replays: [{ ...listed, ...end }] });
  });

  test.each<[string, (world: Awaited<ReturnType<typeof archived>>) => Promise<unknown>]>([
    ['idle', ({ bridge }) => bridge.idle()],
    ['drain', ({ bridge }) => bridge.drain()],
    ['close', ({ bridge }) => bridge.close()],
    ['a move of the clock', ({ clock }) => clock.advance('1d')],
  ])('is waited for by %s', async (_, wait) => {
    const world = await archived();
    await using bridge = world.bridge;
    await publishNumbers(
      bridge,
      Array.from({ length: 250 }, (_, n) => n),
    );
    const times: number[] = [];
    bridge.on({ 'replay-name': ['again'] }, () => times.push(world.clock.now()));
    await bridge.startReplay(everything);
    await wait(world);
    expect(times).toEqual(Array.from({ length: 250 }, () => start.getTime()));
  });

  test('of nothing completes, and tells of no last event', async () => {
    const { bridge } = await archived();
    await using _ = bridge;
    await bridge.startReplay(everything);
    await bridge.idle();
    const replay = await bridge.describeReplay(again);
    expect(replay).toMatchObject({ State: 'COMPLETED', ReplayEndTime: start });
    expect(replay).not.toHaveProperty('EventLastReplayedTime');
  });

  test('has a half-open window on the times in the events', async () => {
    const { bridge } = await archived();
    await using _ = bridge;
    const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000);
    for (const n of [9, 10, 11, 19, 20, 21]) await publishNumbers(bridge, [n], at(n + 0.5));
    const seen: number[] = [];
    bridge.on({ 'replay-name': [{ exists: true }] }, ({ detail }) => seen.push(detail.n));
    await bridge.startReplay({ ...everything, EventStartTime: at(10), EventEndTime: at(20) });
    await bridge.idle();
    expect(seen.splice(0)).toEqual([10, 11, 19]);
    const window = { ReplayName: 'fractions', EventStartTime: at(10.9), EventEndTime: at(20.1) };
    await bridge.startReplay({ ...everything, ...window });
    await bridge.idle();
    expect(seen).toEqual([10, 11, 19, 20]);
    expect(await bridge.describeReplay({ ReplayName: 'fractions' })).toMatchObject({
      EventStartTime: at(10),
      EventEndTime: at(21),
      EventLastReplayedTime: at(0),
    });
  });

  test('goes by the minutes of the times in the events', async () => {
    const { bridge } = await archived();
    await using _ = bridge;
    const minutes = [3, 1, 2, 1, 3, 2];
    for (const [n, minute] of minutes.entries()) {
      await publishNumbers(bridge, [n], new Date(Date.UTC(2026, 0, 1, 0, minute, 59 - n)));
    }
    const seen: number[] = [];
    bridge.on({ 'replay-name': [{ exists: true }] }, ({ detail }) => seen.push(detail.n));
    await bridge.startReplay(everything);
    await bridge.idle();
    expect(seen).toEqual([1, 3, 2, 5, 0, 4]);
  });

  test('brings events with new ids and its name, which are not archived again', async () => {
    const { bridge } = await archived();
    await using _ = bridge;
    await publishNumbers(bridge, [1]);
    await bridge.startReplay(everything);
    await bridge.idle();
    const [first, second] = bridge.history.events();
    expect(second).toEqual({ ...first, id: second?.id, 'replay-name': 'again' });
    expect(second?.id).not.toBe(first?.id);
    expect(Object.keys(second ?? {})).toEqual([
      ...['version', 'id', 'detail-type', 'source', 'account', 'time', 'region', 'replay-name', 'resources', 'detail'],
    ]);
    expect(bridge.history.records('accepted').map(({ origin }) => origin)).toEqual(['put-events', 'replay']);
    expect(await bridge.describeArchive({ ArchiveName: 'all' })).toMatchObject({ EventCount: 1 });
  });

  test('is for the chosen rules only, and no subscription', async () => {
    const { bridge } = await archived({ onUnmatchedEvent: 'error' });
    await using _ = bridge;
    for (const [name, source] of Object.entries({ a: 'com.shop', b: 'com.shop', c: 'other' })) {
      await bridge.putRule({ Name: name, EventPattern: JSON.stringify({ source: [source] }) });
      await bridge.putTargets({
        Rule: name,
        Targets: [{ Id: '1', Arn: `arn:aws:sqs:us-east-1:123456789012:${name}` }],
      });
    }
    await publishNumbers(bridge, [1]);
    await bridge.idle();
    for (const name of ['a', 'b']) expect(bridge.queue(name).purge()).toBe(1);
    bridge.on({ source: ['com.shop'] }, () => expect.unreachable());
    const Destination = { Arn: busArn, FilterArns: [`${home}:rule/a`, `${home}:rule/c`, `${home}:rule/none`] };
    await bridge.startReplay({ ...everything, Destination });
    await bridge.idle();
    expect(['a', 'b', 'c'].map((name) => bridge.queue(name).messages.length)).toEqual([1, 0, 0]);
    expect(await bridge.describeReplay(again)).toMatchObject({ Destination });
    const chosen = { Arn: busArn, FilterArns: [`${home}:rule/c`] };
    await bridge.startReplay({ ...everything, ReplayName: 'nobody', Destination: chosen });
    expect(await bridge.idle()).toMatchObject({ failed: 0 });
  });

  test('fails when its archive is deleted meanwhile', async () => {
    const { bridge } = await archived();
    await using _ = bridge;
    await publishNumbers(
      bridge,
      Array.from({ length: 300 }, (_, n) => n),
    );
    let count = 0;
    bridge.on({ 'replay-name': ['again'] }, () => {
      if (++count === 150) return bridge.deleteArchive({ ArchiveName: 'all' });
      return undefined;
    });
    await bridge.startReplay(everything);
    await bridge.idle();
    expect(count).toBe(200);
    expect(await bridge.describeReplay(again)).toMatchObject({
      State: 'FAILED',
      StateReason: 'Archive resource not found.',
      ReplayEndTime: start,
    });
  });

  test('replays what was archived when it was started', async () => {
    const { bridge } = await archived();
    await using _ = bridge;
    await publishNumbers(bridge, [1, 2]);
    const seen: number[] = [];
    bridge.on({ 'replay-name': ['again'] }, ({ detail }) => seen.push(detail.n));
    await bridge.startReplay(everything);
    await publishNumbers(bridge, [1000]);
    await bridge.idle();
    expect(seen).toEqual([1, 2]);
    expect(await bridge.describeReplay(again)).toMatchObject({ State: 'COMPLETED' });
  });

  test('is STARTING as long as the bridge delays it, which is waited for as for a retry', async () => {
    const { bridge, clock } = await archived({ limits: { replayDelay: '60s' } });
    await using _ = bridge;
    await publishNumbers(bridge, [1]);
    await bridge.startReplay(everything);
    const due = new Date(start.getTime() + 60_000);
    expect(await bridge.idle()).toMatchObject({ waiting: 1, nextAt: due });
    await clock.advance(59_999);
    expect(await bridge.describeReplay(again)).toMatchObject({ State: 'STARTING' });
    expect(bridge.history.events()).toHaveLength(1);
    await clock.advance(1);
    expect(await bridge.idle()).toMatchObject({ waiting: 0, nextAt: undefined });
    expect(await bridge.describeReplay(again)).toMatchObject({ State: 'COMPLETED', ReplayEndTime: due });
    expect(bridge.history.events()).toHaveLength(2);
  });

  test('that is delayed is carried out by drain, and by a snapshot at its time', async () => {
    const { bridge } = await archived({ limits: { replayDelay: 60_000 } });
    await using _ = bridge;
    await publishNumbers(bridge, [1]);
    await bridge.startReplay(everything);
    const other = await archived();
    await using _other = other.bridge;
    other.bridge.restore(bridge.snapshot());
    await bridge.drain();
    expect(await bridge.describeReplay(again)).toMatchObject({ State: 'COMPLETED' });
    expect(await other.bridge.idle()).toMatchObject({ waiting: 1 });
    await other.clock.advance('60s');
    expect(await other.bridge.describeReplay(again)).toMatchObject({ State: 'COMPLETED' });
  });

  test('that is delayed is CANCELLING until it would begin, and ends with reset', async () => {
    const { bridge, clock } = await archived({ limits: { replayDelay: '60s' } });
    await using _ = bridge;
    await publishNumbers(bridge, [1]);
    await bridge.startReplay(everything);
    expect(await bridge.cancelReplay(again)).toMatchObject({ State: 'CANCELLING' });
    await clock.advance('59s');
    expect(await bridge.describeReplay(again)).toMatchObject({ State: 'CANCELLING' });
    await clock.advance('1s');
    const cancelled = await bridge.describeReplay(again);
    expect(cancelled).toMatchObject({ State: 'CANCELLED' });
    expect(cancelled).not.toHaveProperty('EventLastReplayedTime');
    await bridge.startReplay({ ...everything, ReplayName: 'more' });
    bridge.reset();
    expect(await bridge.idle()).toMatchObject({ waiting: 0 });
    await clock.advance('60s');
    expect(bridge.history.events()).toEqual([]);
  });

  test('fails when its bus is deleted meanwhile', async () => {
    const { bridge } = await archived({ buses: ['orders'], onUnknownBus: 'error' });
    await using _ = bridge;
    const Arn = `${home}:event-bus/orders`;
    await bridge.createArchive({ ArchiveName: 'orders', EventSourceArn: Arn });
    await publishNumbers(bridge.bus('orders'), [1]);
    await bridge.startReplay({ ...everything, EventSourceArn: `${home}:archive/orders`, Destination: { Arn } });
    await forceOut(bridge, 'orders');
    await bridge.deleteEventBus({ Name: 'orders' });
    await bridge.idle();
    expect(await bridge.describeReplay(again)).toMatchObject({
      State: 'FAILED',
      StateReason: 'The event bus was deleted.',
      ReplayEndTime: start,
    });
    expect(bridge.history.dropped()).toEqual([]);
  });

  test('loses no event to a bus that is deleted in the middle of it', async () => {
    const { bridge } = await archived({ buses: ['orders'] });
    await using _ = bridge;
    const bus = `${home}:event-bus/orders`;
    await bridge.createArchive({ ArchiveName: 'orders', EventSourceArn: bus });
    await publishNumbers(bridge.bus('orders'), [1, 2, 3]);
    bridge.resetHistory();
    await forceOut(bridge, 'orders');
    bridge.observe('accepted', () => void bridge.deleteEventBus({ Name: 'orders' }));
    await bridge.startReplay({ ...everything, EventSourceArn: `${home}:archive/orders`, Destination: { Arn: bus } });
    await bridge.idle();
    expect(await bridge.describeReplay(again)).toMatchObject({ State: 'FAILED' });
    expect(bridge.history.records('accepted')).toHaveLength(1);
    expect(bridge.history.dropped()).toEqual([]);
  });

  test('tells the minute of the last event that was replayed, as each is and when it is cancelled', async () => {
    const { bridge } = await archived();
    await using _ = bridge;
    const times = [1, 2, 3, 4].map((minutes) => new Date(start.getTime() + minutes * 60_000));
    for (const time of times) await publishNumbers(bridge, [0], time);
    const told: (Date | undefined)[] = [];
    let heard = 0;
    bridge.observe('accepted', async () => {
      if (++heard === 2) void bridge.cancelReplay(again);
      told.push((await bridge.describeReplay(again)).EventLastReplayedTime);
    });
    await bridge.startReplay(everything);
    await bridge.idle();
    expect(told).toEqual(times.slice(0, 2).map(minuteOf));
    expect(await bridge.describeReplay(again)).toMatchObject({
      State: 'CANCELLED',
      EventLastReplayedTime: minuteOf(times[1] as Date),
    });
  });

  test('ends with reset, and brings nothing more', async () => {
    const { bridge } = await archived();
    await using _ = bridge;
    await publishNumbers(bridge, [1]);
    await bridge.startReplay(everything);
    bridge.reset();
    await bridge.idle();
    expect(bridge.history.events()).toEqual([]);
    expect(await bridge.listReplays()).toEqual({ Replays: [] });
  });
});
