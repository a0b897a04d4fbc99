import { describe, expect, test } from 'vitest';
import { createBridge } from '../../src/index.js';

const clock = { now: () => Date.parse('2026-01-02T03:04:05.678Z') };

describe('Event buses', () => {
  test('are created and described', async () => {
    await using bridge = createBridge({ clock });
    const EventBusArn = 'arn:aws:events:us-east-1:123456789012:event-bus/orders';
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
});
