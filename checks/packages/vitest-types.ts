// What the compiler is to take, and what it is to refuse.
import type { Bridge, VirtualClock } from 'footbridge';
import { defineEvent } from 'footbridge/events';
import { bridgeFixture, expect, test } from 'footbridge/vitest';
import { expect as plainExpect, test as plainTest } from 'vitest';

const OrderPlaced = defineEvent<{ total: number }, 'com.shop', 'Order Placed'>('com.shop', 'Order Placed');
const typed = plainTest.extend(bridgeFixture({ events: [OrderPlaced] }));

typed('knows its events', async ({ bridge, clock }) => {
  const same: VirtualClock = clock;
  await bridge.publish(OrderPlaced({ total: same.now() }));
  // @ts-expect-error
  await bridge.publish({ source: 'com.shop', detailType: 'Order Placed', detail: { total: 'many' } });
});

test('gives a bridge and its clock', async ({ bridge, clock }) => {
  const same: Bridge = bridge;
  await clock.advance('1s');
  // @ts-expect-error
  const other: number = bridge;
  expect(same).toHaveReceivedEvent(OrderPlaced.pattern({ total: [{ numeric: ['>', 100] }] }));
  expect(same).not.toHaveReceivedEventWith({ source: expect.stringContaining('shop'), detail: { total: 1 } });
  expect(same).toHaveReceivedEventTimes(2);
  expect(same).toHaveReceivedEventTimes({ source: ['com.shop'] }, 2, { origins: ['bus'] });
  expect(same).toHaveReceivedEvents([OrderPlaced.pattern, '{}']);
  const waiting: Promise<void> = expect(same.bus('orders')).toEventuallyReceiveEvent(
    { source: ['x'] },
    { timeout: 10 },
  );
  await waiting;
  plainExpect(same).toHaveDeliveredTo('bill', { event: '{}', payload: expect.anything(), times: 1 });
  plainExpect(same).toHaveDeadLetters('bill-dlq', 1);
  plainExpect({ source: 'x' }).toMatchEventPattern({ source: ['x'] });
  plainExpect('{}').not.toBeValidEventPattern();
  plainExpect(same.history.events()).toEqual([plainExpect.eventMatching({ source: ['x'] })]);
  // @ts-expect-error
  expect(same).toHaveReceivedEvents('no array');
  // @ts-expect-error
  expect(same).toHaveReceivedEventWith({ detailType: 'Order Placed' });
  // @ts-expect-error
  expect(same).toHaveDeliveredTo('bill', { count: 1 });
  return void other;
});
