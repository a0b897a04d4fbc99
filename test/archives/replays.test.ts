import { describe, expect, test } from 'vitest';
import { all, archiveArn, archived, busArn, everything, home, publishNumbers, start } from './archive-world.js';

const again = { ReplayName: 'again' };
const replayArn = `${home}:replay/again`;
const invalid = (message: string) => ({ name: 'ValidationException', message });

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
    const end = { State: 'COMPLETED', ReplayEndTime: started, EventLastReplayedTime: start };
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
      EventLastReplayedTime: at(20),
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

  test('replays what was archived when it was started', async () => {
    const { bridge } = await archived();
    await using _ = bridge;
    await publishNumbers(
      bridge,
      Array.from({ length: 300 }, (_, n) => n),
    );
    const seen: number[] = [];
    bridge.on({ 'replay-name': ['again'] }, ({ detail }) => {
      if (seen.push(detail.n) === 150) return bridge.deleteArchive({ ArchiveName: 'all' });
      return undefined;
    });
    await bridge.startReplay(everything);
    await publishNumbers(bridge, [1000]);
    await bridge.idle();
    expect(seen).toEqual(Array.from({ length: 300 }, (_, n) => n));
    expect(await bridge.describeReplay(again)).toMatchObject({ State: 'COMPLETED' });
  });

  test('fails when its bus is deleted meanwhile', async () => {
    const { bridge } = await archived({ buses: ['orders'], onUnknownBus: 'error' });
    await using _ = bridge;
    const Arn = `${home}:event-bus/orders`;
    await bridge.createArchive({ ArchiveName: 'orders', EventSourceArn: Arn });
    await publishNumbers(bridge.bus('orders'), [1]);
    await bridge.startReplay({ ...everything, EventSourceArn: `${home}:archive/orders`, Destination: { Arn } });
    await bridge.deleteEventBus({ Name: 'orders' });
    await bridge.idle();
    expect(await bridge.describeReplay(again)).toMatchObject({
      State: 'FAILED',
      StateReason: 'The event bus was deleted.',
      ReplayEndTime: start,
    });
    expect(bridge.history.dropped()).toEqual([]);
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

describe('CancelReplay', () => {
  test('is CANCELLING, then CANCELLED', async () => {
    const { bridge } = await archived();
    await using _ = bridge;
    await publishNumbers(bridge, [1]);
    await bridge.startReplay(everything);
    expect(await bridge.cancelReplay(again)).toEqual({ ReplayArn: replayArn, State: 'CANCELLING' });
    const replay = await bridge.describeReplay(again);
    expect(replay).toMatchObject({ State: 'CANCELLING' });
    expect(replay).not.toHaveProperty('ReplayEndTime');
    await bridge.idle();
    expect(await bridge.describeReplay(again)).toMatchObject({ State: 'CANCELLED', ReplayEndTime: start });
    expect(bridge.history.events()).toHaveLength(1);
  });

  test('ends a replay that runs, after the event that it comes with', async () => {
    const { bridge } = await archived();
    await using _ = bridge;
    await publishNumbers(
      bridge,
      Array.from({ length: 300 }, (_, n) => n),
    );
    let seen = 0;
    bridge.observe('accepted', () => {
      if (++seen === 150) void bridge.cancelReplay(again);
    });
    await bridge.startReplay(everything);
    await bridge.idle();
    expect(seen).toBe(150);
    expect(await bridge.describeReplay(again)).toMatchObject({ State: 'CANCELLED' });
  });

  test('is refused for a replay that is over, or that there is not', async () => {
    const { bridge } = await archived();
    await using _ = bridge;
    await expect(bridge.cancelReplay(again)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Replay again does not exist.',
    });
    await bridge.startReplay(everything);
    await bridge.cancelReplay(again);
    const refused = {
      name: 'IllegalStatusException',
      message: 'Replay again is not in a valid state for this operation.',
    };
    await expect(bridge.cancelReplay(again)).rejects.toMatchObject(refused);
    await bridge.idle();
    await expect(bridge.cancelReplay(again)).rejects.toMatchObject(refused);
  });
});

describe('StartReplay', () => {
  test.each<[object, object]>([
    [
      { EventSourceArn: `${home}:archive/none` },
      invalid('Parameter EventSourceArn is not valid. Reason: Archive none does not exist.'),
    ],
    [
      { EventSourceArn: 'arn:aws:events:eu-west-1:123456789012:archive/all' },
      invalid('Parameter EventSourceArn is not valid. Reason: Archive all does not exist.'),
    ],
    [
      { Destination: { Arn: `${home}:event-bus/none` } },
      { name: 'ResourceNotFoundException', message: 'Event bus none does not exist.' },
    ],
    [
      { Destination: { Arn: `${home}:event-bus/orders` } },
      invalid('Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.'),
    ],
    [
      { Destination: { Arn: `${home}:event-bus/orders` }, EventEndTime: everything.EventStartTime },
      invalid('Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.'),
    ],
    [
      { EventEndTime: new Date(0) },
      invalid('Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.'),
    ],
    [
      { Destination: { Arn: `${home}:rule/a` } },
      invalid('Parameter Destination.Arn is not valid. Reason: Must contain an event bus ARN.'),
    ],
    [
      { Destination: { Arn: busArn, FilterArns: [`${home}:rule/orders/a`] } },
      invalid(
        `Parameter Destination.FilterArns is not valid. Reason: ${home}:rule/orders/a is not the ARN of a rule on default.`,
      ),
    ],
    [{ ReplayName: 'again' }, { name: 'ResourceAlreadyExistsException', message: 'Replay again already exists.' }],
  ])('is refused in the words of the service: %j', async (input, refusal) => {
    const { bridge } = await archived({ buses: ['orders'] });
    await using _ = bridge;
    await bridge.startReplay(everything);
    await bridge.idle();
    await expect(bridge.startReplay({ ...everything, ReplayName: 'b', ...input })).rejects.toMatchObject(refusal);
    expect((await bridge.listReplays()).Replays).toHaveLength(1);
  });

  test('lets ten be active', async () => {
    const { bridge } = await archived();
    await using _ = bridge;
    const start = (n: number) => bridge.startReplay({ ...everything, ReplayName: `r${n}` });
    for (let n = 1; n <= 10; n++) await start(n);
    await expect(start(11)).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'The requested resource exceeds the maximum number allowed.',
    });
    await bridge.cancelReplay({ ReplayName: 'r1' });
    await start(11);
    await bridge.idle();
    await start(12);
  });

  test('takes a name for 90 days', async () => {
    const { bridge, clock } = await archived();
    await using _ = bridge;
    await bridge.startReplay(everything);
    await clock.advance(90 * 86_400_000 - 1000);
    await expect(bridge.startReplay(everything)).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
    await clock.advance(1000);
    expect(await bridge.listReplays()).toEqual({ Replays: [] });
    await bridge.startReplay(everything);
    expect(await bridge.describeReplay(again)).toMatchObject({ State: 'STARTING' });
  });
});

