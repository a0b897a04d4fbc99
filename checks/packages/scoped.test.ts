import { expect, test } from 'footbridge/vitest';

test.scoped({ bridgeOptions: { buses: ['orders'] } });

test('overrides options', async ({ bridge }) => {
  await bridge.bus('orders').publish({ source: 'com.shop', detailType: 'Order Placed', detail: {} });
  expect(bridge.bus('orders')).toHaveReceivedEventTimes({ source: ['com.shop'] }, 1);
});
