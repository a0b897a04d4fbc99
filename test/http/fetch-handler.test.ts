import { gzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { describe, expect, test, vi } from 'vitest';
import { fetchHandler, type RejectedRequest } from '../../src/fetch.js';
import { createBridge } from '../../src/index.js';
import { captureWarnings } from '../warnings.js';
import { oneEntry, to } from './served.js';

type Body = string | Uint8Array<ArrayBuffer>;

const endpoint = 'https://events.us-east-1.amazonaws.com/';

async function put(body: Body, headers: Record<string, string> = {}, options = {}) {
  const bridge = createBridge();
  const handler = fetchHandler(bridge, options);
  const request = new Request(endpoint, { method: 'POST', headers: { ...to('PutEvents'), ...headers }, body });
  const response = await handler(request);
  return {
    status: response.status,
    text: await response.text(),
    details: bridge.history.events().map((e) => e.detail),
  };
}

function refusal(__type: string, message: string): string {
  return JSON.stringify({ __type, message });
}

describe('fetchHandler', () => {
  test('tells onRejectedRequest of what is refused, and of nothing else', async () => {
    const told: unknown[] = [];
    const onRejectedRequest = (refusal: RejectedRequest) => told.push(refusal);
    await put(oneEntry, {}, { onRejectedRequest });
    await put('{"Entries":[]}', {}, { onRejectedRequest });
    await put('no JSON', {}, { onRejectedRequest });
    await put(oneEntry, { origin: 'https://evil.example' }, { onRejectedRequest });
    const request = { method: 'POST', path: '/', operation: 'PutEvents' };
    expect(told).toEqual([
      { ...request, status: 400, name: 'ValidationException', message: expect.stringContaining('validation error') },
      { ...request, status: 400, name: 'SerializationException', message: 'The request body is not JSON.' },
      { ...request, status: 403, name: 'AccessDeniedException', message: expect.stringContaining('evil.example') },
    ]);
  });

  test('answers also where onRejectedRequest throws, and says so on the console', async () => {
    const warnings = captureWarnings();
    const onRejectedRequest = () => expect.fail('no log');
    expect(await put('no JSON', {}, { onRejectedRequest })).toMatchObject({ status: 400 });
    expect(warnings).toEqual(['footbridge: onRejectedRequest failed: AssertionError: no log']);
  });

  test('answers requests for the real endpoint, as in a service worker', async () => {
    expect(await put(oneEntry)).toMatchObject({ status: 200, details: [{ n: 1 }] });
  });

  test('answers in Hono, under any path', async () => {
    const handler = fetchHandler(createBridge());
    const app = new Hono();
    app.all('*', (c) => handler(c.req.raw));
    for (const path of ['/', '/base/', '/a/b?c=d']) {
      const response = await app.request(path, { method: 'POST', headers: to('PutEvents'), body: oneEntry });
      expect(await response.json()).toMatchObject({ FailedEntryCount: 0 });
    }
  });

  test.each<[string, Body, Record<string, string>]>([
    ['a byte order mark', `\uFEFF${oneEntry}`, {}],
    ['a charset', oneEntry, { 'content-type': 'application/x-amz-json-1.1; charset=UTF-8' }],
    ['UTF-16', utf16(oneEntry), { 'content-type': 'application/x-amz-json-1.1; charset="utf-16le"' }],
    ['JSON 1.0', oneEntry, { 'content-type': 'application/x-amz-json-1.0' }],
    ['no type that says JSON', oneEntry, { 'content-type': 'application/x-www-form-urlencoded' }],
    ['gzip', new Uint8Array(gzipSync(oneEntry)), { 'content-encoding': 'gzip' }],
    ['identity', oneEntry, { 'content-encoding': 'identity' }],
  ])('reads a body with %s', async (_, body, headers) => {
    expect(await put(body, headers)).toMatchObject({ status: 200, details: [{ n: 1 }] });
  });

  test.each<[string, Body, Record<string, string>, number, string]>([
    ['that is cut off', '{"Entries":[', {}, 400, refusal('SerializationException', 'The request body is not JSON.')],
    [
      'of NaN',
      '{"Entries":[{"Time":NaN}]}',
      {},
      400,
      refusal('SerializationException', 'The request body is not JSON.'),
    ],
    [
      'that is a list',
      '[]',
      {},
      400,
      refusal('SerializationException', 'The input must be an object, but is an array.'),
    ],
    [
      'that is no UTF-8',
      new Uint8Array([0x7b, 0xff, 0x7d]),
      {},
      400,
      refusal('SerializationException', 'The request body is not valid utf-8.'),
    ],
    [
      'of an unknown charset',
      '{}',
      { 'content-type': 'application/json; charset=klingon' },
      400,
      refusal('SerializationException', 'The charset "klingon" is unknown.'),
    ],
    [
      'that is no gzip',
      '{}',
      { 'content-encoding': 'gzip' },
      400,
      refusal(
        'SerializationException',
        'The request body cannot be decompressed: it does not match its content-encoding.',
      ),
    ],
    [
      'packed in another way',
      '{}',
      { 'content-encoding': 'br' },
      415,
      refusal(
        'UnsupportedMediaTypeException',
        'Unsupported content-encoding "br"; expected gzip, deflate or identity.',
      ),
    ],
    [
      'with a Detail that is an object',
      '{"Entries":[{"Source":"a","DetailType":"b","Detail":{}}]}',
      {},
      400,
      refusal('SerializationException', "Member 'entries.1.member.detail' must be a string, but is an object."),
    ],
  ])('refuses a body %s', async (_, body, headers, status, text) => {
    expect(await put(body, headers)).toEqual({ status, text, details: [] });
  });

  test('takes times as whole seconds, with a fraction, and as text', async () => {
    const bridge = createBridge();
    const times = ['1767323045', '1767323045.678', '"2026-01-02T03:04:05Z"'];
    const entries = times.map((time) => `{"Source":"a","DetailType":"b","Detail":"{}","Time":${time}}`);
    await fetchHandler(bridge)(
      new Request(endpoint, { method: 'POST', headers: to('PutEvents'), body: `{"Entries":[${entries}]}` }),
    );
    expect(new Set(bridge.history.events().map(({ time }) => time))).toEqual(new Set(['2026-01-02T03:04:05Z']));
  });

  test('keeps a lone surrogate that is written as an escape', async () => {
    const Detail = '{"text":"\\ud800"}';
    const { status, details } = await put(JSON.stringify({ Entries: [{ Source: 'a', DetailType: 'b', Detail }] }));
    expect({ status, details }).toEqual({ status: 200, details: [{ text: '\ud800' }] });
  });

  test('takes a Detail of nearly a mebibyte, each quote of it escaped', async () => {
    const Detail = JSON.stringify({ list: Array.from({ length: 209_000 }, () => 'a"') });
    const entry = { Source: 'a', DetailType: 'b', Detail };
    const { status, text } = await put(JSON.stringify({ Entries: [entry] }));
    expect({ status, text }).toMatchObject({ status: 400, text: expect.stringContaining('over the limit') });
    const fitting = JSON.stringify({ list: Array.from({ length: 170_000 }, () => 'a"') });
    expect(await put(JSON.stringify({ Entries: [{ ...entry, Detail: fitting }] }))).toMatchObject({ status: 200 });
  });

  test.each<[string, Body, Record<string, string>]>([
    ['plain', 'x'.repeat(1001), {}],
    ['packed', new Uint8Array(gzipSync('x'.repeat(100_000))), { 'content-encoding': 'gzip' }],
  ])('answers a body above the limit with 413: %s', async (_, body, headers) => {
    const { status, text } = await put(body, headers, { bodyLimit: 1000 });
    const message = 'The request body is larger than 1000 bytes. The option bodyLimit allows more.';
    expect({ status, text }).toEqual({ status: 413, text: refusal('RequestEntityTooLargeException', message) });
  });

  test.each(['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH'])('refuses the method %s', async (method) => {
    const response = await fetchHandler(createBridge())(new Request(endpoint, { method }));
    const text = refusal('UnknownOperationException', `The method must be POST, but is ${method}.`);
    expect({ status: response.status, allow: response.headers.get('allow'), text: await response.text() }).toEqual({
      status: 405,
      allow: 'POST, OPTIONS',
      text: method === 'HEAD' ? '' : text,
    });
  });

  test.each<[string, Record<string, string>, number, string]>([
    [
      'without an operation',
      {},
      400,
      'The header x-amz-target is missing. It names the operation, such as AWSEvents.PutEvents.',
    ],
    [
      'for another service',
      { 'x-amz-target': 'AmazonSQS.SendMessage' },
      400,
      'EventBridge has no operation AmazonSQS.SendMessage.',
    ],
    ['for __proto__', { 'x-amz-target': 'AWSEvents.__proto__' }, 400, 'EventBridge has no operation __proto__.'],
    [
      'in CBOR',
      { 'smithy-protocol': 'rpc-v2-cbor' },
      404,
      'Unsupported protocol "rpc-v2-cbor"; expected AWS JSON 1.1.',
    ],
  ])('refuses a request %s', async (_, headers, status, message) => {
    const response = await fetchHandler(createBridge())(new Request(endpoint, { method: 'POST', headers, body: '{}' }));
    const text = refusal('UnknownOperationException', message);
    expect({ status: response.status, text: await response.text() }).toEqual({ status, text });
  });

  test('refuses a request whose body has been read already', async () => {
    const request = new Request(endpoint, { method: 'POST', headers: to('PutEvents'), body: oneEntry });
    await request.text();
    const response = await fetchHandler(createBridge())(request);
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ __type: 'InternalException' });
  });

  test('waits for nothing when nobody waits for the answer', async () => {
    const handler = fetchHandler(createBridge());
    const url = 'http://localhost/_footbridge/events?wait=300';
    const response = await handler(new Request(url, { signal: AbortSignal.abort() }));
    expect(await response.json()).toMatchObject({ events: [] });
  });

  test('says that its bridge is closed', async () => {
    const bridge = createBridge();
    await bridge.close();
    const response = await fetchHandler(bridge)(
      new Request(endpoint, { method: 'POST', headers: to('PutEvents'), body: oneEntry }),
    );
    expect(await response.json()).toEqual({ __type: 'BridgeClosedException', message: 'The bridge is closed.' });
  });

  test('needs a bridge, and options that there are', () => {
    expect(() => fetchHandler({} as never)).toThrow(
      'fetchHandler needs a bridge, made by createBridge or sharedBridge.',
    );
    expect(() => fetchHandler(createBridge(), { origins: ['*'], port: 1 } as never)).toThrow(
      'fetchHandler: origins must be a list of origins such as "https://a.example", but is an array; port is not an option; the options are origins, hosts, bodyLimit, onRejectedRequest.',
    );
  });
});

