import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { http } from 'msw';
import { setupServer } from 'msw/node';
import { expect, onTestFinished, test } from 'vitest';
import { fetchHandler } from '../../src/fetch.js';
import { createBridge } from '../../src/index.js';

test('fetchHandler answers a client of the SDK that knows nothing of it, behind a mock of the network', async () => {
  const bridge = createBridge();
  const handler = fetchHandler(bridge);
  const network = setupServer(http.all('https://events.eu-west-1.amazonaws.com/', ({ request }) => handler(request)));
  network.listen({ onUnhandledRequest: 'error' });
  onTestFinished(() => network.close());
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  const client = new EventBridgeClient({ region: 'eu-west-1', credentials });
  onTestFinished(() => client.destroy());
  const entry = { Source: 'com.shop', DetailType: 'Order Placed', Detail: '{"n":1}' };
  expect(await client.send(new PutEventsCommand({ Entries: [entry] }))).toMatchObject({
    FailedEntryCount: 0,
    $metadata: { httpStatusCode: 200, attempts: 1, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  });
  expect(bridge.history.events()).toMatchObject([{ detail: { n: 1 } }]);
});
