import { expect, test } from 'footbridge/vitest';

test('bills big orders', async ({ bridge }) => {
  const Arn = 'arn:aws:lambda:us-east-1:123456789012:function:bill';
  await bridge.putRule({ Name: 'big', EventPattern: '{"detail":{"total":[{"numeric":[">",100]}]}}' });
  await bridge.putTargets({ Rule: 'big', Targets: [{ Id: '1', Arn }] });
  bridge.handle('bill', (event) => ({ billed: event.detail.total }));
  await bridge.publish({ source: 'com.shop', detailType: 'Order Placed', detail: { total: 120 } });
  await bridge.idle(); // everything is delivered
  expect(bridge).toHaveDeliveredTo('bill', { payload: { detail: { total: 120 } }, times: 1 });
});
