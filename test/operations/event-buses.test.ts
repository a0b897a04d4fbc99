import { describe, expect, test } from 'vitest';
import { createBridge, virtualClock } from '../../src/index.js';

const clock = { now: () => Date.parse('2026-01-02T03:04:05.678Z') };
const home = 'arn:aws:events:us-east-1:123456789012';
const RoleArn = 'arn:aws:iam::123456789012:role/r';
const EventPattern = '{"source":["com.shop"]}';
const entry = { Source: 'com.shop', DetailType: 'Order Placed', Detail: '{}', EventBusName: 'orders' };

describe('Event buses', () => {
  test('are created and described', async () => {
    await using bridge = createBridge({ clock });
    const EventBusArn = `${home}:event-bus/orders`;
    expect(await bridge.createEventBus({ Name: 'orders', Description: 'All of them' })).toEqual({
      EventBusArn,
      Description: 'All of them',
    });
    const described = {
      Name: 'orders',
      Arn: EventBusArn,
      Description: 'All of them',
      CreationTime: new Date(clock.now()),
      LastModifiedTime: new Date(clock.now()),
    };
    expect(await bridge.describeEventBus({ Name: 'orders' })).toEqual(described);
    expect(await bridge.describeEventBus({ Name: EventBusArn })).toEqual(described);
    expect((await bridge.describeEventBus()).Name).toBe('default');
  });

  test('have a partition that fits the region', async () => {
    await using bridge = createBridge({ region: 'cn-north-1', account: '111122223333' });
    expect((await bridge.describeEventBus({})).Arn).toBe('arn:aws-cn:events:cn-north-1:111122223333:event-bus/default');
    const arnIn = async (region: string) => (await createBridge({ region }).describeEventBus({})).Arn;
    expect(await arnIn('us-gov-west-1')).toMatch(/^arn:aws-us-gov:/);
    expect(await arnIn('us-iso-east-1')).toMatch(/^arn:aws-iso:/);
    expect(await arnIn('us-isob-east-1')).toMatch(/^arn:aws-iso-b:/);
    expect(await arnIn('eu-isoe-west-1')).toMatch(/^arn:aws-iso-e:/);
    expect(await arnIn('eusc-de-east-1')).toMatch(/^arn:aws-eusc:/);
  });

  test.each([
    ['default', 'ResourceAlreadyExistsException', 'Event bus default already exists.'],
    ['orders', 'ResourceAlreadyExistsException', 'Event bus orders already exists.'],
    ['a/b', 'ValidationException', "Event bus name must not contain '/'."],
    [
      'a b',
      'ValidationException',
      "1 validation error detected: Value 'a b' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [/\\.\\-_A-Za-z0-9]+",
    ],
  ])('cannot be created as %s', async (Name, name, message) => {
    await using bridge = createBridge({ buses: ['orders'] });
    await expect(bridge.createEventBus({ Name })).rejects.toMatchObject({ name, message });
  });

  test('of partners are none', async () => {
    await using bridge = createBridge();
    const EventSourceName = 'aws.partner/example.com/1';
    await expect(bridge.createEventBus({ Name: EventSourceName, EventSourceName })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Event source aws.partner/example.com/1 does not exist.',
    });
  });

  test('are a hundred at most, or as many as the limit says', async () => {
    await using bridge = createBridge({ limits: { buses: 2 } });
    await bridge.createEventBus({ Name: 'orders' });
    await expect(bridge.createEventBus({ Name: 'more' })).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'The requested resource exceeds the maximum number allowed.',
    });
  });

  test('are listed by name, by prefix and page by page', async () => {
    await using bridge = createBridge({ clock, buses: ['b-2', 'b-1'] });
    await bridge.createEventBus({ Name: 'a', Description: 'first', KmsKeyIdentifier: 'alias/shop' });
    const time = new Date(clock.now());
    const listed = (Name: string) => ({
      Name,
      Arn: `${home}:event-bus/${Name}`,
      CreationTime: time,
      LastModifiedTime: time,
    });
    expect(await bridge.listEventBuses()).toEqual({
      EventBuses: [{ ...listed('a'), Description: 'first' }, listed('b-1'), listed('b-2'), listed('default')],
    });
    expect(await bridge.listEventBuses({ NamePrefix: 'b-' })).toEqual({ EventBuses: [listed('b-1'), listed('b-2')] });
    const first = await bridge.listEventBuses({ NamePrefix: 'b-', Limit: 1 });
    expect(first).toEqual({ EventBuses: [listed('b-1')], NextToken: expect.any(String) });
    expect(await bridge.listEventBuses({ NamePrefix: 'b-', NextToken: first.NextToken })).toEqual({
      EventBuses: [listed('b-2')],
    });
  });

  test('are updated, and what is left out stays', async () => {
    const time = virtualClock('2026-01-01T00:00:00Z');
    await using bridge = createBridge({ clock: time });
    await bridge.createEventBus({ Name: 'orders', Description: 'old', LogConfig: { Level: 'INFO' } });
    await time.advance('1m');
    const KmsKeyIdentifier = 'arn:aws:kms:us-east-1:123456789012:key/00000000-0000-0000-0000-000000000000';
    expect(await bridge.updateEventBus({ Name: 'orders', Description: 'new', KmsKeyIdentifier })).toEqual({
      Name: 'orders',
      Arn: `${home}:event-bus/orders`,
      Description: 'new',
      KmsKeyIdentifier,
      LogConfig: { Level: 'INFO' },
    });
    expect(await bridge.describeEventBus({ Name: 'orders' })).toMatchObject({
      Description: 'new',
      CreationTime: new Date('2026-01-01T00:00:00Z'),
      LastModifiedTime: new Date('2026-01-01T00:01:00Z'),
    });
    expect(await bridge.updateEventBus({ Name: 'orders', KmsKeyIdentifier: '' })).not.toHaveProperty(
      'KmsKeyIdentifier',
    );
    const dlq = 'arn:aws:sqs:us-east-1:123456789012:dlq';
    expect(await bridge.updateEventBus({ Name: 'orders', DeadLetterConfig: { Arn: dlq } })).toMatchObject({
      DeadLetterConfig: { Arn: dlq },
    });
    expect(await bridge.updateEventBus({ Name: 'orders', DeadLetterConfig: { Arn: '' } })).not.toHaveProperty(
      'DeadLetterConfig',
    );
    expect(await bridge.updateEventBus({ Description: 'mine' })).toMatchObject({ Name: 'default' });
    await expect(bridge.updateEventBus({ Name: 'none' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Event bus none does not exist.',
    });
  });

  test('that are described can be changed without changing the bus', async () => {
    await using bridge = createBridge();
    const created = await bridge.createEventBus({ Name: 'orders', LogConfig: { Level: 'INFO' } });
    Object.assign(created.LogConfig ?? {}, { Level: 'OFF' });
    Object.assign((await bridge.describeEventBus({ Name: 'orders' })).LogConfig ?? {}, { Level: 'OFF' });
    expect(await bridge.describeEventBus({ Name: 'orders' })).toMatchObject({ LogConfig: { Level: 'INFO' } });
  });
});

