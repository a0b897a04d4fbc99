// PutEvents answers 200 although some entries failed: does your code look?
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { createBridge, PutEventsError } from 'footbridge';
import { clientConfig } from 'footbridge/aws-sdk';

const bridge = createBridge();
const client = new EventBridgeClient(clientConfig(bridge));

const entry = (Detail) => ({ Source: 'com.shop', DetailType: 'Order Placed', Detail });
const request = { Entries: [entry('{"id":"o-1"}'), entry('{"id":'), entry('{"id":"o-3"}')] };

const { FailedEntryCount, Entries } = await client.send(new PutEventsCommand(request));
console.log(`${FailedEntryCount} of ${Entries.length} failed`);
for (const [i, { ErrorCode, ErrorMessage }] of Entries.entries()) {
  if (ErrorCode !== undefined) console.log(`entry ${i}: ${ErrorCode}: ${ErrorMessage}`);
}
console.log(`accepted: ${bridge.history.events().map((event) => event.detail.id)}`);

// `publish` does look: it throws when not everything was accepted.
const order = { source: 'com.shop', detailType: 'Order Placed', detail: { id: 'o-4' } };
try {
  await bridge.publish([order, { ...order, source: 'aws.shop' }]);
} catch (error) {
  if (!(error instanceof PutEventsError)) throw error;
  console.log(error.message);
}
