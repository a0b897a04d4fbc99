import { bridgeFixture, expect, test } from 'footbridge/vitest';
import { expect as plainExpect, test as plainTest } from 'vitest';

test('bills big orders', async ({ bridge, clock }) => {
  bridge.on({ source: ['com.shop'] }, () => {}, { name: 'bill' });
  await bridge.publish({ source: 'com.shop', detailType: 'Order Placed', detail: { total: 120 } });
  expect(() => expect(bridge).not.toHaveDeliveredTo('bill')).toThrow('`await bridge.idle()`');
  await clock.advance('1s');
  expect(bridge).toHaveReceivedEventWith({ detail: { total: expect.any(Number) } });
  expect(bridge).toHaveDeliveredTo('bill', { payload: { detail: { total: 120 } }, times: 1 });
  await expect(bridge).toEventuallyReceiveEvent({ source: ['com.shop'] });
  expect(bridge.history.events()).toEqual([expect.eventMatching({ source: ['com.shop'] })]);
  expect(bridge).toHaveNoFailures();
});

const withOrders = plainTest.extend(bridgeFixture({ buses: ['orders'] }));

withOrders('counts by bus', async ({ bridge, clock }) => {
  await bridge.bus('orders').publish({ source: 'com.shop', detailType: 'Order Placed', detail: { at: clock.now() } });
  plainExpect(bridge.bus('orders')).toHaveReceivedEventTimes(1);
  plainExpect(bridge.bus('default')).not.toHaveReceivedEvent();
});

let ended = '';

plainTest('fails for failures that nobody asserted', async () => {
  const { bridge: fixture } = bridgeFixture();
  await fixture({ bridgeOptions: {}, clock: (await import('footbridge')).virtualClock() }, async (bridge) => {
    bridge.on({ source: ['com.shop'] }, () => Promise.reject(new Error('card declined')), { name: 'bill' });
    await bridge.publish({ source: 'com.shop', detailType: 'Order Placed', detail: {} });
  }).catch((error) => {
    ended = error.message;
  });
  plainExpect(ended).toContain('Unobserved failures in bridge (1)');
});