describe('An event bus that is deleted', () => {
  test('is gone, with its tags and its policy, once its rules are', async () => {
    await using bridge = createBridge();
    await bridge.createEventBus({ Name: 'orders', Tags: [{ Key: 'a', Value: 'b' }], Description: 'old' });
    await bridge.putPermission({
      EventBusName: 'orders',
      Action: 'events:PutEvents',
      Principal: '*',
      StatementId: 's',
    });
    await bridge.putRule({ Name: 'r', EventBusName: 'orders', EventPattern });
    await bridge.putTargets({
      Rule: 'r',
      EventBusName: 'orders',
      Targets: [{ Id: '1', Arn: 'arn:aws:sqs:us-east-1:123456789012:q' }],
    });
    await expect(bridge.deleteEventBus({ Name: 'orders' })).rejects.toMatchObject({
      name: 'ValidationException',
      message: "EventBus can't be deleted since it has rules.",
    });
    await bridge.removeTargets({ Rule: 'r', EventBusName: 'orders', Ids: ['1'] });
    await bridge.deleteRule({ Name: 'r', EventBusName: 'orders' });
    expect(await bridge.deleteEventBus({ Name: 'orders' })).toEqual({});
    await expect(bridge.describeEventBus({ Name: 'orders' })).rejects.toThrow('Event bus orders does not exist.');
    await expect(bridge.listRules({ EventBusName: 'orders' })).rejects.toThrow('Event bus orders does not exist.');
    await bridge.putEvents({ Entries: [entry] });
    expect(bridge.history.records('dropped')).toHaveLength(1);

    await bridge.createEventBus({ Name: 'orders' });
    const again = await bridge.describeEventBus({ Name: 'orders' });
    expect(again).not.toHaveProperty('Policy');
    expect(again).not.toHaveProperty('Description');
    expect(await bridge.listTagsForResource({ ResourceARN: again.Arn })).toEqual({ Tags: [] });
    expect(await bridge.listRules({ EventBusName: 'orders' })).toEqual({ Rules: [] });
    await bridge.putEvents({ Entries: [entry] });
    await bridge.idle();
    expect(bridge.queue('q').messages).toEqual([]);
  });

  test('may not be there, but not be the default one', async () => {
    await using bridge = createBridge();
    expect(await bridge.deleteEventBus({ Name: 'none' })).toEqual({});
    await expect(bridge.deleteEventBus({ Name: 'default' })).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Cannot delete event bus default.',
    });
  });

  test('takes its subscriptions along, and makes room for another bus', async () => {
    await using bridge = createBridge({ limits: { buses: 2 } });
    const heard: string[] = [];
    const subscription = bridge.bus('orders').on({ source: ['com.shop'] }, () => heard.push('old'));
    await bridge.deleteEventBus({ Name: 'orders' });
    await bridge.createEventBus({ Name: 'orders' });
    bridge.bus('orders').on({ source: ['com.shop'] }, () => heard.push('new'));
    await bridge.putEvents({ Entries: [entry] });
    await bridge.idle();
    expect(heard).toEqual(['new']);
    subscription.dispose();
    await bridge.putEvents({ Entries: [entry] });
    await bridge.idle();
    expect(heard).toEqual(['new', 'new']);
  });

  test('lets deliveries on their way go on, as a rule that is deleted does', async () => {
    const time = virtualClock('2026-01-01T00:00:00Z');
    await using bridge = createBridge({ clock: time, buses: ['orders'] });
    const url = 'arn:aws:events:us-east-1:123456789012:api-destination/shop/1';
    let calls = 0;
    bridge.handle(url, () => {
      if (++calls === 1) throw new Error('not yet');
    });
    await bridge.putRule({ Name: 'r', EventBusName: 'orders', EventPattern });
    await bridge.putTargets({ Rule: 'r', EventBusName: 'orders', Targets: [{ Id: '1', Arn: url, RoleArn }] });
    await bridge.putEvents({ Entries: [entry] });
    await bridge.idle();
    await bridge.removeTargets({ Rule: 'r', EventBusName: 'orders', Ids: ['1'] });
    await bridge.deleteRule({ Name: 'r', EventBusName: 'orders' });
    await bridge.deleteEventBus({ Name: 'orders' });
    expect(await bridge.drain()).toMatchObject({ delivered: 1, failed: 0 });
    expect(calls).toBe(2);
  });

  test('is no target any more', async () => {
    await using bridge = createBridge({ buses: ['orders'], onFailedDelivery: 'ignore', onUnhandledTarget: 'ignore' });
    await bridge.putRule({ Name: 'r', EventPattern });
    await bridge.putTargets({ Rule: 'r', Targets: [{ Id: '1', Arn: `${home}:event-bus/orders`, RoleArn }] });
    await bridge.deleteEventBus({ Name: 'orders' });
    await bridge.putEvents({ Entries: [{ ...entry, EventBusName: 'default' }] });
    expect(await bridge.drain()).toMatchObject({ delivered: 0, failed: 1 });
  });
});
