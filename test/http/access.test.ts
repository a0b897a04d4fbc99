import { describe, expect, test } from 'vitest';
import { fetchHandler } from '../../src/fetch.js';
import { createBridge } from '../../src/index.js';
import { ask, oneEntry, served, to } from './served.js';

const control = '/_footbridge/events';

describe('A server on loopback', () => {
  test.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', 'localhost.evil.example', '10.0.0.1', 'a b'])(
    'does not answer to the host %j',
    async (host) => {
      const { url } = await served(createBridge());
      const answer = await ask(url, { headers: { ...to('PutEvents'), host }, body: oneEntry });
      expect(answer).toMatchObject({ status: 403, body: expect.stringContaining('"AccessDeniedException"') });
    },
  );

  test.each([
    'localhost',
    'LOCALHOST:1234',
    'bridge.localhost',
    '127.0.0.1',
    '127.1.2.3:80',
    '[::1]:80',
    'host.docker.internal:1',
  ])('answers to the host %j', async (host) => {
    const { url } = await served(createBridge(), { hosts: ['Host.Docker.internal'] });
    expect(await ask(url, { headers: { ...to('PutEvents'), host }, body: oneEntry })).toMatchObject({ status: 200 });
  });

  test.each([
    'https://evil.example',
    'http://localhost.evil.example',
    'null',
    'http://evil.example:80',
    'file://',
    'x',
  ])('does not answer a page of %s', async (origin) => {
    const bridge = createBridge();
    const { url } = await served(bridge);
    for (const path of ['/', control, '/_footbridge/health', '/_footbridge/reset']) {
      const answer = await ask(url, { path, headers: { ...to('PutEvents'), origin }, body: oneEntry });
      expect(answer.status).toBe(403);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
    const preflight = await ask(url, { method: 'OPTIONS', headers: { origin } });
    expect(preflight.status).toBe(403);
    expect(bridge.history.events()).toEqual([]);
  });

  test('does not answer what a page of another site makes the browser ask without an origin', async () => {
    const { url } = await served(createBridge());
    const asked = (site: string) => ask(url, { method: 'GET', path: control, headers: { 'sec-fetch-site': site } });
    expect(await asked('cross-site')).toMatchObject({ status: 403 });
    expect(await asked('same-site')).toMatchObject({ status: 403 });
    expect(await asked('none')).toMatchObject({ status: 200 });
  });

  test.each(['PutEvents', 'PutRule', 'DeleteRule', 'Nothing', '', 'AmazonSQS.SendMessage'])(
    'lets no page change state that is not listed: %s',
    async (operation) => {
      const bridge = createBridge();
      const { url } = await served(bridge);
      const origin = 'http://localhost:5173';
      const headers = { ...to(operation), origin };
      expect(await ask(url, { headers, body: oneEntry })).toMatchObject({
        status: 403,
        body: expect.stringContaining(
          'only if the option origins lists its origin: origins: [\\"http://localhost:5173\\"].',
        ),
      });
      expect(await ask(url, { headers: { origin }, body: oneEntry })).toMatchObject({ status: 403 });
      expect(bridge.history.events()).toEqual([]);
    },
  );

  test('lets pages of loopback read, and change nothing', async () => {
    const { url } = await served(createBridge());
    const origin = 'http://localhost:5173';
    const pattern = JSON.stringify({ EventPattern: '{"source":["a"]}', Event: '{"id":"1","source":"a"}' });
    expect(await ask(url, { headers: { ...to('TestEventPattern'), origin }, body: pattern })).toMatchObject({
      body: expect.stringContaining('Event'),
    });
    const answer = await ask(url, { headers: { ...to('DescribeEventBus'), origin }, body: '{}' });
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'access-control-allow-origin': origin, vary: 'origin' },
    });
    expect(answer.headers['access-control-expose-headers']).toContain('x-amzn-requestid');
    expect(await ask(url, { method: 'GET', path: control, headers: { origin } })).toMatchObject({ status: 200 });
    for (const path of ['/_footbridge/reset', '/_footbridge/connections', '/_footbridge/connections/x/publish']) {
      expect(await ask(url, { path, headers: { origin } })).toMatchObject({
        status: 403,
        headers: { 'access-control-allow-origin': origin },
        body: expect.stringContaining('only if the option origins lists its origin'),
      });
    }
  });

  test('lets pages that were named do everything', async () => {
    const origin = 'https://shop.example';
    const { url } = await served(createBridge(), { origins: ['HTTPS://Shop.example'] });
    expect(await ask(url, { path: '/_footbridge/reset', headers: { origin } })).toMatchObject({ status: 200 });
    const headers = { ...to('PutEvents'), origin };
    expect(await ask(url, { headers, body: oneEntry })).toMatchObject({ status: 200 });
  });

  test('tells browsers beforehand what they may send', async () => {
    const { url } = await served(createBridge());
    const asked = 'authorization,content-type,amz-sdk-request,x-amz-target';
    const headers = {
      origin: 'http://127.0.0.1:3000',
      'access-control-request-method': 'POST',
      'access-control-request-headers': asked,
      'access-control-request-private-network': 'true',
    };
    expect(await ask(url, { method: 'OPTIONS', headers })).toMatchObject({
      status: 204,
      body: '',
      headers: {
        'access-control-allow-origin': 'http://127.0.0.1:3000',
        'access-control-allow-headers': asked,
        'access-control-allow-methods': expect.stringContaining('POST'),
        'access-control-allow-private-network': 'true',
      },
    });
    const plain = await ask(url, { method: 'OPTIONS' });
    expect(plain).toMatchObject({ status: 204, headers: { allow: 'GET, HEAD, POST, OPTIONS' } });
  });

  test('that was opened to others answers to its addresses, and to no name that it was not given', async () => {
    const { url } = await served(createBridge(), { host: '0.0.0.0', hosts: ['bridge.internal'] });
    const asked = (host: string) => ask(url, { headers: { ...to('PutEvents'), host }, body: oneEntry });
    expect(await asked('10.0.0.1:4010')).toMatchObject({ status: 200 });
    expect(await asked('bridge.internal')).toMatchObject({ status: 200 });
    expect(await asked('evil.example')).toMatchObject({ status: 403 });
  });
});

