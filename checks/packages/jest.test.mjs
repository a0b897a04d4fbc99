import { expect, test } from '@jest/globals';
import { createBridge } from 'footbridge';
import { matchers } from 'footbridge/matchers';

expect.extend(matchers);

test('publishes', async () => {
  const bridge = createBridge();
  bridge.on({ source: ['com.shop'] }, () => {}, { name: 'bill' });
  await bridge.publish({ source: 'com.shop', detailType: 'Order Placed', detail: { total: 120 } });
  expect(() => expect(bridge).not.toHaveDeliveredTo('bill')).toThrow('`await bridge.idle()`');
  await bridge.idle();
  expect(bridge).toHaveReceivedEventWith({ detail: { total: expect.any(Number) } });
  expect(bridge).toHaveDeliveredTo('bill', { times: 1, payload: expect.objectContaining({ source: 'com.shop' }) });
  expect(bridge.history.events()).toEqual([expect.eventMatching({ source: ['com.shop'] })]);
  await expect(bridge).toEventuallyReceiveEvent({ source: ['com.shop'] });
  expect(() => expect(bridge).toHaveReceivedEvent({ source: ['x'] })).toThrow('nearest events');
  expect(() => expect(bridge).toHaveReceivedEvent({ source: 'x' })).toThrow('This is not an event pattern');
  expect(() => expect(bridge).not.toHaveReceivedEvent({ source: 'x' })).toThrow('This is not an event pattern');
});
