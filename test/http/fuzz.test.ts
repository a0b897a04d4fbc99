import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fetchHandler } from '../../src/fetch.js';
import { createBridge } from '../../src/index.js';
import { operationNames } from '../operations/operation-model.js';
import { ask, served, to } from './served.js';

const operation = fc.constantFrom(...operationNames, 'Nothing', '__proto__', 'constructor');
const target = fc.oneof(
  operation.map((name) => `AWSEvents.${name}`),
  fc.string().map((text) => text.replace(/[^\x20-\x7e]/g, '').trim()),
);
const headerName = fc.constantFrom(
  'content-type',
  'content-encoding',
  'content-length',
  'origin',
  'sec-fetch-site',
  'last-event-id',
  'accept',
  'authorization',
  'expect',
  'x-amz-date',
  'smithy-protocol',
);
const headerValue = fc.oneof(
  fc.constantFrom(
    'gzip',
    'deflate',
    'text/event-stream',
    'application/json; charset=utf-16',
    'null',
    '-1',
    'http://localhost',
  ),
  fc.string().map((text) => text.replace(/[^\x20-\x7e]/g, '').trim()),
);
const headers = fc.dictionary(headerName, headerValue, { maxKeys: 3, noNullPrototype: true });
const member = fc.constantFrom(
  'Entries',
  'Name',
  'EventPattern',
  'Rule',
  'Targets',
  'Limit',
  'NextToken',
  'Event',
  '__proto__',
);
const body = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes)),
  fc.json({ maxDepth: 5 }).map(encode),
  fc.dictionary(member, fc.jsonValue({ maxDepth: 4 })).map((value) => encode(JSON.stringify(value))),
  fc
    .array(
      fc.record(
        { Source: fc.jsonValue(), DetailType: fc.jsonValue(), Detail: fc.json(), Time: fc.jsonValue() },
        { requiredKeys: [] },
      ),
      { maxLength: 11 },
    )
    .map((Entries) => encode(JSON.stringify({ Entries }))),
  fc.nat(200_000).map((depth) => encode(`{"Entries":${'['.repeat(depth)}`)),
  fc.nat(50_000).map((depth) => encode(`{"Entries":${'['.repeat(depth)}${']'.repeat(depth)}}`)),
);
const control = fc.constantFrom(
  '',
  'health',
  'events',
  'explain',
  'reset',
  'connections',
  'connections/x/settle',
  'x/../y',
  '%00',
);
const query = fc.dictionary(
  fc.constantFrom('pattern', 'kind', 'bus', 'after', 'since', 'count', 'limit', 'eventId', 'x'),
  fc.oneof(fc.string(), fc.json(), fc.constantFrom('now', 'accepted', '1')),
  { maxKeys: 3 },
);

describe('Whatever is sent', () => {
  test('the API answers in the form of AWS, and goes on', async () => {
    const bridge = createBridge({ onUnhandledTarget: 'ignore', limits: { rulesPerBus: 10, buses: 10 } });
    const handler = fetchHandler(bridge);
    await fc.assert(
      fc.asyncProperty(target, headers, body, async (name, more, bytes) => {
        const response = await handler(
          new Request('http://localhost/', { method: 'POST', headers: { ...more, 'x-amz-target': name }, body: bytes }),
        );
        expectForm(response.status, response.headers.get('x-amzn-requestid'), await response.text());
      }),
      { numRuns: 500 },
    );
    const sound = new Request('http://localhost/', { method: 'POST', headers: to('ListRules'), body: '{}' });
    expect((await handler(sound)).status).toBe(200);
  });

  test('control answers in the form of AWS, and goes on', async () => {
    const bridge = createBridge();
    const handler = fetchHandler(bridge);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'POST', 'PUT'),
        control,
        query,
        body,
        async (method, path, given, bytes) => {
          const url = `http://localhost/_footbridge/${path}?${new URLSearchParams(given)}`;
          const response = await handler(new Request(url, method === 'GET' ? {} : { method, body: bytes }));
          expectForm(response.status, response.headers.get('x-amzn-requestid'), await response.text());
        },
      ),
      { numRuns: 500 },
    );
    expect((await handler(new Request('http://localhost/_footbridge/health'))).status).toBe(200);
  });

  test('a server answers in the form of AWS over a socket, and goes on', async () => {
    const { url } = await served(createBridge());
    await fc.assert(
      fc.asyncProperty(target, body, fc.webPath(), async (name, bytes, path) => {
        const {
          status,
          headers: answered,
          body: text,
        } = await ask(url, {
          path: `/${path}`,
          headers: { 'x-amz-target': name },
          body: bytes,
        });
        expectForm(status, String(answered['x-amzn-requestid']), text);
      }),
      { numRuns: 200 },
    );
  });
});

/** Success, or an error with a name and a sentence that is no accident of the code. */
function expectForm(status: number, requestId: string | null, text: string): void {
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect([200, 400, 403, 404, 405, 413, 415]).toContain(status);
  if (status === 200) {
    expect(() => JSON.parse(text === '' ? '{}' : text)).not.toThrow();
    return;
  }
  expect(JSON.parse(text)).toEqual({
    __type: expect.stringMatching(/^[A-Z][A-Za-z]+Exception$/),
    message: expect.stringMatching(/./s),
  });
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
