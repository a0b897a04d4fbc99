import type { EventBridgeEvent, EventBridgeHandler, Handler } from 'aws-lambda';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { createBridge, type Envelope, type TargetContext, type TargetFunction } from '../../src/index.js';

interface Order {
  total: number;
}

describe('The types of handlers', () => {
  test('take what @types/aws-lambda calls a handler', async () => {
    await using bridge = createBridge({ onUnhandledTarget: 'ignore' });
    const typed: EventBridgeHandler<'Order Placed', Order, void> = async (event, context) => {
      event.detail.total.toFixed();
      context.getRemainingTimeInMillis();
    };
    const old: Handler<EventBridgeEvent<'Order Placed', Order>, string> = (_event, _context, callback) =>
      callback(null, 'x');
    bridge.handle('bill', typed);
    bridge.handle('old', old);
    expectTypeOf(typed).toExtend<TargetFunction<EventBridgeEvent<'Order Placed', Order>>>();
    bridge.on({ source: ['a'] }, (event: EventBridgeEvent<'Order Placed', Order>) => event.detail.total);
    bridge.on({ source: ['a'] }, async (event: EventBridgeEvent<string, unknown>) => event.id);
    expect(bridge.region).toBe('us-east-1');
  });

  test('leave the detail open where nobody names it', async () => {
    await using bridge = createBridge();
    bridge.on({ source: ['a'] }, (event) => {
      expectTypeOf(event).toEqualTypeOf<Envelope<string, ReturnType<typeof JSON.parse>>>();
      return event.detail.anything.at.all;
    });
    bridge.on<Order>({ source: ['a'] }, (event) => expectTypeOf(event.detail).toEqualTypeOf<Order>());
    bridge.handle('bill', (event, context) => {
      expectTypeOf(context).toEqualTypeOf<TargetContext>();
      return event.whatever;
    });
  });

  test('make an envelope what @types/aws-lambda calls an event', () => {
    expectTypeOf<Envelope<'Order Placed', Order>>().toExtend<EventBridgeEvent<'Order Placed', Order>>();
    expectTypeOf<EventBridgeEvent<'Order Placed', Order>>().toExtend<Envelope<'Order Placed', Order>>();
  });
});