describe('fetchHandler on other platforms', () => {
  const call = { method: 'POST', headers: to('PutEvents'), body: oneEntry };

  // Firefox 128 has no Request.body.
  test('reads a request that has no stream', async () => {
    const bridge = createBridge();
    const request = new Request(endpoint, call);
    Object.defineProperty(request, 'body', { value: undefined });
    expect(await (await fetchHandler(bridge)(request)).json()).toMatchObject({ FailedEntryCount: 0 });
    const long = new Request(endpoint, call);
    Object.defineProperty(long, 'body', { value: undefined });
    expect((await fetchHandler(bridge, { bodyLimit: 10 })(long)).status).toBe(413);
  });

  // Cloudflare Workers throw for these while a module loads.
  test('is made without random values and timers', async () => {
    const forbidden = () => {
      throw new Error('Disallowed operation called within global scope.');
    };
    vi.stubGlobal('crypto', { getRandomValues: forbidden });
    vi.stubGlobal('setTimeout', forbidden);
    const handler = fetchHandler(createBridge());
    vi.unstubAllGlobals();
    expect((await handler(new Request(endpoint, call))).status).toBe(200);
    expect((await handler(new Request('http://localhost/_footbridge/events'))).status).toBe(200);
  });
});

function utf16(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Uint16Array.from(text, (unit) => unit.charCodeAt(0)).buffer);
}
