import { describe } from 'vitest';
import { createBridge, sequentialIds, TargetError, virtualClock } from '../../src/index.js';
import { expect, test } from '../../src/vitest.js';
import { RoleArn } from '../role.js';
import { failureOf } from './failing.js';

const account = 'us-east-1:123456789012';
const bill = `arn:aws:lambda:${account}:function:bill`;
const machine = `arn:aws:states:${account}:stateMachine:ship`;
const dlq = `arn:aws:sqs:${account}:ship-dlq`;
const order = { source: 'com.shop', detailType: 'Order Placed', detail: { id: 'o-1', total: 120 } };
const shop = { source: ['com.shop'] };

async function shopBridge(retries = 0) {
  const clock = virtualClock();
  const bridge = createBridge({ clock, ids: sequentialIds(), random: () => 1, onFailedDelivery: 'ignore' });
  await bridge.putRule({ Name: 'big', EventPattern: '{"detail":{"total":[{"numeric":[">",100]}]}}' });
  await bridge.putTargets({
    Rule: 'big',
    Targets: [
      { Id: '1', Arn: `${bill}:live`, InputPath: '$.detail' },
      {
        Id: '2',
        Arn: machine,
        RoleArn,
        RetryPolicy: { MaximumRetryAttempts: retries },
        DeadLetterConfig: { Arn: dlq },
      },
    ],
  });
  bridge.handle('bill', () => {});
  bridge.handle(machine, () => {});
  return bridge;
}

