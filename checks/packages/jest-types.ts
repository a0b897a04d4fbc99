// How Jest's types learn of the matchers, as the documentation has it.
import { expect } from '@jest/globals';
import { createBridge } from 'footbridge';
import { type AsymmetricBridgeMatchers, type BridgeMatchers, matchers } from 'footbridge/matchers';

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T> extends BridgeMatchers<R> {}
  interface AsymmetricMatchers extends AsymmetricBridgeMatchers {}
}

expect.extend(matchers);
const bridge = createBridge();
expect(bridge).toHaveReceivedEventWith({ source: expect.any(String) });
expect(bridge).not.toHaveDeliveredTo('bill', { times: 1 });
expect(bridge.history.events()).toEqual([expect.eventMatching({ source: ['com.shop'] })]);
// @ts-expect-error
expect(bridge).toHaveReceivedEvents('no array');
