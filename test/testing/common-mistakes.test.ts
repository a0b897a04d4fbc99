import { describe } from 'vitest';
import { createBridge, virtualClock } from '../../src/index.js';
import { bridgeFixture, expect, test } from '../../src/vitest.js';
import { RoleArn } from '../role.js';
import { failureOf } from './failing.js';

const bill = 'arn:aws:lambda:us-east-1:123456789012:function:BillFunction';
const slack = 'arn:aws:lambda:us-east-1:123456789012:function:SlackFunction';
const endpoint = 'arn:aws:states:us-east-1:123456789012:stateMachine:BillMachine';
const dlq = 'arn:aws:sqs:us-east-1:123456789012:BillDlq';
const shop = '{"source":["com.shop"]}';
const order = { source: 'com.shop', detailType: 'Order Placed', detail: { total: 120 } };

const counting = (prefix: string) => {
  let last = 0;
  return () => `${prefix}-${++last}`;
};

describe('Common mistakes', () => {
  test('The failure for a common mistake shows the events that came nearest, when none matched', async () => {
    await using bridge = createBridge({ buses: ['test-orders'], ids: counting('o') });
    await bridge.putEvents({
      Entries: [
        { Source: 'com.shop', DetailType: 'Order', Detail: '{"total":', EventBusName: 'test-orders' },
        { Source: 'com.shop', DetailType: 'Order placed', Detail: '{"total":120}', EventBusName: 'test-orders' },
        { Source: 'com.shop', DetailType: 'Order Placed', Detail: '{"total":20}', EventBusName: 'test-orders' },
        { Source: 'com.shop', DetailType: 'Order Placed', Detail: '{"total":"120"}', EventBusName: 'test-orders' },
      ],
    });
    const pattern = {
      source: ['com.shop'],
      'detail-type': ['Order Placed'],
      detail: { total: [{ numeric: ['>', 100] }] },
    };
    expect(await failureOf(() => expect(bridge).toHaveReceivedEvent(pattern))).toMatchInlineSnapshot(`
      "expect(bridge).toHaveReceivedEvent(pattern)

      No event on bus "test-orders" matched (3 received, 1 rejected).

        pattern   source = "com.shop"
                  detail-type = "Order Placed"
                  detail.total > 100

        #  nearest events               first difference
        2  com.shop  Order Placed  o-2  detail.total: 20 is not > 100
        3  com.shop  Order Placed  o-3  detail.total is "120", a string; numeric
                                        matches numbers only
        1  com.shop  Order placed  o-1  detail-type is "Order placed", wanted "Order
                                        Placed" (case differs)

        rejected  entry 0: MalformedDetail: Detail is malformed.

        One of these was meant? Details: bridge.explain(bridge.history.events()[1])"
    `);
  });

  test('The failure for a common mistake says what to await, while deliveries are in flight', async () => {
    await using bridge = createBridge();
    await bridge.putRule({ Name: 'bills', EventPattern: shop });
    await bridge.putTargets({ Rule: 'bills', Targets: [{ Id: 'bill', Arn: bill }] });
    bridge.handle('BillFunction', () => {});
    await bridge.publish(order);
    expect(await failureOf(() => expect(bridge).not.toHaveDeliveredTo('BillFunction'))).toMatchInlineSnapshot(`
      "expect(bridge).not.toHaveDeliveredTo("BillFunction")

      Can't say yet: 1 delivery to "BillFunction" is in flight, 0 are waiting for a
      retry. Add \`await bridge.idle()\` before this line."
    `);
    await bridge.idle();
  });

  test('The failure for a common mistake shows how far the event got, when it matched and was not delivered', async () => {
    await using bridge = createBridge({ buses: ['test-orders'], onFailedDelivery: 'ignore' });
    await bridge.putRule({ Name: 'SlackRule', EventPattern: shop, EventBusName: 'test-orders' });
    await bridge.putTargets({
      Rule: 'SlackRule',
      EventBusName: 'test-orders',
      Targets: [
        {
          Id: 'slack',
          Arn: slack,
          InputTransformer: { InputPathsMap: { order: '$.detail' }, InputTemplate: '{"text": "<order>"}' },
        },
      ],
    });
    bridge.handle('SlackFunction', () => {});
    await bridge.bus('test-orders').publish(order);
    await bridge.idle();
    expect(await failureOf(() => expect(bridge).toHaveDeliveredTo('SlackFunction'))).toMatchInlineSnapshot(`
      "expect(bridge).toHaveDeliveredTo("SlackFunction")

      The event got this far:
        accepted     #1 com.shop / Order Placed on "test-orders"          ok
        rule         SlackRule                                            matched
        target       slack → SlackFunction                                ok
        input        InputTemplate: <order> is an object: write it        INVALID_JSON
                     without quotes around it.
        delivered    no; dropped (no dead-letter queue)"
    `);
  });

  test('The failure for a common mistake says which matcher takes plain values, when they are given for a pattern', async () => {
    await using bridge = createBridge();
    expect(await failureOf(() => expect(bridge).toHaveReceivedEvent({ source: 'com.shop' }))).toMatchInlineSnapshot(`
      "expect(bridge).toHaveReceivedEvent({ source: "com.shop" })

      This is not an event pattern: source must be an array, e.g. ["com.shop"].
      To compare with plain values use toHaveReceivedEventWith({ source: "com.shop" })"
    `);
  });

  test('The failure for a common mistake names the failures that a test did not observe, when it is over', async () => {
    const { bridge: fixture } = bridgeFixture();
    const clock = virtualClock();
    const outcome = fixture({ bridgeOptions: { ids: counting('o'), random: () => 1 }, clock }, async (bridge) => {
      await bridge.putRule({ Name: 'bills', EventPattern: shop });
      await bridge.putTargets({
        Rule: 'bills',
        Targets: [
          {
            Id: 'bill',
            Arn: endpoint,
            RoleArn,
            RetryPolicy: { MaximumRetryAttempts: 3 },
            DeadLetterConfig: { Arn: dlq },
          },
        ],
      });
      bridge.handle(endpoint, function bill() {
        throw new Error('card declined');
      });
      await bridge.publish(order);
      await bridge.drain();
    });
    expect(await failureOf(() => outcome)).toMatchInlineSnapshot(`
      "Unobserved failures in bridge (1)

        BillMachine  o-1  4 attempts in 7s  Error: card declined
                     at bill (test/testing/common-mistakes.test.ts:130:15)
                     → dead-lettered to BillDlq

      Assert it with \`toHaveDeadLetters("BillDlq")\`, or set
      \`onFailedDelivery: 'ignore'\`."
    `);
  });
});
