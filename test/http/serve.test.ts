import { CloudWatchEventsClient, PutEventsCommand as OlderPutEvents } from '@aws-sdk/client-cloudwatch-events';
import {
  DescribeRuleCommand,
  EventBridgeClient,
  EventBridgeServiceException,
  PutEventsCommand,
  PutRuleCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-eventbridge';
import { describe, expect, onTestFinished, test } from 'vitest';
import { serve } from '../../src/http.js';
import { createBridge } from '../../src/index.js';
import { openSocket } from './raw-socket.js';
import { ask, oneEntry, served, to } from './served.js';

const entry = { Source: 'com.shop', DetailType: 'Order Placed', Detail: '{"name":"é😀"}' };
const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
const head = `POST / HTTP/1.1\r\nhost: localhost\r\nx-amz-target: AWSEvents.PutEvents\r\n`;

describe('serve', () => {
  test('listens on loopback, on any free port if it is told so', async () => {
    const server = await served(createBridge());
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
    expect(server.port).toBeGreaterThan(0);
  });

  test('sends a new request id each time, and no date', async () => {
    const { url } = await served(createBridge());
    const answers = await Promise.all([1, 2].map(() => ask(url, { headers: to('ListRules'), body: '{}' })));
    expect(new Set(answers.map(({ headers }) => headers['x-amzn-requestid'])).size).toBe(2);
    expect(answers.map(({ headers }) => headers.date)).toEqual([undefined, undefined]);
  });

  test('serves the real client of the AWS SDK, errors too', async () => {
    const bridge = createBridge();
    const { url: endpoint } = await served(bridge);
    const client = new EventBridgeClient({ endpoint, region: 'us-east-1', credentials });
    onTestFinished(() => client.destroy());
    const answer = await client.send(new PutEventsCommand({ Entries: [{ ...entry, Time: new Date(0) }] }));
    expect(answer).toMatchObject({ FailedEntryCount: 0, $metadata: { attempts: 1, httpStatusCode: 200 } });
    expect(bridge.history.events()).toMatchObject([{ detail: { name: 'é😀' }, time: '1970-01-01T00:00:00Z' }]);
    const missing = client.send(new DescribeRuleCommand({ Name: 'none' }));
    await expect(missing).rejects.toBeInstanceOf(ResourceNotFoundException);
    await expect(missing).rejects.toMatchObject({
      message: 'Rule none does not exist on EventBus default.',
      $metadata: { attempts: 1, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    const invalid = client.send(new PutEventsCommand({ Entries: [{ ...entry, Time: new Date(Number.NaN) }] }));
    await expect(invalid).rejects.toBeInstanceOf(EventBridgeServiceException);
    await expect(invalid).rejects.toMatchObject({ name: 'SerializationException' });
    await client.send(new PutRuleCommand({ Name: 'r', EventPattern: '{"source":["a"]}' }));
    const rule = await client.send(new DescribeRuleCommand({ Name: 'r' }));
    expect(rule.Arn).toBe('arn:aws:events:us-east-1:123456789012:rule/r');
  });

  test('serves the older client of the SDK, and an endpoint with a path', async () => {
    const bridge = createBridge();
    const { url } = await served(bridge);
    const client = new CloudWatchEventsClient({ endpoint: `${url}/base/`, region: 'us-east-1', credentials });
    onTestFinished(() => client.destroy());
    expect(await client.send(new OlderPutEvents({ Entries: [entry] }))).toMatchObject({ FailedEntryCount: 0 });
    expect(bridge.history.events().length).toBe(1);
  });

  test('loses none of a thousand requests at once', async () => {
    const bridge = createBridge();
    const { url } = await served(bridge);
    const seen = new Set<string>();
    bridge.on({ source: ['com.shop'] }, ({ id }) => seen.add(id));
    const body = (n: number) => JSON.stringify({ Entries: [{ ...entry, Detail: `{"n":${n}}` }] });
    const answers = await Promise.all(
      Array.from({ length: 1000 }, async (_, n) => {
        const response = await fetch(url, { method: 'POST', headers: to('PutEvents'), body: body(n) });
        return (await response.json()) as { Entries: readonly { EventId: string }[] };
      }),
    );
    await bridge.idle();
    expect(seen).toEqual(new Set(answers.map(({ Entries }) => Entries[0]?.EventId)));
    const numbers = bridge.history.events().map(({ detail }) => detail.n);
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, n) => n));
  });

  test('reads a body in chunks', async () => {
    const bridge = createBridge();
    const socket = await openSocket((await served(bridge)).url);
    const half = oneEntry.length >> 1;
    const chunks = [oneEntry.slice(0, half), oneEntry.slice(half)].map(
      (part) => `${part.length.toString(16)}\r\n${part}\r\n`,
    );
    socket.socket.write(`${head}transfer-encoding: chunked\r\n\r\n${chunks.join('')}0\r\n\r\n`);
    expect(await socket.until('"EventId"')).toMatch(/^HTTP\/1\.1 200 OK/);
  });

  test('lets a client go on that asks before it sends its body', async () => {
    const socket = await openSocket((await served(createBridge())).url);
    socket.socket.write(`${head}content-length: ${oneEntry.length}\r\nexpect: 100-continue\r\n\r\n`);
    await socket.until('HTTP/1.1 100 Continue');
    socket.socket.write(oneEntry);
    await socket.until('"EventId"');
  });

  test('answers a client that has closed its half of the connection', async () => {
    const socket = await openSocket((await served(createBridge())).url);
    socket.socket.end(`${head}content-length: ${oneEntry.length}\r\n\r\n${oneEntry}`);
    await socket.until('"EventId"');
  });

  test('goes on after clients that leave in the middle of their request', async () => {
    const bridge = createBridge();
    const { url } = await served(bridge);
    for (const sent of ['', 'POST', head, `${head}content-length: 100\r\n\r\n{"Entr`]) {
      const { socket, closed } = await openSocket(url);
      socket.write(sent);
      socket.destroy();
      await closed;
    }
    expect(await ask(url, { headers: to('PutEvents'), body: oneEntry })).toMatchObject({ status: 200 });
    expect(bridge.history.events().length).toBe(1);
  });

  test('answers others while a client is slow', async () => {
    const { url } = await served(createBridge());
    const { socket, until } = await openSocket(url);
    socket.write(`${head}content-length: ${oneEntry.length}\r\n\r\n${oneEntry.slice(0, 5)}`);
    expect(await ask(url, { headers: to('PutEvents'), body: oneEntry })).toMatchObject({ status: 200 });
    socket.write(oneEntry.slice(5));
    await until('"EventId"');
  });

  test.each([
    ['what is no HTTP', 'hello\r\n\r\n', '400 Bad Request', 'This is not an HTTP request.'],
    [
      'headers without end',
      `${head}x: ${'x'.repeat(40_000)}`,
      '431 Request Header Fields',
      'The headers are too large.',
    ],
  ])('refuses %s in the form of AWS', async (_, sent, status, message) => {
    const { url } = await served(createBridge());
    const { socket, until } = await openSocket(url);
    socket.write(sent);
    const answer = await until(message);
    expect(answer).toContain(`HTTP/1.1 ${status}`);
    expect(answer).toContain('{"__type":"SerializationException"');
  });

  test.each([
    ['of a length that is too large', `content-length: 200000\r\n\r\n${'x'.repeat(100_000)}`],
    ['in chunks that are too large', `transfer-encoding: chunked\r\n\r\n${'800\r\n'}${'x'.repeat(0x800)}\r\n`],
    ['that cannot be decompressed', `content-encoding: gzip\r\ncontent-length: 900\r\n\r\n${'x'.repeat(800)}`],
    ['of an unknown content-encoding', `content-encoding: br\r\ncontent-length: 900\r\n\r\n${'x'.repeat(800)}`],
  ])('answers a body %s while it is still being sent, and closes the connection', async (_, sent) => {
    const { url } = await served(createBridge(), { bodyLimit: 1000 });
    const { socket, until, closed } = await openSocket(url);
    socket.write(`${head}${sent}`);
    const answer = await until('"__type"');
    expect(answer).toMatch(/^HTTP\/1\.1 4(13|15|00) /);
    expect(answer.toLowerCase()).toContain('\r\nconnection: close\r\n');
    await closed;
  });

  test('closes at once after a body that was refused half-read', async () => {
    const server = await serve(createBridge(), { port: 0, bodyLimit: 1000 });
    const { socket, until } = await openSocket(server.url);
    socket.write(`${head}transfer-encoding: chunked\r\n\r\n800\r\n${'x'.repeat(0x800)}\r\n`);
    await until('"RequestEntityTooLargeException"');
    const begun = performance.now();
    await server.close();
    expect(performance.now() - begun).toBeLessThan(3000);
  });

  test('lets a client send all of a body that is refused, and read the answer', async () => {
    const { url } = await served(createBridge(), { bodyLimit: 1000 });
    for (let i = 0; i < 5; i++) {
      const response = await fetch(url, { method: 'POST', headers: to('PutEvents'), body: 'x'.repeat(3_000_000) });
      expect(response.status).toBe(413);
    }
    expect(await ask(url, { headers: to('PutEvents'), body: oneEntry })).toMatchObject({ status: 200 });
  });

  test('refuses a request with two hosts', async () => {
    const { url } = await served(createBridge());
    const { socket, until } = await openSocket(url);
    const two = head.replace('\r\n', '\r\nhost: evil.example\r\n');
    socket.write(`${two}content-length: ${oneEntry.length}\r\n\r\n${oneEntry}`);
    expect(await until('more than one Host')).toContain('HTTP/1.1 400');
  });

  test('answers a proxy that asks by the whole URL', async () => {
    const { url } = await served(createBridge());
    const path = 'http://events.us-east-1.amazonaws.com/_footbridge/health?a=b?c';
    expect(await ask(url, { method: 'GET', path })).toMatchObject({ status: 200 });
  });

  test('says what is wrong with its options, and where it cannot listen', async () => {
    const bridge = createBridge();
    const { port } = await served(bridge);
    await expect(serve(bridge, { port })).rejects.toThrow(
      `serve: cannot listen on 127.0.0.1 port ${port}: the port is in use. Choose another port, or 0 for any free one.`,
    );
    await expect(serve(bridge, { port: 70_000, host: '' })).rejects.toThrow(
      'serve: port must be a whole number from 0 to 65535, but is 70000; host must be an address such as "127.0.0.1", but is "".',
    );
    await expect(serve({} as never)).rejects.toThrow('serve needs a bridge');
  });
});

describe('Closing a server', () => {
  test('answers what waits, and takes nothing more', async () => {
    const server = await served(createBridge());
    const waiting = await openSocket(server.url);
    waiting.socket.write(
      'GET /_footbridge/events?wait=300 HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\n\r\n',
    );
    await waiting.until('100 Continue');
    await server.close();
    expect(await waiting.until('"events":[]')).toContain('200 OK');
    await expect(ask(server.url, { body: '{}' })).rejects.toThrow('ECONNREFUSED');
  });

  test('cuts off a request that does not come to its end, when the signal says so', async () => {
    const server = await served(createBridge());
    const { socket, closed, until } = await openSocket(server.url);
    socket.write(`${head}content-length: 100\r\nexpect: 100-continue\r\n\r\n{`);
    await until('100 Continue');
    await server.close({ signal: AbortSignal.abort() });
    await closed;
  });

  test('lets go of connections that have asked nothing, and waits for those that have', async () => {
    const server = await served(createBridge());
    const silent = await openSocket(server.url);
    const slow = await openSocket(server.url);
    slow.socket.write(`${head.replace('PutEvents', 'ListRules')}content-length: 2\r\nexpect: 100-continue\r\n\r\n`);
    await slow.until('100 Continue');
    const closed = server.close();
    await silent.closed;
    slow.socket.write('{}');
    expect(await slow.until('"Rules":[]')).toContain('200 OK');
    await closed;
  });

  test('leaves the bridge open, and may be done twice', async () => {
    const bridge = createBridge();
    const server = await serve(bridge, { port: 0 });
    expect(server.close()).toBe(server.close());
    await server[Symbol.asyncDispose]();
    await bridge.publish({ source: 'a', detailType: 'b', detail: {} });
    await using again = await serve(bridge, { port: server.port });
    expect(again.port).toBe(server.port);
    await expect(again.close({ signal: 5 as never })).rejects.toThrow('close: signal must be an AbortSignal');
    expect(await ask(again.url, { headers: to('ListRules'), body: '{}' })).toMatchObject({ status: 200 });
  });
});
