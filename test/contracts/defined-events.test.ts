import { describe, expect, test } from 'vitest';
import { defineEvent } from '../../src/events.js';
import { createBridge, InvalidDetailError } from '../../src/index.js';
import { gate } from '../gate.js';
import { bridgeWith, OrderPlaced, rejection, Shipped, schemaThat, wrong } from './shop-events.js';

describe('A bridge with definitions', () => {
  test('publishes nothing else, whatever is done about details', async () => {
    await using bridge = bridgeWith({ onInvalidDetail: 'ignore' });
    const other = { source: 'com.shop', detailType: 'Order Paid', detail: {} } as never;
    expect(await rejection(bridge.publish([Shipped({ parcel: 'p' }), other]))).toMatchObject({
      name: 'ValidationException',
      message:
        'Event 1 cannot be published: "Order Paid" from com.shop is not among the bridge\'s events: ' +
        '"Order Placed" from com.shop, "Refunded" from com.shop, "Shipped" from com.shop.',
    });
    await expect(bridge.bus('default').publish(other)).rejects.toThrow('Event 0 cannot be published');
    expect(bridge.history.events()).toEqual([]);
  });

  test('takes everything by putEvents and inject', async () => {
    await using bridge = bridgeWith();
    await bridge.putEvents({ Entries: [{ Source: 'other', DetailType: 'Other', Detail: '{}' }] });
    await bridge.inject({ source: 'aws.s3', 'detail-type': 'Object Created' });
    expect(bridge.history.events()).toHaveLength(2);
  });

  test('keeps them through reset', async () => {
    await using bridge = bridgeWith();
    bridge.reset();
    expect(await rejection(bridge.publish(wrong))).toBeInstanceOf(InvalidDetailError);
  });

  test('publishes on a bus of its own too', async () => {
    await using bridge = bridgeWith({ buses: ['orders'] });
    await bridge.bus('orders').publish(OrderPlaced({ total: 1 }));
    await rejection(bridge.bus('orders').publish(wrong));
    expect(bridge.history.records('invalid-detail')).toMatchObject([{ bus: 'orders' }]);
  });

  test('does not publish when it was closed while a schema was at work', async () => {
    const work = gate();
    const Slow = defineEvent(
      'a',
      'b',
      schemaThat(() => work.promise.then(() => ({ value: {} }))),
    );
    const bridge = createBridge({ events: [Slow] });
    const published = rejection(bridge.publish(Slow({})));
    await bridge.close();
    work.open();
    expect(await published).toMatchObject({ name: 'BridgeClosedException' });
  });

  test('takes a definition twice, and refuses two of one event and what is none', () => {
    expect(() => createBridge({ events: [Shipped, Shipped] })).not.toThrow();
    const wanted = 'createBridge: events must be a list of what defineEvent answers, with one definition for an event';
    const other = defineEvent('com.shop', 'Shipped');
    const lists: [unknown, string][] = [
      [[Shipped, OrderPlaced, other], 'events[0] and events[2] both define "Shipped" from com.shop'],
      [[{}], 'events[0] is an object'],
      [[Shipped, null], 'events[1] is null'],
      [Shipped, 'is a function'],
      [['a'], 'events[0] is "a"'],
      [[{ source: 'a', detailType: 'b', schema: {} }], 'events[0] is an object'],
    ];
    for (const [list, found] of lists) {
      expect(() => createBridge({ events: list as never })).toThrow(`${wanted}, but ${found}.`);
    }
    expect(() => createBridge({ onInvalidDetail: 'throw' as never })).toThrow('onInvalidDetail must be "ignore"');
  });
});
