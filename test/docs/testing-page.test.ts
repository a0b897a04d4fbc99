import { expect, test } from 'footbridge/vitest';

test('bills big orders', async ({ bridge }) => {
  const bills: number[] = [];
  bridge.on({ detail: { total: [{ numeric: ['>', 100] }] } }, (event) => {
    bills.push(event.detail.total);
  });

  await bridge.publish({ source: 'com.shop', detailType: 'Order Placed', detail: { total: 120 } });
  await bridge.idle();

  expect(bridge).toHaveReceivedEvent({ source: ['com.shop'] });
  expect(bills).toEqual([120]);
});
