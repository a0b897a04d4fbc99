// A unit test of code that publishes with the AWS SDK: the client is the real one, only its configuration is Footbridge's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { createBridge } from 'footbridge';
import { clientConfig } from 'footbridge/aws-sdk';

/** The code under test. */
async function placeOrder(client, order) {
  const entry = { Source: 'com.shop', DetailType: 'Order Placed', Detail: JSON.stringify(order) };
  const { FailedEntryCount } = await client.send(new PutEventsCommand({ Entries: [entry] }));
  if (FailedEntryCount !== 0) throw new Error('The order was not published');
}

test('an order is published as Order Placed', async () => {
  const bridge = createBridge();
  const client = new EventBridgeClient(clientConfig(bridge));

  await placeOrder(client, { id: 'o-1', total: 120 });

  const [event] = bridge.history.events();
  assert.equal(event.source, 'com.shop');
  assert.equal(event['detail-type'], 'Order Placed');
  assert.deepEqual(event.detail, { id: 'o-1', total: 120 });
});
