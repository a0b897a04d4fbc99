import { describe, expect, test } from 'vitest';
import { all, archived, everything, publishNumbers } from './archive-world.js';

const size = async ({ bridge }: Awaited<ReturnType<typeof archived>>) => {
  const { EventCount, SizeBytes } = await bridge.describeArchive({ ArchiveName: 'all' });
  return [EventCount, SizeBytes];
};

describe('An archived event', () => {
  test('is counted at once, with the size that was recorded', async () => {
    const world = await archived();
    await using bridge = world.bridge;
    const Detail = `{"command": "update-account", "payload": {"acc_id": "0a787ecb-4015", "sf_id": "baz"}}`;
    expect(Detail).toHaveLength(85);
    const entry = { Source: 'core.update-account-command', DetailType: 'core.update-account-command', Detail };
    await bridge.putEvents({ Entries: Array.from({ length: 10 }, () => entry) });
    expect(await size(world)).toEqual([10, 1590]);
    await bridge.putEvents({ Entries: [{ Source: 'é', DetailType: 'a', Detail: '{}', Resources: ['abc'] }] });
    expect(await size(world)).toEqual([11, 1590 + 2 + 1 + 2 + 3 + 26]);
  });

  test('is one that matches, of its own bus, that was accepted', async () => {
    const world = await archived({ buses: ['orders'], onUnmatchedEvent: 'error' });
    await using bridge = world.bridge;
    await bridge.updateArchive({ ArchiveName: 'all', EventPattern: '{"detail":{"n":[{"numeric":[">",1]}]}}' });
    bridge.on({ source: ['com.shop'] }, () => {});
    await publishNumbers(bridge, [1, 2]);
    const order = { source: 'com.shop', detailType: 'Order Placed', detail: { n: 3 } };
    await expect(bridge.bus('orders').publish(order)).rejects.toMatchObject({ name: 'UnmatchedEventException' });
    await bridge.putEvents({ Entries: [{ Source: 'aws.s3', DetailType: 'a', Detail: '{"n":4}' }] });
    expect((await size(world))[0]).toBe(1);
  });

  test('is no delivery of anybody, and a match of the rule', async () => {
    const { bridge } = await archived();
    await using _ = bridge;
    await publishNumbers(bridge, [1]);
    expect(await bridge.idle()).toMatchObject({ delivered: 0, failed: 0, waiting: 0 });
    expect(bridge.history.records('matched')).toMatchObject([{ rules: ['Events-Archive-all'], subscriptions: [] }]);
    expect(bridge.history.deliveries()).toEqual([]);
    expect(await bridge.dryRun({ source: 'a', 'detail-type': 'b' })).toEqual([]);
  });

  test('leaves when its retention is over, counted from when the bus took it in', async () => {
    const world = await archived();
    await using bridge = world.bridge;
    const { clock } = world;
    await bridge.updateArchive({ ArchiveName: 'all', RetentionDays: 2 });
    await publishNumbers(bridge, [1], new Date('2020-01-01T00:00:00Z'));
    await clock.advance('1d');
    await publishNumbers(bridge, [2, 3], new Date('2029-01-01T00:00:00Z'));
    await clock.advance(86_400_000 - 1);
    expect((await size(world))[0]).toBe(3);
    await clock.advance(1);
    const [count, bytes] = await size(world);
    expect(count).toBe(2);
    expect(bytes).toBe(2 * (8 + 12 + 7 + 26));
    await clock.advance('1d');
    expect(await size(world)).toEqual([0, 0]);
  });

  test('follows a retention that is changed', async () => {
    const world = await archived();
    await using bridge = world.bridge;
    await publishNumbers(bridge, [1]);
    await world.clock.advance('5d');
    await publishNumbers(bridge, [2]);
    await bridge.updateArchive({ ArchiveName: 'all', RetentionDays: 9 });
    expect((await size(world))[0]).toBe(2);
    await bridge.updateArchive({ ArchiveName: 'all', RetentionDays: 5 });
    expect((await size(world))[0]).toBe(1);
    await bridge.updateArchive({ ArchiveName: 'all', RetentionDays: 0 });
    await world.clock.advance('10000d');
    expect((await size(world))[0]).toBe(1);
  });

  test('lies in each archive that it matches', async () => {
    const { bridge } = await archived();
    await using _ = bridge;
    await bridge.createArchive({ ...all, ArchiveName: 'b', EventPattern: '{"source":["com.shop"]}' });
    await publishNumbers(bridge, [1]);
    const { Archives } = await bridge.listArchives();
    expect(Archives.map(({ EventCount }) => EventCount)).toEqual([1, 1]);
  });

  test('is replayed with its detail as it was sent', async () => {
    const { bridge } = await archived();
    await using _ = bridge;
    const Detail = '{ "b" : 1.10, "2": 12345678901234567890, "1": "\\ud800" }';
    await bridge.putEvents({
      Entries: [{ Source: 'com.shop', DetailType: 'a', Detail, Resources: ['r'], Time: new Date('2026-01-01') }],
    });
    const sent = bridge.history.events()[0];
    await bridge.putRule({ Name: 'r', EventPattern: '{"source":["com.shop"]}' });
    await bridge.putTargets({ Rule: 'r', Targets: [{ Id: '1', Arn: 'arn:aws:sqs:us-east-1:123456789012:q' }] });
    await bridge.startReplay(everything);
    await bridge.idle();
    const [message] = bridge.queue('q').messages;
    expect(message?.body).toBe(
      `{"version":"0","id":"${bridge.history.events()[1]?.id}","detail-type":"a","source":"com.shop","account":"123456789012","time":"2026-01-01T00:00:00Z","region":"us-east-1","replay-name":"again","resources":["r"],"detail":{"b":1.10,"2":12345678901234567890,"1":"\\ud800"}}`,
    );
    expect(JSON.parse(message?.body ?? '').id).not.toBe(sent?.id);
  });
});
