import { describe, expect, onTestFinished, test } from 'vitest';
import { connectBridge } from '../../src/http.js';
import { createBridge, virtualClock } from '../../src/index.js';
import { gate } from '../gate.js';
import { captureWarnings } from '../warnings.js';
import { billingBridge, connected, placed } from './connected.js';
import { served } from './served.js';

describe('A bridge in another process', () => {
  test('is told what this one publishes', async () => {
    const bridge = createBridge({ region: 'eu-west-1', buses: ['orders'] });
    const remote = await connected((await served(bridge)).url);
    expect(remote).toMatchObject({ account: '123456789012', region: 'eu-west-1' });
    const id = await remote.publish(placed);
    const ids = await remote.publish([
      { ...placed, bus: 'orders', resources: ['r'], time: new Date('2026-01-02T03:04:05.678Z') },
      { ...placed, time: 1767323045, detail: { text: '\ud800é😀', big: 2 ** 60 } },
    ]);
    expect(bridge.history.events()).toMatchObject([
      { id, source: 'com.shop', 'detail-type': 'Order Placed', detail: { total: 120 } },
      { id: ids[0], resources: ['r'], time: '2026-01-02T03:04:05Z' },
      { id: ids[1], time: '2026-01-02T03:04:05Z', detail: { text: '\ud800é😀', big: 2 ** 60 } },
    ]);
  });

  test('says event by event what it did not take', async () => {
    const bridge = createBridge();
    const remote = await connected((await served(bridge)).url);
    const events = Array.from({ length: 250 }, (_, n) => ({ ...placed, source: n % 100 === 7 ? 'aws.x' : 'com.shop' }));
    await expect(remote.publish(events)).rejects.toMatchObject({
      name: 'PutEventsError',
      failures: [7, 107, 207].map((index) => ({ index, errorCode: 'NotAuthorizedForSourceException' })),
      ids: { length: 250 },
    });
    expect(bridge.history.events().length).toBe(247);
  });

  test.each<[unknown, string]>([
    [5, 'Event 0 cannot be published: it is a number, not an object.'],
    [[placed, { ...placed, detail: { n: 1n } }], 'Event 1 cannot be published: it cannot be written as JSON: '],
    [{ ...placed, time: new Date(Number.NaN) }, 'The time of an event must be a time, but is NaN.'],
    [{ ...placed, detailType: 7 }, 'must be a string'],
  ])('refuses what cannot be published: %o', async (event, message) => {
    const bridge = createBridge();
    const remote = await connected((await served(bridge)).url);
    await expect(remote.publish(event as never)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    });
    expect(bridge.history.events()).toEqual([]);
  });

  test('performs operations, with times as Dates, and refuses as it would here', async () => {
    const clock = virtualClock('2026-01-01T00:00:00.500Z');
    const remote = await connected((await served(createBridge({ clock }))).url);
    await remote.invoke('PutRule', { Name: 'r', EventPattern: '{"source":["a"]}' });
    expect(await remote.invoke('DescribeRule', { Name: 'r' })).toMatchObject({ State: 'ENABLED' });
    expect(await remote.invoke('DescribeEventBus')).toMatchObject({
      CreationTime: new Date('2026-01-01T00:00:00.500Z'),
    });
    expect(await remote.invoke('DeleteRule', { Name: 'r' })).toEqual({});
    await expect(remote.invoke('DescribeRule', { Name: 'r' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Rule r does not exist on EventBus default.',
    });
    const unknown = { name: 'UnknownOperationException' };
    await expect(remote.invoke('Nothing' as never)).rejects.toMatchObject(unknown);
    await expect(remote.invoke('é\n' as never)).rejects.toMatchObject(unknown);
  });

  test('waits for events and for rest, and says what was nearest', async () => {
    const bridge = createBridge();
    const remote = await connected((await served(bridge)).url);
    const waiting = remote.waitFor({ detail: { total: [120] } }, { timeout: 30_000 });
    const id = await bridge.publish(placed);
    const event = await waiting;
    expect(event).toMatchObject({ id, detail: { total: 120 } });
    expect(Object.isFrozen(event.detail)).toBe(true);
    await expect(remote.waitFor({ source: ['x'] }, { timeout: 1 })).rejects.toThrow('source is "com.shop", wanted "x"');
    expect(await remote.idle()).toEqual({ delivered: 0, deadLettered: 0, failed: 0, waiting: 0, nextAt: undefined });
  });

  test('can be waited for no longer than a signal allows', async () => {
    const remote = await connected((await served(createBridge())).url);
    const controller = new AbortController();
    const waiting = remote.waitFor({ source: ['x'] }, { timeout: 300_000, signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(remote.waitFor({ source: ['x'] }, { timeout: Number.POSITIVE_INFINITY })).rejects.toThrow(
      'waitFor: timeout must be milliseconds, 0 or more, and finite',
    );
  });
});

describe('A connection', () => {
  test('carries many calls at once, and gathers no listeners by it', async () => {
    const warnings: string[] = [];
    const listen = ({ message }: Error) => warnings.push(message);
    process.on('warning', listen);
    onTestFinished(() => void process.off('warning', listen));
    const remote = await connected((await served(createBridge())).url);
    const many = Array.from({ length: 20 });
    await Promise.all(many.map(() => remote.publish(placed)));
    await Promise.all(many.map(() => remote.waitFor({ source: ['com.shop'] })));
    await new Promise((resolve) => setImmediate(resolve));
    expect(warnings).toEqual([]);
  });
});

describe('Closing a connection', () => {
  test('lets the handlers that run come to their end, and leaves the target unhandled', async () => {
    const bridge = await billingBridge();
    const remote = await connected((await served(bridge)).url);
    const [started, go] = [gate(), gate()];
    await remote.handle('bill', async () => {
      started.open();
      await go.promise;
    });
    await bridge.publish(placed);
    await started.promise;
    const closed = remote.close();
    go.open();
    await closed;
    await bridge.publish(placed);
    await bridge.idle();
    expect(bridge.history.deliveries()).toMatchObject([
      { kind: 'delivered' },
      { kind: 'failed', errorCode: 'NO_RESOURCE' },
    ]);
  });

  test('lets a signal end what waits for a server', async () => {
    const server = await served(createBridge());
    const remote = await connected(server.url, { timeout: 60_000 });
    await server.close();
    const controller = new AbortController();
    const waiting = remote.waitFor({ source: ['a'] }, { signal: controller.signal });
    controller.abort(new Error('The user went away.'));
    await expect(waiting).rejects.toThrow('The user went away.');
  });

  test('ends what is waited for', async () => {
    const server = await served(createBridge());
    const remote = await connected(server.url, { timeout: 60_000 });
    const refused = { name: 'ConnectionClosedException' };
    const waiting = expect(remote.waitFor({ source: ['a'] }, { timeout: 60_000 })).rejects.toMatchObject(refused);
    await remote.idle();
    await remote.close();
    await waiting;
  });

  test('waits for no server, and says nothing about what was not registered', async () => {
    const warnings = captureWarnings();
    const server = await served(createBridge());
    const remote = await connected(server.url, { timeout: 60_000 });
    await server.close({ signal: AbortSignal.abort() });
    void remote.on({ source: ['a'] }, () => {});
    await remote.close();
    expect(warnings).toEqual([]);
  });

  test('refuses everything from then on, and may be done twice', async () => {
    const remote = await connected((await served(createBridge())).url);
    expect(remote.close()).toBe(remote.close());
    await remote[Symbol.asyncDispose]();
    const closed = { name: 'ConnectionClosedException' };
    await expect(remote.publish(placed)).rejects.toMatchObject(closed);
    await expect(remote.invoke('ListRules')).rejects.toMatchObject(closed);
    await expect(remote.idle()).rejects.toMatchObject(closed);
    expect(() => remote.on({ source: ['a'] }, () => {})).toThrow('The connection to the bridge is closed.');
  });
});

describe('connectBridge', () => {
  test.each<[unknown, unknown, string]>([
    ['ftp://x', {}, 'the URL must be one such as "http://127.0.0.1:4010", but is "ftp://x".'],
    [5, {}, 'but is a number.'],
    ['http://localhost', { heartbeat: 1 }, 'heartbeat must be milliseconds from 10 to 3600000, but is 1.'],
    [
      'http://localhost',
      { retries: 1 },
      'retries is not an option; the options are heartbeat, timeout, reconnectDelay.',
    ],
    ['http://localhost', null, 'the options must be an object, but are null.'],
  ])('says what is wrong: %j %j', async (url, options, message) => {
    await expect(connectBridge(url as string, options as never)).rejects.toThrow(message);
  });

  test('says that there is no server', async () => {
    const { port } = await served(createBridge());
    const server = await served(createBridge());
    await server.close();
    expect(port).not.toBe(server.port);
    await expect(connectBridge(server.url, { timeout: 20 })).rejects.toMatchObject({
      name: 'ServerUnreachableException',
      message: expect.stringContaining(
        `No server could be reached at ${server.url} within 20 ms; the request was not sent.`,
      ),
    });
  });

  test('says at once that there is a server, but no bridge', async () => {
    const { url } = await served(createBridge());
    await expect(connectBridge(`${url}/_footbridge/`)).rejects.toThrow(
      '/_footbridge/_footbridge/connections does not exist',
    );
  });
});
