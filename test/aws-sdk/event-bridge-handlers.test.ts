import { EventBridgeClient, PutEventsCommand, PutRuleCommand } from '@aws-sdk/client-eventbridge';
import { getResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { eventBridgeHandlers } from '../../src/aws-sdk.js';
import { createBridge } from '../../src/index.js';
import { forbidNetwork } from './no-network.js';

const Entries = [{ Source: 'com.shop', DetailType: 'Order Placed', Detail: '{"id":1}' }];
const credentials = { accessKeyId: 'production', secretAccessKey: 'production' };
const server = setupServer();

function ask(url: string, init: { method?: string; target?: string; body?: string } = {}) {
  const { method = 'POST', target = 'AWSEvents.ListRules', body = '{}' } = init;
  const headers = target === '' ? {} : { 'x-amz-target': target };
  return new Request(url, { method, headers, ...(method === 'GET' ? {} : { body }) });
}

describe('The request handlers for MSW', () => {
  beforeAll(() => {
    forbidNetwork();
    server.listen({ onUnhandledRequest: 'error' });
  });
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());

  test('answer the requests of a client in production', async () => {
    const bridge = createBridge({ limits: { rulesPerBus: 1 } });
    server.use(...eventBridgeHandlers(bridge));
    const client = new EventBridgeClient({ region: 'eu-west-1', credentials, maxAttempts: 1 });
    const put = await client.send(new PutEventsCommand({ Entries }));
    expect(put).toMatchObject({ FailedEntryCount: 0, $metadata: { httpStatusCode: 200, attempts: 1 } });
    expect(bridge.history.events()).toMatchObject([{ detail: { id: 1 } }]);
    const rule = (Name: string) => client.send(new PutRuleCommand({ Name, EventPattern: '{"source":["a"]}' }));
    await rule('a');
    await expect(rule('b')).rejects.toMatchObject({ name: 'LimitExceededException', $fault: 'client' });
  });

  test.each([
    'https://events.us-east-1.amazonaws.com/',
    'https://events.cn-north-1.amazonaws.com.cn/',
    'https://events-fips.us-gov-west-1.amazonaws.com/',
    'https://events.eu-west-1.api.aws/',
    'https://abcde.veo.endpoint.events.amazonaws.com/',
    'http://localhost:4566/',
    'https://gateway.shop.example/events',
  ])('answer what is sent to %s', async (url) => {
    const response = await getResponse(eventBridgeHandlers(createBridge()), ask(url));
    expect(response?.status).toBe(200);
    expect(await response?.text()).toBe('{"Rules":[]}');
    expect(response?.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('answer by fetch too, an empty body where the service has nothing to say', async () => {
    server.use(...eventBridgeHandlers(createBridge()));
    const request = ask('https://events.eu-west-1.amazonaws.com/', {
      target: 'AWSEvents.DeleteRule',
      body: '{"Name":"x"}',
    });
    const response = await fetch(request);
    expect([response.status, await response.text(), response.headers.get('content-length')]).toEqual([200, '', '0']);
  });

  test('answer a refusal as the service does', async () => {
    const request = ask('https://events.eu-west-1.amazonaws.com/', { target: 'AWSEvents.PutRocket' });
    const response = await getResponse(eventBridgeHandlers(createBridge()), request);
    expect(response?.status).toBe(400);
    expect(await response?.json()).toEqual({
      __type: 'UnknownOperationException',
      message: 'EventBridge has no operation PutRocket.',
    });
  });

  test.each([
    ['another service', { target: 'DynamoDB_20120810.ListTables' }],
    ['no target', { target: '' }],
    ['another method', { method: 'GET' }],
  ])('pass by a request with %s', async (_, init) => {
    const request = ask('https://events.eu-west-1.amazonaws.com/', init);
    expect(await getResponse(eventBridgeHandlers(createBridge()), request)).toBeUndefined();
    const others = http.all('*', () => new Response('of another handler'));
    const response = await getResponse([...eventBridgeHandlers(createBridge()), others], request);
    expect(await response?.text()).toBe('of another handler');
  });

  test('leave the request to be read by who listens', async () => {
    server.use(...eventBridgeHandlers(createBridge()));
    const bodies: Promise<string>[] = [];
    server.events.on('request:match', ({ request }) => {
      bodies.push(request.text());
    });
    await fetch(ask('https://events.eu-west-1.amazonaws.com/', { body: '{"Limit":7}' }));
    server.events.removeAllListeners();
    expect(await Promise.all(bodies)).toEqual(['{"Limit":7}']);
  });

  test('are listed, restored and reset with the others', async () => {
    server.use(...eventBridgeHandlers(createBridge()));
    expect(server.listHandlers().map(({ kind }) => kind)).toEqual(['request']);
    server.restoreHandlers();
    expect((await fetch(ask('https://events.eu-west-1.amazonaws.com/'))).status).toBe(200);
    server.resetHandlers();
    expect(server.listHandlers()).toEqual([]);
  });

  test('need a bridge', () => {
    expect(() => eventBridgeHandlers({} as never)).toThrow(
      'eventBridgeHandlers needs a bridge, made by createBridge or sharedBridge.',
    );
  });
});
