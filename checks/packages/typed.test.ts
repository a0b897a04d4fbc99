// What ts-jest is to compile with `"module": "commonjs"`, by the resolution that goes with it, which reads no `exports`.
import { expect, test } from '@jest/globals';
import { createBridge } from 'footbridge';
import { type BridgeMatchers, matchers } from 'footbridge/matchers';

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T> extends BridgeMatchers<R> {}
}

expect.extend(matchers);

test('publishes', async () => {
  const bridge = createBridge();
  const total: number[] = [];
  bridge.on<{ total: number }>({ source: ['com.shop'] }, ({ detail }) => void total.push(detail.total));
  await bridge.publish({ source: 'com.shop', detailType: 'Order Placed', detail: { total: 120 } });
  await bridge.idle();
  expect(total).toEqual([120]);
  expect(bridge).toHaveReceivedEventWith({ detail: { total: 120 } });
});
