// The ways to call a bridge, beside a mock. Operation: one PutEvents call with one entry of 700 bytes, until its answer.
// A way is one line of `subjects` or `others`: a name and a function that makes one call.
import { env } from 'node:process';
import { makeEntry } from './tools/events.js';
import { seededRandom } from './tools/random.js';

/** Long enough for the SDK's pipeline to be optimised. */
export const milliseconds = 80;

export function groups() {
  return [{ name: 'PutEvents with one entry of 700 bytes' }];
}

export async function prepare() {
  // It would print what it thinks of this Node's age.
  env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const sdk = await import('@aws-sdk/client-eventbridge');
  const { mockClient } = await import('aws-sdk-client-mock');
  return { sdk, mockClient, request: { Entries: [makeEntry(seededRandom(9))] } };
}

export function floor({ request }) {
  const text = JSON.stringify(request);
  const parse = (times) => {
    let sum = 0;
    for (let i = 0; i < times; i++) sum += JSON.parse(text).Entries.length;
    return sum;
  };
  return [{ name: 'JSON.parse of the request', work: parse }];
}

/** What is left open until the end. */
const open = [];

export async function subjects(
  { bridge: { createBridge }, sdk: { mockResponder, clientConfig, retarget }, fetch, http },
  data,
) {
  const { request, mockClient } = data;
  const { EventBridgeClient, PutEventsCommand } = data.sdk;
  // Of a class of its own, so that no other client here is retargeted.
  class OrderClient extends EventBridgeClient {}
  const invoked = createBridge();
  const client = new EventBridgeClient(clientConfig(createBridge()));
  retarget(OrderClient, createBridge());
  const retargeted = new OrderClient({});
  const mocked = new EventBridgeClient({});
  const mock = mockClient(mocked);
  mock.on(PutEventsCommand).callsFake(mockResponder(createBridge(), 'PutEvents'));
  const server = await http.serve(createBridge(), { port: 0 });
  // As in production: it signs.
  const credentials = { accessKeyId: 'footbridge', secretAccessKey: 'footbridge' };
  const remote = new EventBridgeClient({ region: 'us-east-1', endpoint: server.url, credentials });
  open.push(async () => {
    remote.destroy();
    await server.close();
  });
  return [
    { name: "bridge.invoke('PutEvents', …)", work: repeat(() => invoked.invoke('PutEvents', request)) },
    { name: 'EventBridgeClient, clientConfig', work: repeat(() => client.send(new PutEventsCommand(request))) },
    { name: 'EventBridgeClient, retarget', work: repeat(() => retargeted.send(new PutEventsCommand(request))) },
    {
      name: 'fetchHandler, Request and Response made each time',
      work: repeat(fetching(fetch, createBridge(), request)),
    },
    { name: 'EventBridgeClient over loopback, serve', work: repeat(() => remote.send(new PutEventsCommand(request))) },
    {
      name: 'aws-sdk-client-mock, mockResponder',
      work: forgetting(mock, () => mocked.send(new PutEventsCommand(request))),
    },
  ];
}

export function others(_build, { sdk: { EventBridgeClient, PutEventsCommand }, mockClient, request }) {
  const client = new EventBridgeClient({});
  const mock = mockClient(client);
  mock.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] });
  return [
    { name: 'aws-sdk-client-mock, resolves', work: forgetting(mock, () => client.send(new PutEventsCommand(request))) },
  ];
}

/** Ends what would keep the process. */
export async function close() {
  for (const end of open) await end();
}

function fetching({ fetchHandler }, bridge, input) {
  const handler = fetchHandler(bridge);
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSEvents.PutEvents' };
  return async () => {
    const body = JSON.stringify(input);
    const request = new Request('http://127.0.0.1/', { method: 'POST', headers, body });
    return (await handler(request)).json();
  };
}

function repeat(call) {
  return async (times) => {
    let answered = 0;
    for (let i = 0; i < times; i++) answered += (await call()).FailedEntryCount === 0 ? 1 : 0;
    if (answered !== times) throw new Error(`${times - answered} of ${times} calls were not answered`);
    return answered;
  };
}

/** The mock keeps every call it was given, and searches them. */
function forgetting(mock, call) {
  const work = repeat(call);
  return (times) => {
    mock.resetHistory();
    return work(times);
  };
}
