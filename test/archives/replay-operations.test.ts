import { describe, expect, test } from 'vitest';
import { all, archived, busArn, everything, home, publishNumbers, start } from './archive-world.js';

const again = { ReplayName: 'again' };
const invalid = (message: string) => ({ name: 'ValidationException', message });

describe('CancelReplay', () => {
  test('is CANCELLING, then CANCELLED', async () => {
    const { bridge } = await archived();
    await using _ = bridge;
    await publishNumbers(bridge, [1]);
    await bridge.startReplay(everything);
    expect(await bridge.cancelReplay(again)).toEqual({ ReplayArn: `${home}:replay/again`, State: 'CANCELLING' });
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

  test('has a window that ends with the year 9999 at the latest, as a snapshot of it does', async () => {
    const { bridge } = await archived();
    await using _ = bridge;
    await bridge.startReplay({ ...everything, EventEndTime: '9999-12-31T23:59:59.5Z' });
    bridge.restore(bridge.snapshot());
    expect(await bridge.describeReplay(again)).toMatchObject({ EventEndTime: new Date('9999-12-31T23:59:59Z') });
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
