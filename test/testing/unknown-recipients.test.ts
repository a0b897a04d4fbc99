import { describe } from 'vitest';
import { createBridge } from '../../src/index.js';
import { expect, test } from '../../src/vitest.js';
import { failureOf } from './failing.js';

const lambda = 'arn:aws:lambda:us-east-1:123456789012:function';
const dlq = 'arn:aws:sqs:us-east-1:123456789012:bill-dlq';
const shop = { source: ['com.shop'] };
const order = { source: 'com.shop', detailType: 'Order Placed', detail: {} };

async function shopBridge() {
  const bridge = createBridge({ buses: ['orders', 'returns'] });
  await bridge.putRule({ Name: 'bills', EventPattern: JSON.stringify(shop), EventBusName: 'orders' });
  const Targets = [
    { Id: '1', Arn: `${lambda}:bill`, DeadLetterConfig: { Arn: dlq } },
    { Id: '2', Arn: `${lambda}:ship` },
  ];
  await bridge.putTargets({ Rule: 'bills', EventBusName: 'orders', Targets });
  bridge.handle('*', () => {});
  return bridge;
}

describe('Unknown names', () => {
  test('A name that does not exist fails every assertion about deliveries, with .not or without', async () => {
    await using bridge = await shopBridge();
    const wrong: (() => unknown)[] = [
      () => expect(bridge).not.toHaveDeliveredTo('bil'),
      () => expect(bridge).toHaveDeliveredTo('shipp', { times: 0 }),
      () => expect(bridge).not.toHaveDeliveredTo('BillFunction', { times: 2 }),
      () => expect(bridge.bus('orders')).not.toHaveDeliveredTo('bils'),
      () => expect(bridge.bus('returns')).not.toHaveDeliveredTo('bils'),
      () => expect(bridge).not.toHaveDeliveredTo(`${lambda}:bil`),
    ];
    const messages = await Promise.all(wrong.map(failureOf));
    expect(messages.map((message) => message.slice(message.indexOf('\n\n') + 2))).toMatchInlineSnapshot(`
      [
        "There is no rule, target or subscription "bil". Did you mean "bill"? There are
      also "bills", "ship".",
        "There is no rule, target or subscription "shipp". Did you mean "ship"? There are
      also "bill", "bills".",
        "There is no rule, target or subscription "BillFunction". There are "bills",
      "bill", "ship".",
        "There is no rule, target or subscription "bils" on bus "orders". Did you mean
      "bills"? There are also "bill", "ship".",
        "There is no rule, target or subscription "bils" on bus "returns". There are
      none.",
        "There is no rule, target or subscription
      "arn:aws:lambda:us-east-1:123456789012:function:bil". Did you mean "bill"? There
      are also "bills", "ship".",
      ]
    `);
  });

  test('A name that does not exist fails every assertion about dead letters, with .not or without', async () => {
    await using bridge = await shopBridge();
    const wrong: (() => unknown)[] = [
      () => expect(bridge).not.toHaveDeadLetters('bill-dql'),
      () => expect(bridge).toHaveDeadLetters('bill-dql', 0),
      () => expect(bridge).toHaveDeadLetters('bill-dql'),
      () => expect(createBridge()).not.toHaveDeadLetters('bill-dlq'),
    ];
    const messages = await Promise.all(wrong.map(failureOf));
    expect(messages.map((message) => message.slice(message.indexOf('\n\n') + 2))).toMatchInlineSnapshot(`
      [
        "There is no queue "bill-dql". Did you mean "bill-dlq"?",
        "There is no queue "bill-dql". Did you mean "bill-dlq"?",
        "There is no queue "bill-dql". Did you mean "bill-dlq"?",
        "There is no queue "bill-dlq". There are none.",
      ]
    `);
    expect(bridge).not.toHaveDeadLetters('bill-dlq');
    expect(bridge).not.toHaveDeadLetters(dlq);
  });

  test('A name that does not exist of a bus fails every assertion', async () => {
    await using bridge = await shopBridge();
    await bridge.putEvents({
      Entries: [{ Source: 'com.shop', DetailType: 'Order Placed', Detail: '{}', EventBusName: 'order' }],
    });
    await bridge.publish(order);
    await bridge.idle();
    const handle = bridge.bus('order');
    const wrong: (() => unknown)[] = [
      () => expect(handle).not.toHaveReceivedEvent(),
      () => expect(handle).not.toHaveReceivedEvent({ source: ['com.bank'] }),
      () => expect(handle).not.toHaveReceivedEventWith({ source: 'com.shop' }),
      () => expect(handle).toHaveReceivedEventTimes(0),
      () => expect(handle).not.toHaveReceivedEventTimes(1),
      () => expect(handle).toHaveReceivedEvents([]),
      () => expect(handle).not.toHaveReceivedEvents([shop]),
      () => expect(handle).not.toEventuallyReceiveEvent(shop, { timeout: 0 }),
      () => expect(handle).not.toHaveDeliveredTo('bill'),
      () => expect(handle).not.toHaveDeadLetters('bill-dlq'),
      () => expect(handle).toHaveNoFailures(),
      () => expect(handle).not.toHaveNoFailures(),
    ];
    for (const assertion of wrong) {
      expect(await failureOf(assertion)).toContain(
        'There is no bus "order". Did you mean "orders"? There are also "returns",\n"default".',
      );
    }
    expect(await failureOf(wrong[0] as () => unknown)).toMatchInlineSnapshot(`
      "expect(bridge.bus("order")).not.toHaveReceivedEvent()

      There is no bus "order". Did you mean "orders"? There are also "returns",
      "default".

      1 event sent to it was dropped.

      1 event that would match came to "default"."
    `);
  });

  test('A name that does not exist is not one that something had', async () => {
    await using bridge = await shopBridge();
    bridge.on(shop, () => {}, { name: 'audit' }).dispose();
    bridge.bus('spare').on(shop, () => {}, { name: 'spare audit' });
    await bridge.deleteEventBus({ Name: 'spare' });
    await bridge.removeTargets({ Rule: 'bills', EventBusName: 'orders', Ids: ['1'] });
    await bridge.putTargets({ Rule: 'bills', EventBusName: 'orders', Targets: [{ Id: '2', Arn: `${lambda}:send` }] });
    for (const name of ['audit', 'spare audit', 'bill', 'ship', 'send', 'bills']) {
      expect(bridge).not.toHaveDeliveredTo(name);
    }
    await bridge.removeTargets({ Rule: 'bills', EventBusName: 'orders', Ids: ['2'] });
    await bridge.deleteRule({ Name: 'bills', EventBusName: 'orders' });
    expect(bridge).not.toHaveDeliveredTo('bills');
    expect(bridge).not.toHaveDeliveredTo('send');
  });

  test('A name that does not exist is not one that a function, a queue, a bus or a rule without targets has', async () => {
    await using bridge = createBridge();
    bridge.handle('bill', () => {});
    await bridge.putRule({ Name: 'jobs-rule', EventPattern: '{"source":["com.other"]}' });
    await bridge.putTargets({
      Rule: 'jobs-rule',
      Targets: [{ Id: '1', Arn: 'arn:aws:sqs:us-east-1:123456789012:jobs' }],
    });
    await bridge.putRule({ Name: 'empty', EventPattern: JSON.stringify(shop) });
    for (const name of ['bill', `${lambda}:bill`, 'jobs', 'default', 'empty']) {
      expect(bridge).not.toHaveDeliveredTo(name);
    }
    expect(await failureOf(() => expect(bridge).toHaveDeliveredTo('bill'))).toContain(
      '"bill" has a handler, but no rule has it as a target',
    );
    expect(await failureOf(() => expect(bridge).toHaveDeadLetters('jobs'))).toContain(
      'No target has "jobs" as its dead-letter queue',
    );
  });
});