describe('toHaveDeliveredTo', () => {
  test('A delivery is found by its rule, target id, ARN, the name in it, or its subscription', async () => {
    await using bridge = await shopBridge();
    bridge.on(shop, () => {}, { name: 'audit' });
    await bridge.publish(order);
    await bridge.idle();
    for (const name of ['big', '1', `${bill}:live`, bill, 'bill', 'bill:live', machine, 'ship', 'audit']) {
      expect(bridge).toHaveDeliveredTo(name);
    }
    expect(bridge).toHaveDeliveredTo('big', { times: 2 });
    expect(bridge.bus('default')).toHaveDeliveredTo('bill');
    expect(await failureOf(() => expect(bridge).not.toHaveDeliveredTo('bill'))).toContain(
      'There was 1 delivery to "bill" of this kind.',
    );
  });

  test('A delivery is selected by its event, what was received and how often', async () => {
    await using bridge = await shopBridge();
    await bridge.publish([order, { ...order, detail: { id: 'o-2', total: 300 } }]);
    await bridge.idle();
    expect(bridge).toHaveDeliveredTo('bill', { event: { detail: { total: [300] } }, times: 1 });
    expect(bridge).toHaveDeliveredTo('bill', { payload: { id: 'o-2' } });
    expect(bridge).toHaveDeliveredTo('bill', { payload: '{"id":"o-2","total":300}' });
    expect(bridge).toHaveDeliveredTo('bill', {
      payload: expect.objectContaining({ id: expect.stringMatching(/^o-/) }),
      times: 2,
    });
    expect(bridge).toHaveDeliveredTo('ship', { payload: { source: 'com.shop', detail: { id: 'o-1' } }, times: 1 });
    expect(bridge).not.toHaveDeliveredTo('bill', { payload: { id: 'o-3' } });
    expect(bridge).not.toHaveDeliveredTo('bill', { times: 3 });
    expect(await failureOf(() => expect(bridge).toHaveDeliveredTo('bill', { times: 3 }))).toContain(
      'There were 2 deliveries to "bill" of this kind. Wanted 3.',
    );
  });

  test('A delivery with another payload is shown with what differs', async () => {
    await using bridge = await shopBridge();
    await bridge.publish(order);
    await bridge.idle();
    expect(
      await failureOf(() => expect(bridge).toHaveDeliveredTo('bill', { payload: { id: 'o-2' } })),
    ).toMatchInlineSnapshot(`
      "expect(bridge).toHaveDeliveredTo("bill")

      The event got this far:
        accepted     #1 com.shop / Order Placed on "default"              ok
        rule         big                                                  matched
        target       1 → bill:live                                        ok
        input        InputPath $.detail                                   ok
        delivered    yes
        payload      id is "o-1", wanted "o-2"                            differs"
    `);
  });

  test('A delivery that failed is shown with its last attempt, and where it lies', async () => {
    await using bridge = await shopBridge(2);
    bridge.handle(machine, () => {
      throw new TargetError('SDK_CLIENT_ERROR', { message: 'no such execution', retryable: true });
    });
    await bridge.publish(order);
    await bridge.idle();
    expect(await failureOf(() => expect(bridge).toHaveDeliveredTo('ship'))).toMatchInlineSnapshot(`
      "expect(bridge).toHaveDeliveredTo("ship")

      The event got this far:
        accepted     #1 com.shop / Order Placed on "default"              ok
        rule         big                                                  matched
        target       2 → ship                                             ok
        attempts     1, the last: SDK_CLIENT_ERROR: no such execution     failed
        delivered    not yet; waits for a retry, 1s after it was accepted

      1 delivery waits for a retry: \`await bridge.drain()\` runs all retries."
    `);
    await bridge.drain();
    expect(await failureOf(() => expect(bridge).toHaveDeliveredTo('ship'))).toMatchInlineSnapshot(`
      "expect(bridge).toHaveDeliveredTo("ship")

      The event got this far:
        accepted     #1 com.shop / Order Placed on "default"              ok
        rule         big                                                  matched
        target       2 → ship                                             ok
        attempts     3, the last: SDK_CLIENT_ERROR: no such execution     failed
        delivered    no; dead-lettered to ship-dlq"
    `);
  });

  test('A delivery that was not made is shown with what the rule matches', async () => {
    await using bridge = await shopBridge();
    await bridge.publish([
      { ...order, detail: {} },
      { ...order, detail: { total: 20 } },
    ]);
    await bridge.idle();
    expect(await failureOf(() => expect(bridge).toHaveDeliveredTo('bill'))).toMatchInlineSnapshot(`
      "expect(bridge).toHaveDeliveredTo("bill")

      The event got this far:
        accepted     #1 com.shop / Order Placed on "default"              ok
        rule         big                                                  no match
                     detail.total: missing; wanted > 100"
    `);
    await bridge.disableRule({ Name: 'big' });
    await bridge.publish(order);
    expect(
      await failureOf(() => expect(bridge).toHaveDeliveredTo('bill', { event: { detail: { total: [120] } } })),
    ).toMatchInlineSnapshot(`
      "expect(bridge).toHaveDeliveredTo("bill")

      The event got this far:
        accepted     #3 com.shop / Order Placed on "default"              ok
        rule         big                                                  disabled
                     the pattern matches; enable the rule with enableRule"
    `);
    expect(await failureOf(() => expect(bridge).toHaveDeliveredTo('bill', { event: { source: ['x'] } }))).toContain(
      'No event on bus "default" matched (3 received, 0 rejected).',
    );
  });

  test('A delivery to an unknown recipient names the known ones', async () => {
    await using bridge = await shopBridge();
    expect(await failureOf(() => expect(bridge).toHaveDeliveredTo('bil'))).toMatchInlineSnapshot(`
      "expect(bridge).toHaveDeliveredTo("bil")

      There is no rule, target or subscription "bil". Did you mean "bill"? There are
      also "big", "ship"."
    `);
    await bridge.putRule({ Name: 'empty', EventPattern: '{"source":["x"]}' });
    expect(await failureOf(() => expect(bridge).toHaveDeliveredTo('empty'))).toContain('Rule empty has no targets');
    expect(await failureOf(() => expect(bridge).toHaveDeliveredTo('bill'))).toContain(
      'No event was received (0 received',
    );
  });

  test('A delivery with wrong arguments fails with .not too', async () => {
    await using bridge = await shopBridge();
    const wrong: (() => unknown)[] = [
      () => expect(bridge).not.toHaveDeliveredTo(5 as never),
      () => expect(bridge).not.toHaveDeliveredTo(''),
      () => expect(bridge).not.toHaveDeliveredTo('bill', { count: 1 } as never),
      () => expect(bridge).not.toHaveDeliveredTo('bill', { times: -1 }),
      () => expect(bridge).not.toHaveDeliveredTo('bill', { event: { source: 'x' } }),
      () => expect(bridge).not.toHaveDeliveredTo('bill', 'x' as never),
    ];
    const messages = await Promise.all(wrong.map(failureOf));
    expect(messages.map((message) => message.split('\n\n')[1])).toMatchInlineSnapshot(`
      [
        "This takes the name of a rule, target or subscription, or an ARN, but was given
      a number.",
        "This takes the name of a rule, target or subscription, or an ARN, but was given
      a string.",
        "There is no option count. The options are event, payload, times.",
        "times must be a whole number, 0 or more, but is -1.",
        "This is not an event pattern: source must be an array, e.g. ["x"].",
        "The options must be an object, but are a string.",
      ]
    `);
  });

  test('A delivery to a recipient on another bus says on which', async () => {
    await using bridge = createBridge({ buses: ['orders'] });
    bridge.bus('orders').on({ source: ['com.shop'] }, () => {}, { name: 'bill' });
    expect(await failureOf(() => expect(bridge.bus('default')).toHaveDeliveredTo('bill'))).toContain(
      '"bill" is on bus "orders", not on bus "default".',
    );
  });

  test('A delivery that an objectContaining does not match is shown with the member that differs', async () => {
    await using bridge = createBridge();
    bridge.on({ source: ['com.shop'] }, () => {}, { name: 'bill' });
    await bridge.publish({
      source: 'com.shop',
      detailType: 'Order Placed',
      detail: { id: 'o-1', lines: [{ sku: 'a' }] },
    });
    await bridge.idle();
    const lines = [expect.objectContaining({ sku: expect.any(Number) })];
    const refused = [
      expect.objectContaining({ id: 'o-2' }),
      expect.objectContaining({ lines }),
      expect.not.objectContaining({ id: 'o-1' }),
    ];
    const messages = await Promise.all(
      refused.map((detail) => failureOf(() => expect(bridge).toHaveDeliveredTo('bill', { payload: { detail } }))),
    );
    expect(messages.map((message) => message.split('payload')[1]?.trim())).toMatchInlineSnapshot(`
      [
        "detail.id is "o-1", wanted "o-2"                     differs",
        "detail.lines[0].sku is "a", wanted Any<Number>       differs",
        "detail is an object, wanted ObjectNotContaining<id = differs
                     "o-1">",
      ]
    `);
  });
});
