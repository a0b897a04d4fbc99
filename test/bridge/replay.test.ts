import { describe, expect, test } from 'vitest';
import { createBridge, sequentialIds, virtualClock } from '../../src/index.js';

const recorded = {
  version: '0',
  id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
  'detail-type': 'Order Placed',
  source: 'com.shop',
  account: '111122223333',
  time: '2025-05-01T10:01:00Z',
  region: 'eu-west-1',
  resources: ['arn:aws:s3:::orders'],
  detail: { total: 120 },
};

describe('Replaying recorded events', () => {
  test('lets them in with a new id and the name of the replay, and archives none', async () => {
    await using bridge = createBridge({ clock: virtualClock(), ids: sequentialIds() });
    await bridge.createArchive({
      ArchiveName: 'all',
      EventSourceArn: 'arn:aws:events:us-east-1:123456789012:event-bus/default',
    });
    const ids = await bridge.replay([recorded, { source: 'aws.s3', 'detail-type': 'Object Created' }]);
    const [first, second] = bridge.history.events();
    expect(ids).toEqual([first?.id, second?.id]);
    expect(first).toEqual({ ...recorded, id: ids[0], 'replay-name': 'replay' });
    expect(Object.keys(first ?? {}).indexOf('replay-name')).toBe(7);
    expect(second).toMatchObject({ account: '123456789012', time: '2026-01-01T00:00:00Z', detail: {} });
    expect(bridge.history.records('accepted').map(({ origin }) => origin)).toEqual(['replay', 'replay']);
    expect(await bridge.describeArchive({ ArchiveName: 'all' })).toMatchObject({ EventCount: 0 });
  });

  test('goes by the minutes of their times, and answers in the order given', async () => {
    await using bridge = createBridge();
    const times = ['10:02:00', '10:01:30', '10:01:10', '10:00:59'];
    const ids = await bridge.replay(
      times.map((time, n) => ({ ...recorded, time: `2025-05-01T${time}Z`, detail: { n } })),
      { name: 'may.1' },
    );
    const entered = bridge.history.events();
    expect(entered.map(({ detail }) => detail.n)).toEqual([3, 1, 2, 0]);
    expect(entered.map(({ id }) => id)).toEqual([3, 1, 2, 0].map((n) => ids[n]));
    expect(entered.every((event) => event['replay-name'] === 'may.1')).toBe(true);
  });

  test('reaches the bus that is named, and lets others have their turn meanwhile', async () => {
    await using bridge = createBridge({ buses: ['orders'] });
    let seen = 0;
    let seenInBetween = -1;
    bridge.bus('orders').on({ source: ['com.shop'] }, () => seen++);
    setImmediate(() => {
      seenInBetween = seen;
    });
    await bridge.replay(
      Array.from({ length: 1000 }, () => recorded),
      { bus: 'orders' },
    );
    expect(seenInBetween).toBeGreaterThan(-1);
    expect(seenInBetween).toBeLessThan(1000);
    expect(await bridge.idle()).toMatchObject({ delivered: 1000 });
  });

  test.each<[unknown, object | undefined, object]>([
    [
      [recorded, { ...recorded, source: 1 }],
      undefined,
      { message: 'Event 1 is not valid: source must be a string, but is a number.' },
    ],
    [[recorded, null], undefined, { message: 'Event 1 is not valid: it must be an object, but is null.' }],
    [recorded, undefined, { message: 'replay takes a list of events, but was given an object.' }],
    [
      [recorded],
      { name: 'no spaces' },
      {
        message:
          'replay: name must be a name of 1 to 64 letters, digits, dots, dashes and underscores, but is "no spaces".',
      },
    ],
    [[recorded], { bus: 'none' }, { name: 'ResourceNotFoundException', message: 'Event bus none does not exist.' }],
  ])('lets nothing in of what it refuses: %j %j', async (events, options, refusal) => {
    await using bridge = createBridge();
    const replay = bridge.replay(events as never, options);
    await expect(replay).rejects.toMatchObject({ name: 'ValidationException', ...refusal });
    expect(bridge.history.events()).toEqual([]);
  });

  test('is refused by strictness at the event that it objects to', async () => {
    await using bridge = createBridge({ onUnmatchedEvent: 'error' });
    bridge.on({ source: ['com.shop'] }, () => {});
    await expect(bridge.replay([recorded, { ...recorded, source: 'other' }, recorded])).rejects.toMatchObject({
      name: 'UnmatchedEventException',
    });
    expect(bridge.history.events()).toHaveLength(1);
  });
});
