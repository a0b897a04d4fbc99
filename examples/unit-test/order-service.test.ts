import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { TargetError } from 'footbridge';
import { clientConfig } from 'footbridge/aws-sdk';
import { expect, test as withBridge } from 'footbridge/vitest';
import { deployRules, placeOrders } from './order-service.js';

const review = 'arn:aws:sns:us-east-1:123456789012:review';

/** Beside `bridge` and `clock`: a real client that ends in this test's bridge. */
const test = withBridge.extend<{ client: EventBridgeClient }>({
  client: async ({ bridge }, use) => use(new EventBridgeClient(clientConfig(bridge))),
});

test('big orders are reviewed, others are not', async ({ bridge, client }) => {
  await deployRules(client);
  bridge.handle(review, () => {});

  await placeOrders(client, [
    { id: 'o-1', total: 120 },
    { id: 'o-2', total: 80 },
  ]);
  await bridge.idle();

  expect(bridge).toHaveReceivedEventTimes({ source: ['com.shop'], 'detail-type': ['Order Placed'] }, 2);
  expect(bridge).toHaveReceivedEventWith({ detail: { id: 'o-2', total: expect.any(Number) } });
  expect(bridge).toHaveDeliveredTo('review', { event: { detail: { id: ['o-1'] } }, times: 1 });
  expect(bridge).toHaveNoFailures();
});

test('an entry that is throttled is sent again, and no other', async ({ bridge, client }) => {
  const throttled = bridge.faults.putEvents({ entry: 1, code: 'ThrottlingException', calls: 1 });

  await placeOrders(client, [
    { id: 'o-1', total: 10 },
    { id: 'o-2', total: 20 },
    { id: 'o-3', total: 30 },
  ]);

  expect(throttled.fired).toBe(1);
  expect(bridge.history.events().map(({ detail }) => detail.id)).toEqual(['o-1', 'o-3', 'o-2']);
});

test('an entry that stays throttled is reported', async ({ bridge, client }) => {
  bridge.faults.putEvents({ entry: { detail: { id: ['o-2'] } }, code: 'ThrottlingException', calls: 3 });

  const placed = placeOrders(client, [
    { id: 'o-1', total: 10 },
    { id: 'o-2', total: 20 },
  ]);

  await expect(placed).rejects.toThrow('Not published: {"id":"o-2","total":20}: ThrottlingException');
  expect(bridge).toHaveReceivedEventTimes(1);
});

test('a rule that never matches is found by asking why', async ({ bridge, client }) => {
  const pattern = { 'detail-type': ['Order placed'], detail: { total: ['120'] } };
  await bridge.putRule({ Name: 'audit', EventPattern: JSON.stringify(pattern) });

  await placeOrders(client, [{ id: 'o-1', total: 120 }]);

  const event = await bridge.waitFor({ source: ['com.shop'] });
  expect(event).not.toMatchEventPattern(pattern);
  expect(String(bridge.explain(event))).toBe(
    `"Order Placed" from com.shop on bus default: 0 of 1 match
  ✗ rule audit
      detail-type is "Order Placed", wanted "Order placed" (case differs)
      detail.total is 120, a number; wanted "120", a string`,
  );
});

test('what nobody takes for an hour becomes a dead letter', async ({ bridge, client, clock }) => {
  await deployRules(client);
  bridge.handle(review, () => {
    throw new TargetError('THROTTLING', { message: 'Rate exceeded' });
  });

  await placeOrders(client, [{ id: 'o-1', total: 120 }]);
  await clock.advance('1h');

  expect(bridge).toHaveDeadLetters('review-dlq', 1);
  const [letter] = bridge.queue('review-dlq').messages;
  expect(letter?.attributes).toMatchObject({ ERROR_CODE: 'THROTTLING', RETRY_ATTEMPTS: '5' });
  expect(JSON.parse(letter?.body ?? '')).toMatchObject({ detail: { id: 'o-1' } });
});

test('a review that fails twice is made in the end', async ({ bridge, client, clock }) => {
  await deployRules(client);
  const reviewed: unknown[] = [];
  bridge.handle(review, (event) => reviewed.push(event.detail));
  bridge.faults.target(review, { code: 'THROTTLING', times: 2 });

  await placeOrders(client, [{ id: 'o-1', total: 120 }]);
  expect((await bridge.idle()).waiting).toBe(1);
  await clock.advance('1h');

  expect(reviewed).toEqual([{ id: 'o-1', total: 120 }]);
  expect(bridge).toHaveNoFailures();
});
