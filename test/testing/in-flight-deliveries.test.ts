import { describe, vi } from 'vitest';
import { createBridge } from '../../src/index.js';
import { expect, test } from '../../src/vitest.js';
import { gate } from '../gate.js';
import { RoleArn } from '../role.js';
import { failureOf } from './failing.js';
import { machine } from './ship.js';

const event = { source: 'com.shop', detailType: 'Order Placed', detail: {} };
const shop = { source: ['com.shop'] };

describe('Assertions while deliveries are in flight', () => {
  test('What has not happened cannot be asserted while a delivery may still cause it', async ({ bridge }) => {
    const { promise: opened, open } = gate();
    await bridge.putRule({ Name: 'other', EventPattern: '{"source":["com.other"]}' });
    const DeadLetterConfig = { Arn: 'arn:aws:sqs:us-east-1:123456789012:dlq' };
    await bridge.putTargets({ Rule: 'other', Targets: [{ Id: '1', Arn: machine, RoleArn, DeadLetterConfig }] });
    bridge.on(shop, () => opened.then(() => bridge.publish({ ...event, source: 'com.bank' })), { name: 'bill' });
    await bridge.publish(event);
    const early: (() => unknown)[] = [
      () => expect(bridge).not.toHaveReceivedEvent({ source: ['com.bank'] }),
      () => expect(bridge).not.toHaveReceivedEventWith({ source: 'com.bank' }),
      () => expect(bridge).not.toHaveReceivedEventTimes(2),
      () => expect(bridge).toHaveReceivedEventTimes({ source: ['com.bank'] }, 0),
      () => expect(bridge).not.toHaveReceivedEvents([shop, { source: ['com.bank'] }]),
      () => expect(bridge).not.toHaveDeliveredTo('bill'),
      () => expect(bridge).toHaveDeliveredTo('bill'),
      () => expect(bridge).toHaveDeliveredTo('bill', { times: 0 }),
      () => expect(bridge).not.toHaveDeadLetters('dlq'),
      () => expect(bridge).toHaveDeadLetters('dlq', 0),
      () => expect(bridge).toHaveNoFailures(),
      () => expect(bridge).not.toHaveNoFailures(),
      () => expect(bridge).not.toEventuallyReceiveEvent({ source: ['com.bank'] }, { timeout: 0 }),
    ];
    for (const assertion of early) {
      expect((await failureOf(assertion)).replaceAll('\n', ' ')).toContain(
        'Add `await bridge.idle()` before this line.',
      );
    }
    open();
    await bridge.idle();
    expect(bridge).toHaveReceivedEventTimes(2);
    expect(bridge).not.toHaveReceivedEventTimes(1);
    expect(bridge).toHaveNoFailures();
    expect(bridge).not.toHaveDeadLetters('dlq');
  });

  test('What has not happened cannot be asserted as a number that deliveries in flight may change', async ({
    bridge,
  }) => {
    const { promise: opened, open } = gate();
    const second = gate();
    const bill = vi.fn().mockImplementationOnce(() => {});
    bill.mockImplementation(() => {
      second.open();
      return opened;
    });
    bridge.on(shop, bill, { name: 'bill' });
    await bridge.publish([event, event]);
    await second.promise;
    expect(bridge).toHaveDeliveredTo('bill');
    expect(await failureOf(() => expect(bridge).toHaveDeliveredTo('bill', { times: 1 }))).toContain(
      'Can\'t say yet: 1 delivery to "bill" is in flight',
    );
    expect(await failureOf(() => expect(bridge).toHaveDeliveredTo('bill', { times: 2 }))).toContain("Can't say yet");
    expect(await failureOf(() => expect(bridge).toHaveDeliveredTo('bill', { times: 0 }))).toContain('Wanted 0.');
    expect(bridge).not.toHaveDeliveredTo('bill', { times: 0 });
    open();
    await bridge.idle();
    expect(bridge).toHaveDeliveredTo('bill', { times: 2 });
  });

  test('What has not happened can be asserted while only a retry is due later', async ({ bridge, clock }) => {
    const bill = vi.fn().mockRejectedValueOnce(new Error('busy'));
    bridge.on(shop, bill, { name: 'bill', retryPolicy: {} });
    await bridge.publish(event);
    await bridge.idle();
    expect(bridge).not.toHaveDeliveredTo('bill');
    expect(await failureOf(() => expect(bridge).toHaveDeliveredTo('bill'))).toContain(
      '1 delivery waits for a retry: `await bridge.drain()` runs all retries.',
    );
    await clock.advance('1h');
    expect(bridge).toHaveDeliveredTo('bill', { times: 1 });
  });

  test('What has not happened cannot be asserted of events that left the history, or that it never had', async () => {
    await using short = createBridge({ history: 1 });
    await short.publish([event, { ...event, source: 'com.bank' }]);
    expect(await failureOf(() => expect(short).not.toHaveReceivedEvent(shop))).toContain(
      'the 1 oldest event left the history',
    );
    expect(await failureOf(() => expect(short).toHaveReceivedEventTimes(1))).toContain(
      'the 1 oldest event left the history',
    );
    expect(await failureOf(() => expect(short).toHaveNoFailures())).toContain('the 1 oldest event left the history');
    expect(short).toHaveReceivedEvent({ source: ['com.bank'] });
    await using none = createBridge({ history: 0 });
    await none.publish(event);
    expect(await failureOf(() => expect(none).toHaveReceivedEvent(shop))).toContain('keeps no history');
    expect(await failureOf(() => expect(none).not.toHaveReceivedEvent(shop))).toContain('keeps no history');
    expect(await failureOf(() => expect(none).toEventuallyReceiveEvent(shop))).toContain('keeps no history');
  });
});
