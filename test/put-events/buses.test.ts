import { describe, expect, test } from 'vitest';
import { createBridge } from '../../src/index.js';

const entry = { Source: 'com.shop', DetailType: 'Order Placed', Detail: '{}' };

describe('The bus of an entry', () => {
  test('is the default one, or one by name or ARN', async () => {
    await using bridge = createBridge({ buses: ['orders'] });
    const seen: string[] = [];
    bridge.on({ source: ['com.shop'] }, () => seen.push('default'));
    bridge.bus('orders').on({ source: ['com.shop'] }, () => seen.push('orders'));
    const arn = 'arn:aws:events:us-east-1:123456789012:event-bus/';
    await bridge.putEvents({
      Entries: [undefined, 'orders', `${arn}default`, `${arn}orders`].map((EventBusName) => ({
        ...entry,
        EventBusName,
      })),
    });
    await bridge.idle();
    expect(seen).toEqual(['default', 'orders', 'default', 'orders']);
  });

  test.each([
    ['that does not exist', 'no-bus', 'no-bus'],
    [
      'of another account',
      'arn:aws:events:us-east-1:111111111111:event-bus/default',
      'arn:aws:events:us-east-1:111111111111:event-bus/default',
    ],
  ])('%s takes the event, and it is dropped and recorded', async (_, EventBusName, bus) => {
    await using bridge = createBridge();
    bridge.on({ source: ['com.shop'] }, () => expect.unreachable());
    const answer = await bridge.putEvents({ Entries: [{ ...entry, EventBusName }] });
    expect(answer.FailedEntryCount).toBe(0);
    const { EventId } = answer.Entries[0] ?? {};
    expect(bridge.history.dropped()).toMatchObject([
      { kind: 'dropped', bus, eventId: EventId, event: { id: EventId } },
    ]);
    expect(bridge.history.events()).toEqual([]);
    await expect(bridge.describeEventBus({ Name: EventBusName })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Event bus ${bus} does not exist.`,
    });
  });
});
