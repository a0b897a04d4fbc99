import {
  CancelReplayCommand,
  CreateArchiveCommand,
  DescribeArchiveCommand,
  DescribeReplayCommand,
  EventBridgeClient,
  IllegalStatusException,
  ListArchivesCommand,
  ListReplaysCommand,
  PutEventsCommand,
  ResourceAlreadyExistsException,
  StartReplayCommand,
} from '@aws-sdk/client-eventbridge';
import { beforeAll, describe, expect, test } from 'vitest';
import { clientConfig } from '../../src/aws-sdk.js';
import { createBridge, virtualClock } from '../../src/index.js';
import { forbidNetwork } from '../aws-sdk/no-network.js';
import { all, archiveArn, busArn, everything, home, start } from './archive-world.js';

const entry = { Source: 'com.shop', DetailType: 'Order Placed', Detail: '{}' };

describe('A real client of the AWS SDK', () => {
  beforeAll(forbidNetwork);

  test('archives and replays', async () => {
    await using bridge = createBridge({ clock: virtualClock(start) });
    const client = new EventBridgeClient(clientConfig(bridge));
    const created = await client.send(new CreateArchiveCommand({ ...all, RetentionDays: 1 }));
    expect(created).toMatchObject({ ArchiveArn: archiveArn, State: 'ENABLED', CreationTime: start });
    await expect(client.send(new CreateArchiveCommand(all))).rejects.toThrow(ResourceAlreadyExistsException);
    await client.send(new PutEventsCommand({ Entries: [entry] }));
    expect(await client.send(new DescribeArchiveCommand({ ArchiveName: 'all' }))).toMatchObject({
      EventSourceArn: busArn,
      EventCount: 1,
      RetentionDays: 1,
    });
    expect((await client.send(new ListArchivesCommand({}))).Archives).toHaveLength(1);

    expect(await client.send(new StartReplayCommand(everything))).toMatchObject({
      ReplayArn: `${home}:replay/again`,
      State: 'STARTING',
      ReplayStartTime: start,
    });
    const describeReplay = () => client.send(new DescribeReplayCommand({ ReplayName: 'again' }));
    expect(await describeReplay()).toMatchObject({ State: 'STARTING', Destination: { Arn: busArn } });
    await bridge.idle();
    expect(await describeReplay()).toMatchObject({
      State: 'COMPLETED',
      EventLastReplayedTime: new Date('2026-01-02T03:04:00Z'),
    });
    expect(bridge.history.events()[1]).toMatchObject({ 'replay-name': 'again' });
  });

  test('cancels a replay that it has just started', async () => {
    await using bridge = createBridge();
    const client = new EventBridgeClient(clientConfig(bridge));
    await client.send(new CreateArchiveCommand(all));
    await client.send(new PutEventsCommand({ Entries: [entry] }));
    await client.send(new StartReplayCommand(everything));
    const { Replays } = await client.send(new ListReplaysCommand({ State: 'STARTING' }));
    expect(Replays).toHaveLength(1);
    const cancel = new CancelReplayCommand({ ReplayName: 'again' });
    expect(await client.send(cancel)).toMatchObject({ ReplayArn: `${home}:replay/again`, State: 'CANCELLING' });
    expect(await client.send(new DescribeReplayCommand({ ReplayName: 'again' }))).toMatchObject({
      State: 'CANCELLING',
    });
    await expect(client.send(cancel)).rejects.toThrow(IllegalStatusException);
    await bridge.idle();
    expect(bridge.history.events()).toHaveLength(1);
  });
});
