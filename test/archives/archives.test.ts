import { describe, expect, test } from 'vitest';
import { createBridge } from '../../src/index.js';
import { all, archiveArn, archived, busArn, home, publishNumbers, start } from './archive-world.js';

const EventPattern = '{"source":["com.shop"]}';
const unknown = { name: 'ResourceNotFoundException', message: 'Archive all does not exist.' };
const changed = { ArchiveArn: archiveArn, CreationTime: start, State: 'ENABLED' };

describe('An archive', () => {
  test('is created, described and listed', async () => {
    const { bridge } = await archived();
    await using _ = bridge;
    const answer = await bridge.createArchive({
      ...all,
      ArchiveName: 'b',
      Description: 'd',
      EventPattern,
      RetentionDays: 7,
    });
    expect(answer).toEqual({ ...changed, ArchiveArn: `${home}:archive/b` });
    const listed = { EventSourceArn: busArn, State: 'ENABLED', SizeBytes: 0, EventCount: 0, CreationTime: start };
    const first = { ArchiveName: 'all', RetentionDays: 0, ...listed };
    const second = { ArchiveName: 'b', RetentionDays: 7, ...listed };
    expect(await bridge.describeArchive({ ArchiveName: 'all' })).toEqual({ ArchiveArn: archiveArn, ...first });
    expect(await bridge.describeArchive({ ArchiveName: 'b' })).toEqual({
      ArchiveArn: `${home}:archive/b`,
      Description: 'd',
      EventPattern,
      ...second,
    });
    expect(await bridge.listArchives()).toEqual({ Archives: [first, second] });
    const page = await bridge.listArchives({ Limit: 1 });
    expect(page).toEqual({ Archives: [first], NextToken: expect.any(String) });
    expect(await bridge.listArchives({ NextToken: page.NextToken })).toEqual({ Archives: [second] });
  });

  test('is updated, and what is left out stays', async () => {
    const { bridge, clock } = await archived();
    await using _ = bridge;
    await clock.advance('1h');
    expect(await bridge.updateArchive({ ArchiveName: 'all', EventPattern })).toEqual(changed);
    expect(await bridge.updateArchive({ ArchiveName: 'all', Description: 'd' })).toEqual(changed);
    expect(await bridge.updateArchive({ ArchiveName: 'all', RetentionDays: 3 })).toEqual(changed);
    expect(await bridge.describeArchive({ ArchiveName: 'all' })).toMatchObject({
      EventPattern,
      Description: 'd',
      RetentionDays: 3,
      CreationTime: start,
    });
  });

  test('is deleted with what it holds and its rule', async () => {
    const { bridge } = await archived();
    await using _ = bridge;
    await publishNumbers(bridge, [1]);
    expect(await bridge.deleteArchive({ ArchiveName: 'all' })).toEqual({});
    expect(await bridge.listRules()).toEqual({ Rules: [] });
    await expect(bridge.describeArchive({ ArchiveName: 'all' })).rejects.toMatchObject(unknown);
    await bridge.createArchive(all);
    expect(await bridge.describeArchive({ ArchiveName: 'all' })).toMatchObject({ EventCount: 0, SizeBytes: 0 });
  });

  test('is listed by one filter at most', async () => {
    const { bridge } = await archived({ buses: ['orders'] });
    await using _ = bridge;
    await bridge.createArchive({ ArchiveName: 'orders', EventSourceArn: `${home}:event-bus/orders` });
    const names = async (filter: Parameters<typeof bridge.listArchives>[0]) =>
      (await bridge.listArchives(filter)).Archives.map(({ ArchiveName }) => ArchiveName);
    expect(await names({ NamePrefix: 'o' })).toEqual(['orders']);
    expect(await names({ EventSourceArn: busArn })).toEqual(['all']);
    expect(await names({ State: 'ENABLED' })).toEqual(['all', 'orders']);
    expect(await names({ State: 'DISABLED' })).toEqual([]);
    await expect(bridge.listArchives({ EventSourceArn: `${home}:event-bus/none` })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Event bus none does not exist.',
    });
    await expect(bridge.listArchives({ State: 'ENABLED', NamePrefix: 'a' })).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'At most one filter is allowed for ListArchives. Use either : State, EventSourceArn, or NamePrefix.',
    });
  });

  test('is refused for what it must not be, in the words of the service', async () => {
    const { bridge } = await archived();
    await using _ = bridge;
    const create = (input: object) => bridge.createArchive({ ...all, ArchiveName: 'b', ...input });
    await expect(create({ ArchiveName: 'all' })).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: 'Archive all already exists.',
    });
    await expect(create({ EventSourceArn: `${home}:event-bus/none` })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Event bus none does not exist.',
    });
    await expect(create({ ArchiveName: 'a'.repeat(49) })).rejects.toMatchObject({
      name: 'ValidationException',
      message: `1 validation error detected: Value '${'a'.repeat(49)}' at 'archiveName' failed to satisfy constraint: Member must have length less than or equal to 48`,
    });
    await expect(create({ EventPattern: '{"source":"com.shop"}' })).rejects.toMatchObject({
      name: 'InvalidEventPatternException',
    });
    await expect(create({ EventPattern: `{"source":["${'a'.repeat(2048)}"]}` })).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Parameter EventPattern for rule Events-Archive-b exceeds limit of 2048.',
    });
    await expect(bridge.updateArchive({ ArchiveName: 'none' })).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'At least one of EventPattern, RetentionDays or Description must be provided.',
    });
    await bridge.deleteArchive({ ArchiveName: 'all' });
    for (const call of [bridge.describeArchive, bridge.deleteArchive]) {
      await expect(call({ ArchiveName: 'all' })).rejects.toMatchObject(unknown);
    }
    await expect(bridge.updateArchive({ ArchiveName: 'all', RetentionDays: 1 })).rejects.toMatchObject(unknown);
    await bridge.putRule({ Name: 'Events-Archive-all', EventPattern });
    await expect(bridge.createArchive(all)).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message:
        "A rule with the pattern 'Events-Archive-all' already exists. Please choose a different archive name or delete your rule, then, try again.",
    });
    expect(await bridge.listArchives()).toEqual({ Archives: [] });
  });

  test('stays when its bus is deleted, and takes nothing from another of the same name', async () => {
    await using bridge = createBridge({ buses: ['orders'] });
    await bridge.createArchive({ ArchiveName: 'all', EventSourceArn: `${home}:event-bus/orders` });
    await bridge.bus('orders').publish({ source: 'com.shop', detailType: 'a', detail: {} });
    await expect(bridge.deleteEventBus({ Name: 'orders' })).rejects.toThrow(
      "EventBus can't be deleted since it has rules.",
    );
    const rule = { EventBusName: 'orders', Force: true };
    await bridge.removeTargets({ ...rule, Rule: 'Events-Archive-all', Ids: ['Events-Archive-all'] });
    await bridge.deleteRule({ ...rule, Name: 'Events-Archive-all' });
    await bridge.deleteEventBus({ Name: 'orders' });
    await expect(bridge.updateArchive({ ArchiveName: 'all', Description: 'd' })).rejects.toThrow(
      'Archive all managed rule does not exist.',
    );
    await bridge.createEventBus({ Name: 'orders' });
    await bridge.bus('orders').publish({ source: 'com.shop', detailType: 'a', detail: {} });
    expect(await bridge.describeArchive({ ArchiveName: 'all' })).toMatchObject({
      EventCount: 1,
      State: 'DISABLED',
    });
    expect(await bridge.listRules({ EventBusName: 'orders' })).toEqual({ Rules: [] });
    await bridge.deleteArchive({ ArchiveName: 'all' });
    expect(await bridge.listArchives()).toEqual({ Archives: [] });
  });
});