describe('fetchHandler', () => {
  test.each([
    ['http://evil.example/', 403],
    ['http://bridge/', 200],
    ['http://localhost/', 200],
    ['http://10.0.0.1/', 200],
    ['https://shop.example/', 200],
  ])('keeps names that anybody may point here from control: %s', async (url, status) => {
    const handler = fetchHandler(createBridge());
    expect((await handler(new Request(new URL(control, url)))).status).toBe(status);
    const call = new Request(url, { method: 'POST', headers: to('PutEvents'), body: oneEntry });
    expect((await handler(call)).status).toBe(200);
  });

  test('answers the pages of its own site, over HTTPS, which change state if they are listed', async () => {
    const origins = ['https://shop.example'];
    const asked = async (url: string, origin: string, operation = 'ListRules', options = {}) => {
      const headers = { ...to(operation), origin };
      const body = operation === 'ListRules' ? '{}' : oneEntry;
      const handler = fetchHandler(createBridge(), options);
      return (await handler(new Request(url, { method: 'POST', headers, body }))).status;
    };
    expect(await asked('https://shop.example/', 'https://shop.example')).toBe(200);
    expect(await asked('https://shop.example/', 'https://shop.example', 'PutEvents')).toBe(403);
    expect(await asked('https://shop.example/', 'https://shop.example', 'PutEvents', { origins })).toBe(200);
    expect(await asked('https://shop.example/', 'https://evil.example')).toBe(403);
    expect(await asked('http://shop.example/', 'http://shop.example')).toBe(403);
  });
});
