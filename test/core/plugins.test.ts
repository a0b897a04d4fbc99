import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  apiDestinations,
  archives,
  connections,
  createBridge,
  diagnostics,
  faults,
  history,
  inputTransformers,
  logGroups,
  parameterTargets,
  permissions,
  queues,
  replays,
  resourcePolicies,
  schedules,
  snapshots,
  tags,
} from '../../src/core.js';
import { createBridge as createFullBridge } from '../../src/index.js';

const EventPattern = '{"source":["com.shop"]}';
const event = { source: 'com.shop', detailType: 'Order Placed', detail: { total: 120 } };
const queue = 'arn:aws:sqs:us-east-1:123456789012:q';
const RoleArn = 'arn:aws:iam::123456789012:role/events';
const needs = (plugin: string) => `needs the plugin ${plugin}: createBridge({ plugins: [${plugin}()] }).`;

describe('A bridge without plugins', () => {
  test('publishes, matches, delivers and subscribes', async () => {
    await using bridge = createBridge({ buses: ['orders'] });
    const seen: unknown[] = [];
    await bridge.putRule({ Name: 'r', EventPattern });
    await bridge.putTargets({
      Rule: 'r',
      Targets: [
        { Id: '1', Arn: 'arn:aws:lambda:us-east-1:123456789012:function:bill' },
        { Id: '2', Arn: 'arn:aws:events:us-east-1:123456789012:event-bus/orders', RoleArn },
      ],
    });
    bridge.handle('bill', (given) => void seen.push(['bill', given.detail]));
    bridge.bus('orders').on({ source: ['com.shop'] }, ({ detail }) => void seen.push(['orders', detail]));
    const observed: string[] = [];
    bridge.observe('accepted', ({ bus }) => void observed.push(bus));
    const waited = bridge.waitFor({ source: ['com.shop'] });
    const id = await bridge.publish(event);
    expect((await waited).id).toBe(id);
    expect(await bridge.idle()).toMatchObject({ delivered: 3, failed: 0 });
    expect(seen).toEqual([
      ['bill', { total: 120 }],
      ['orders', { total: 120 }],
    ]);
    expect(observed).toEqual(['default', 'orders']);
    expect((await bridge.invoke('ListRules')).Rules).toHaveLength(1);
    bridge.reset();
    expect((await bridge.listRules()).Rules).toEqual([]);
  });

  test('waits only for what is yet to come', async () => {
    await using bridge = createBridge();
    await bridge.publish(event);
    await expect(bridge.waitFor({ source: ['com.shop'] }, { timeout: 1 })).rejects.toThrow(
      /^No event matched within 1 ms\.$/,
    );
  });

  test.each([
    ['CreateArchive', 'archives'],
    ['ListArchives', 'archives'],
    ['StartReplay', 'replays'],
    ['CreateConnection', 'connections'],
    ['DeauthorizeConnection', 'connections'],
    ['ListApiDestinations', 'apiDestinations'],
    ['PutPermission', 'permissions'],
    ['TagResource', 'tags'],
    ['ListTagsForResource', 'tags'],
  ])('rejects %s, which only a plugin has', async (operation, plugin) => {
    await using bridge = createBridge();
    await expect(bridge.invoke(operation as never, {} as never)).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: `This bridge has no operation ${operation}: it needs the plugin ${plugin}, createBridge({ plugins: [${plugin}()] }).`,
    });
  });

  test.each<[string, object, string]>([
    ['a queue', { Arn: queue }, `Target 1, ${queue}, ${needs('queues')}`],
    [
      'a log group',
      { Arn: 'arn:aws:logs:us-east-1:123456789012:log-group:g' },
      `Target 1, arn:aws:logs:us-east-1:123456789012:log-group:g, ${needs('logGroups')}`,
    ],
    [
      'an API destination',
      { Arn: 'arn:aws:events:us-east-1:123456789012:api-destination/a/1', RoleArn },
      `Target 1, arn:aws:events:us-east-1:123456789012:api-destination/a/1, ${needs('apiDestinations')}`,
    ],
    ['a dead-letter queue', { DeadLetterConfig: { Arn: queue } }, `DeadLetterConfig of target 1 ${needs('queues')}`],
    ['an Input', { Input: '{}' }, `Input of target 1 ${needs('inputTransformers')}`],
    ['an InputPath', { InputPath: '$.detail' }, `InputPath of target 1 ${needs('inputTransformers')}`],
    [
      'an InputTransformer',
      { InputTransformer: { InputTemplate: '"a"' } },
      `InputTransformer of target 1 ${needs('inputTransformers')}`,
    ],
  ])('rejects a target with %s, and puts nothing', async (_, target, message) => {
    await using bridge = createBridge();
    await bridge.putRule({ Name: 'r', EventPattern });
    const Targets = [{ Id: '1', Arn: 'arn:aws:lambda:us-east-1:123456789012:function:bill', ...target }];
    await expect(bridge.putTargets({ Rule: 'r', Targets })).rejects.toMatchObject({
      name: 'ValidationException',
      message,
    });
    expect((await bridge.listTargetsByRule({ Rule: 'r' })).Targets).toEqual([]);
  });

  test('rejects a ScheduleExpression and tags', async () => {
    await using bridge = createBridge();
    await expect(bridge.putRule({ Name: 'r', ScheduleExpression: 'rate(1 day)' })).rejects.toThrow(
      `ScheduleExpression ${needs('schedules')}`,
    );
    const Tags = [{ Key: 'a', Value: 'b' }];
    await expect(bridge.putRule({ Name: 'r', EventPattern, Tags })).rejects.toThrow(`Tags ${needs('tags')}`);
    await expect(bridge.createEventBus({ Name: 'b', Tags })).rejects.toThrow(`Tags ${needs('tags')}`);
    expect((await bridge.listRules()).Rules).toEqual([]);
  });

  test('has none of the members of plugins, at run time either', async () => {
    await using bridge = createBridge();
    expectTypeOf(bridge).not.toHaveProperty('createArchive');
    expectTypeOf(bridge).not.toHaveProperty('history');
    expectTypeOf(bridge).toHaveProperty('putRule');
    expect(Object.keys(bridge)).not.toContain('createArchive');
    expect(Object.keys(bridge)).not.toContain('queue');
  });
});