describe('The rule of an archive', () => {
  const rule = {
    Name: 'Events-Archive-all',
    Arn: `${home}:rule/Events-Archive-all`,
    EventBusName: 'default',
    State: 'ENABLED',
    ManagedBy: 'prod.vhs.events.aws.internal',
  };

  test('is as recorded from the service', async () => {
    const { bridge } = await archived();
    await using _ = bridge;
    expect(await bridge.listRules()).toEqual({
      Rules: [{ ...rule, EventPattern: '{"replay-name":[{"exists":false}]}' }],
    });
    const { Targets } = await bridge.listTargetsByRule({ Rule: rule.Name });
    expect(Targets).toEqual([
      {
        Id: expect.any(String),
        Arn: 'arn:aws:events:us-east-1:::',
        InputTransformer: {
          InputPathsMap: {},
          InputTemplate: expect.stringMatching(
            /^\{"archive-arn": "arn:[^"]*:archive\/all:[-0-9a-f]{36}","event": <aws\.events\.event\.json>,"ingestion-time": <aws\.events\.event\.ingestion-time>\}$/,
          ),
        },
      },
    ]);
  });

  test('has the pattern of the archive', async () => {
    const { bridge } = await archived();
    await using _ = bridge;
    const pattern = async () => (await bridge.describeRule({ Name: rule.Name })).EventPattern;
    await bridge.updateArchive({ ArchiveName: 'all', EventPattern: ' {"source": ["com.shop"] }\n' });
    expect(JSON.parse((await pattern()) ?? '')).toEqual({ source: ['com.shop'], 'replay-name': [{ exists: false }] });
    await bridge.updateArchive({ ArchiveName: 'all', EventPattern: '{"replay-name":["a"]}' });
    await bridge.inject({ source: 'a', 'detail-type': 'b', 'replay-name': 'a' });
    expect(await bridge.describeArchive({ ArchiveName: 'all' })).toMatchObject({ EventCount: 0 });
    await bridge.updateArchive({ ArchiveName: 'all', EventPattern: '' });
    expect(await pattern()).toBe('{"replay-name":[{"exists":false}]}');
    expect(await bridge.describeArchive({ ArchiveName: 'all' })).not.toHaveProperty('EventPattern');
  });

  test('cannot be changed by hand', async () => {
    const { bridge } = await archived();
    await using _ = bridge;
    const refused = { name: 'ManagedRuleException' };
    const { Name } = rule;
    await expect(bridge.putRule({ Name, EventPattern })).rejects.toMatchObject(refused);
    await expect(bridge.disableRule({ Name })).rejects.toMatchObject(refused);
    await expect(bridge.deleteRule({ Name })).rejects.toMatchObject(refused);
    await expect(bridge.removeTargets({ Rule: Name, Ids: [Name] })).rejects.toMatchObject(refused);
    await publishNumbers(bridge, [1]);
    expect(await bridge.describeArchive({ ArchiveName: 'all' })).toMatchObject({ EventCount: 1 });
  });

  test('archives nothing more once it was taken away by force, until the archive is updated', async () => {
    const { bridge } = await archived();
    await using _ = bridge;
    await bridge.removeTargets({ Rule: rule.Name, Ids: [rule.Name], Force: true });
    await publishNumbers(bridge, [1]);
    await bridge.deleteRule({ Name: rule.Name, Force: true });
    await publishNumbers(bridge, [2]);
    expect(await bridge.describeArchive({ ArchiveName: 'all' })).toMatchObject({ EventCount: 0 });
    await bridge.updateArchive({ ArchiveName: 'all', Description: 'd' });
    await publishNumbers(bridge, [3]);
    expect(await bridge.describeArchive({ ArchiveName: 'all' })).toMatchObject({ EventCount: 1 });
  });
});