describe('ListReplays', () => {
  test('takes one filter, and answers by name, page by page', async () => {
    const { bridge } = await archived();
    await using _ = bridge;
    await bridge.createArchive({ ...all, ArchiveName: 'b' });
    await bridge.startReplay({ ...everything, ReplayName: 'x1', EventSourceArn: `${home}:archive/b` });
    await bridge.startReplay({ ...everything, ReplayName: 'x2' });
    await bridge.cancelReplay({ ReplayName: 'x2' });
    await bridge.startReplay({ ...everything, ReplayName: 'a' });
    const names = async (input: Parameters<typeof bridge.listReplays>[0]) =>
      (await bridge.listReplays(input)).Replays.map(({ ReplayName }) => ReplayName);
    expect(await names({})).toEqual(['a', 'x1', 'x2']);
    expect(await names({ NamePrefix: 'x' })).toEqual(['x1', 'x2']);
    expect(await names({ State: 'STARTING' })).toEqual(['a', 'x1']);
    expect(await names({ EventSourceArn: `${home}:archive/b` })).toEqual(['x1']);
    const page = await bridge.listReplays({ Limit: 2, NamePrefix: '' } as never).catch((error) => error.name);
    expect(page).toBe('ValidationException');
    const { NextToken } = await bridge.listReplays({ Limit: 2 });
    expect(await names({ NextToken })).toEqual(['x2']);
    await expect(bridge.listReplays({ State: 'FAILED', NamePrefix: 'a' })).rejects.toMatchObject(
      invalid('At most one filter is allowed for ListReplays. Use either : State, EventSourceArn, or NamePrefix.'),
    );
  });
});
