import { describe, onTestFinished, vi } from 'vitest';
import { expect, test } from '../../src/vitest.js';
import { failureOf } from './failing.js';

const event = { source: 'com.shop', detailType: 'Order Placed', detail: {} };
const shop = { source: ['com.shop'] };

describe('toEventuallyReceiveEvent', () => {
  test('An event that is eventually received has been received, or comes', async ({ bridge }) => {
    const waiting = expect(bridge).toEventuallyReceiveEvent(shop);
    await bridge.publish({ ...event, source: 'com.bank' });
    await bridge.publish(event);
    await waiting;
    await expect(bridge).toEventuallyReceiveEvent(shop, { timeout: 0 });
    await expect(bridge).toEventuallyReceiveEvent();
    await expect(bridge).not.toEventuallyReceiveEvent({ source: ['x'] }, { timeout: 0 });
  });

  test('An event that is eventually received is waited for in real time, while timers are faked', async ({
    bridge,
  }) => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    await bridge.publish({ ...event, source: 'com.bank' });
    expect(await failureOf(() => expect(bridge).toEventuallyReceiveEvent(shop, { timeout: 1 }))).toMatchInlineSnapshot(`
      "expect(bridge).toEventuallyReceiveEvent(pattern)

      No event on bus "default" matched within 1 ms (1 received, 0 rejected).

        pattern   source = "com.shop"

        #  nearest events                   first difference
        1  com.bank  Order Placed  …000001  source is "com.bank", wanted "com.shop"

        One of these was meant? Details: bridge.explain(bridge.history.events()[0])"
    `);
  });

  test('An event that is eventually received is an event of its bus', async ({ bridge }) => {
    bridge.bus('orders').on(shop, () => {});
    const waiting = expect(bridge.bus('orders')).toEventuallyReceiveEvent(shop);
    await bridge.publish(event);
    await bridge.bus('orders').publish({ ...event, detailType: 'Second' });
    await waiting;
    expect(bridge.bus('orders')).toHaveReceivedEventTimes(1);
    await bridge.idle();
  });

  test('An event that is eventually received needs a valid timeout', async ({ bridge }) => {
    const wrong = () => expect(bridge).not.toEventuallyReceiveEvent(shop, { timeout: 'x' as never });
    expect(await failureOf(wrong)).toContain('timeout must be milliseconds, 0 or more, but is a string.');
  });
});