describe('The plugins of a bridge', () => {
  test('are all that createBridge of footbridge has', async () => {
    const plugins = [
      apiDestinations(),
      archives(),
      connections(),
      diagnostics(),
      faults(),
      history(),
      inputTransformers(),
      logGroups(),
      parameterTargets(),
      permissions(),
      queues(),
      replays(),
      resourcePolicies(),
      schedules(),
      snapshots(),
      tags(),
    ] as const;
    await using bridge = createBridge({ plugins });
    await using full = createFullBridge();
    expect(Object.keys(bridge).sort()).toEqual(Object.keys(full).sort());
    expectTypeOf(bridge.createArchive).toEqualTypeOf(full.createArchive);
    expectTypeOf(bridge.queue).toEqualTypeOf(full.queue);
  });

  test('add their operations, members and options', async () => {
    await using bridge = createBridge({ plugins: [archives(), queues(), history(5)], limits: { rulesPerBus: 2 } });
    await bridge.createArchive({
      ArchiveName: 'all',
      EventSourceArn: 'arn:aws:events:us-east-1:123456789012:event-bus/default',
    });
    await bridge.publish(event);
    expect((await bridge.describeArchive({ ArchiveName: 'all' })).EventCount).toBe(1);
    expect(bridge.queue('q').messages).toEqual([]);
    expect(bridge.history.events()).toHaveLength(1);
    expect((await bridge.waitFor({ source: ['com.shop'] })).source).toBe('com.shop');
  });

  test('may stand in any order, but not without those that they need, and not twice', () => {
    expect(() => createBridge({ plugins: [replays(), archives()] })).not.toThrow();
    expect(() => createBridge({ plugins: [replays()] })).toThrow('createBridge: the plugin replays needs archives().');
    expect(() => createBridge({ plugins: [tags(), tags()] })).toThrow('createBridge: the plugin tags is given twice.');
  });

  test.each<[unknown, string]>([
    [{ plugins: {} }, 'plugins must be a list of plugins, such as [archives(), schedules()], but is an object'],
    [{ plugins: [1] }, 'plugins must be a list of plugins, such as [archives(), schedules()], but is an array'],
    [{ history: 5 }, 'there is no option history; there are account, region, buses, clock, ids, random, plugins,'],
    [{ limits: { connections: 1 } }, 'there is no limits.connections; there are requestBytes, pendingDeliveries'],
  ])('are checked with the options: %j', (options, message) => {
    expect(() => createBridge(options as never)).toThrow(message);
  });

  test('take a snapshot of what they have, and refuse what another had', async () => {
    await using full = createFullBridge();
    await full.createConnection({
      Name: 'c',
      AuthorizationType: 'API_KEY',
      AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'a', ApiKeyValue: 'b' } },
    });
    await using bridge = createBridge({ plugins: [snapshots()] });
    await bridge.putRule({ Name: 'r', EventPattern });
    const snapshot = bridge.snapshot();
    bridge.reset();
    bridge.restore(snapshot);
    expect((await bridge.listRules()).Rules).toHaveLength(1);
    expect(() => bridge.restore(full.snapshot())).toThrow(`A snapshot with connections ${needs('connections')}`);
    expect((await bridge.listRules()).Rules).toHaveLength(1);
  });
});
