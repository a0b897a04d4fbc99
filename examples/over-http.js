// One bus for many processes: a server, a service that connects to it, and a test that waits for an event over plain HTTP.
import { createBridge } from 'footbridge';
import { connectBridge, serve } from 'footbridge/http';

const bridge = createBridge();
const server = await serve(bridge, { port: 0 });

// In the process of a service.
const billing = await connectBridge(server.url);
await billing.on({ 'detail-type': ['Order Placed'] }, async (event) => {
  await billing.publish({ source: 'com.billing', detailType: 'Order Billed', detail: { id: event.detail.id } });
});

// In a test, in any language: put an event as AWS's own clients do, and wait for what comes of it.
await fetch(server.url, {
  method: 'POST',
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSEvents.PutEvents' },
  body: JSON.stringify({
    Entries: [{ Source: 'com.shop', DetailType: 'Order Placed', Detail: JSON.stringify({ id: 'o-1' }) }],
  }),
});
const pattern = JSON.stringify({ 'detail-type': ['Order Billed'] });
const answer = await fetch(`${server.url}/_footbridge/events?${new URLSearchParams({ pattern, wait: '5' })}`);
const { events } = await answer.json();
console.log(`${events[0].event['detail-type']}: ${events[0].event.detail.id}`);

await billing.close();
await server.close();
await bridge.close();
