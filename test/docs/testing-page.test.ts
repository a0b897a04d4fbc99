import { expect, test } from 'footbridge/vitest';

test('bills big orders', async ({ bridge, clock }) => {
  await bridge.putRule({ Name: 'big', EventPattern: '{"detail":{"total":[{"numeric":[">",100]}]}}' });
  const Arn = 'arn:aws:lambda:us-east-1:123456789012:function:bill';
  await bridge.putTargets({ Rule: 'big', Targets: [{ Id: '1', Arn }] });
  const bills: number[] = [];
  bridge.handle('bill', (event) => bills.push(event.detail.total));

  await bridge.publish({ source: 'com.shop', detailType: 'Order Placed', detail: { total: 120 } });
  await bridge.idle();

  expect(bridge).toHaveReceivedEventWith({ source: 'com.shop', detail: { total: expect.any(Number) } });
  expect(bridge).toHaveDeliveredTo('bill', { event: { 'detail-type': ['Order Placed'] }, times: 1 });
  expect(bills).toEqual([120]);
  expect(clock.now()).toBe(Date.parse('2026-01-01T00:00:00Z'));
});
