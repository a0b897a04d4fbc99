import { describe } from 'vitest';
import { createBridge, sequentialIds, virtualClock } from '../../src/index.js';
import { expect, test } from '../../src/vitest.js';
import { failureOf } from './failing.js';
import { dlq, fail, order, shop } from './ship.js';

describe('Dead letters and failures', () => {
  test('are found by queue and number', async () => {
    await using bridge = createBridge({ clock: virtualClock(), ids: sequentialIds() });
    expect(bridge).toHaveNoFailures();
    await fail(bridge);
    await bridge.publish(order);
    await bridge.idle();
    expect(bridge).toHaveDeadLetters('ship-dlq');
    expect(bridge).toHaveDeadLetters(dlq, 2);
    expect(bridge).not.toHaveDeadLetters('ship-dlq', 1);
    bridge.queue('other-dlq');
    expect(await failureOf(() => expect(bridge).not.toHaveDeadLetters('other-dlq'))).toContain(
      'There is no queue "other-dlq". There is "ship-dlq".',
    );
    expect(bridge).not.toHaveNoFailures();
    await bridge.createEventBus({ Name: 'orders' });
    expect(bridge.bus('orders')).toHaveNoFailures();
    for (const assertion of [
      () => expect(bridge).toHaveDeadLetters('ship-dlq', 1),
      () => expect(bridge).toHaveDeadLetters('ship-dql'),
      () => expect(bridge).toHaveNoFailures(),
    ]) {
      expect(await failureOf(assertion)).toMatch(/out of stock/);
    }
    expect(
      (await failureOf(() => expect(bridge).toHaveDeadLetters('ship-dql'))).replace(/\n +at .*/g, ''),
    ).toMatchInlineSnapshot(`
      "expect(bridge).toHaveDeadLetters("ship-dql")

      There is no queue "ship-dql". Did you mean "ship-dlq"?

      There are dead letters in ship-dlq.

        ship  …000001  1 attempt  Error: out of stock
              → dead-lettered to ship-dlq
        ship  …000002  1 attempt  Error: out of stock
              → dead-lettered to ship-dlq"
    `);
  });

  test('count what waits for another attempt', async () => {
    await using bridge = createBridge({
      clock: virtualClock(),
      ids: sequentialIds(),
      onFailedDelivery: 'ignore',
    });
    bridge.on(shop, () => Promise.reject('busy'), { retryPolicy: { MaximumRetryAttempts: 1 }, name: 'bill' });
    await bridge.publish(order);
    await bridge.idle();
    expect(bridge).not.toHaveNoFailures();
    expect(await failureOf(() => expect(bridge).toHaveNoFailures())).toMatchInlineSnapshot(`
      "expect(bridge).toHaveNoFailures()

      1 failure:

        bill  …000001  1 attempt  busy
              → waits for its next attempt

      1 delivery waits for a retry: \`await bridge.drain()\` runs all retries."
    `);
  });

  test('leave out what the test ended itself', async () => {
    await using bridge = createBridge({ clock: virtualClock() });
    const { signal, abort } = { signal: new AbortController(), abort: () => signal.abort() };
    bridge.on(shop, () => Promise.reject(new Error('busy')), { retryPolicy: {}, signal: signal.signal });
    await bridge.publish(order);
    await bridge.idle();
    abort();
    await bridge.idle();
    expect(bridge.history.deliveries()).toMatchObject([{ kind: 'failed', errorCode: 'UNSUBSCRIBED' }]);
    expect(bridge).toHaveNoFailures();
  });

  test('need arguments that are right', async () => {
    await using bridge = createBridge();
    expect(await failureOf(() => expect(bridge).not.toHaveDeadLetters(5 as never))).toContain('name or ARN of a queue');
    expect(await failureOf(() => expect(bridge).not.toHaveDeadLetters('q', 0.5))).toContain(
      'a whole number, 0 or more',
    );
  });
});
