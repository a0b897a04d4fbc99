import { describe } from 'vitest';
import { createBridge, sequentialIds, virtualClock } from '../../src/index.js';
import { expect, test } from '../../src/vitest.js';
import { failureOf } from './failing.js';
import { dlq, fail, order, shop } from './ship.js';

describe('toHaveDeadLetters and toHaveNoFailures', () => {
  test('Assertions about failures select dead letters by queue and number', async () => {
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

  test('Assertions about failures count what waits for a retry', async () => {
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

  test('Assertions about failures do not count what the test ended itself', async () => {
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

  test('Assertions about failures need valid arguments', async () => {
    await using bridge = createBridge();
    expect(await failureOf(() => expect(bridge).not.toHaveDeadLetters(5 as never))).toContain('name or ARN of a queue');
    expect(await failureOf(() => expect(bridge).not.toHaveDeadLetters('q', 0.5))).toContain(
      'a whole number, 0 or more',
    );
  });

  test('Assertions about failures say that a function which throws was delivered to, so that its dead-letter queue is empty', async ({
    bridge,
  }) => {
    await bridge.putRule({ Name: 'bills', EventPattern: JSON.stringify(shop) });
    const Arn = 'arn:aws:lambda:us-east-1:123456789012:function:bill';
    await bridge.putTargets({ Rule: 'bills', Targets: [{ Id: '1', Arn, DeadLetterConfig: { Arn: dlq } }] });
    bridge.handle('bill', () => Promise.reject(new Error('declined')));
    await bridge.publish(order);
    await bridge.drain();
    const failure = await failureOf(() => expect(bridge).toHaveDeadLetters('ship-dlq'));
    expect(failure.replaceAll(/\n +at .*/g, '')).toMatchInlineSnapshot(`
      "expect(bridge).toHaveDeadLetters("ship-dlq")

      0 dead letters were sent to "ship-dlq", wanted at least one.

      Function "bill" threw, and as on AWS that counts as delivered: EventBridge hands
      the event to Lambda, and only what Lambda does not take goes to the dead-letter
      queue of the target. Assert \`expect(bridge).toHaveDeliveredTo("bill")\` and
      \`expect(bridge).not.toHaveNoFailures()\`, or make the delivery fail:
      \`bridge.faults.target("bill", { code: 'NO_PERMISSIONS' })\`.

        bill  …000001  3 attempts in 3m  Error: declined"
    `);
    expect(bridge).toHaveDeliveredTo('bill');
    expect(bridge).not.toHaveNoFailures();
  });
});
