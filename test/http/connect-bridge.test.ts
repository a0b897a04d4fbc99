import { describe, expect, test } from 'vitest';
import { connectBridge } from '../../src/http.js';
import { createBridge, TargetError, virtualClock } from '../../src/index.js';
import { gate } from '../gate.js';
import { captureWarnings } from '../warnings.js';
import { billingBridge, connected, placed } from './connected.js';
import { ask, served } from './served.js';

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
    [[placed, { ...placed, detail: { n: 1n } }], 'Event 1 cannot be published: it has no JSON text: '],
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
    await expect(remote.invoke('Nothing' as never)).rejects.toMatchObject({ name: 'UnknownOperationException' });
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
    await expect(remote.waitFor({ source: ['x'] }, { timeout: Number.POSITIVE_INFINITY })).rejects.toThrow('timeout');
  });

  test('lets this one subscribe, on any bus', async () => {
    const bridge = createBridge();
    const remote = await connected((await served(bridge)).url);
    const seen: unknown[] = [];
    const subscription = remote.on({ source: ['com.shop'] }, (event) => seen.push(event), {
      name: 'audit',
      bus: 'orders',
    });
    expect(subscription).toMatchObject({ name: 'audit', bus: 'orders' });
    await remote.publish([{ ...placed, bus: 'orders' }, placed]);
    await remote.idle();
    expect(seen).toEqual([bridge.history.events()[0]]);
    expect(bridge.history.deliveries()).toMatchObject([{ kind: 'delivered', subscription: 'audit' }]);
    subscription.dispose();
    await remote.publish({ ...placed, bus: 'orders' });
    expect(bridge.history.records('unmatched').length).toBe(2);
  });

  test('makes a delivery fail by what the subscriber here throws, and tries again as it is told', async () => {
    const clock = virtualClock();
    const bridge = createBridge({ clock, onFailedDelivery: 'ignore', random: () => 0.5 });
    const remote = await connected((await served(bridge)).url);
    let calls = 0;
    await remote.on({ source: ['com.shop'] }, () => Promise.reject(new RangeError(`no ${++calls}`)), {
      retryPolicy: { MaximumRetryAttempts: 1 },
    });
    await remote.publish(placed);
    await remote.idle();
    await bridge.drain();
    expect(bridge.history.deliveries()).toMatchObject([
      { kind: 'failed', attempts: 2, errorCode: 'ERROR_FROM_TARGET', errorMessage: 'RangeError: no 2' },
    ]);
  });

  test('lets this one handle a target, with the context of Lambda', async () => {
    const bridge = await billingBridge({ Input: '{"a": 1}' });
    const remote = await connected((await served(bridge)).url);
    const seen: unknown[] = [];
    await remote.handle('bill', (event, context) => {
      const { signal: _, ...delivery } = context.delivery;
      seen.push(event, delivery, context.functionName, context.getRemainingTimeInMillis() > 890_000);
    });
    const eventId = await bridge.publish(placed);
    await bridge.idle();
    const arn = 'arn:aws:lambda:us-east-1:123456789012:function:bill';
    const delivery = {
      body: '{"a": 1}',
      eventId,
      rule: 'bill',
      targetId: '1',
      arn,
      attempt: 1,
      traceHeader: undefined,
    };
    expect(seen).toEqual([{ a: 1 }, delivery, 'bill', true]);
    expect(bridge.history.deliveries()).toMatchObject([{ kind: 'delivered', rule: 'bill', attempts: 1 }]);
  });

  test('ends a delivery as the handler here says it', async () => {
    const bridge = await billingBridge({ DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:123456789012:dlq' } });
    const remote = await connected((await served(bridge)).url);
    await remote.handle('bill', () => {
      throw new TargetError('NO_PERMISSIONS', { message: 'not you' });
    });
    await bridge.publish(placed);
    await bridge.idle();
    expect(bridge.queue('dlq').messages).toMatchObject([
      { attributes: { ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'not you' } },
    ]);
  });

  test.each<[unknown, string]>([
    [null, 'null'],
    ['words', 'words'],
    [{ message: 5 }, '{"message":5}'],
    [Object.assign(new Error('m'), { name: 'Odd' }), 'Odd: m'],
    [
      new Proxy(
        {},
        {
          get: () => {
            throw new Error('no');
          },
        },
      ),
      'something that cannot be shown',
    ],
  ])('hears of whatever a handler throws: %#', async (thrown, message) => {
    const bridge = createBridge({ onFailedDelivery: 'ignore' });
    const remote = await connected((await served(bridge)).url);
    await remote.on({ source: ['com.shop'] }, () => Promise.reject(thrown));
    await bridge.publish(placed);
    await bridge.idle();
    expect(bridge.history.deliveries()).toMatchObject([{ kind: 'failed', errorMessage: message }]);
  });

  test('tells the handler when nobody waits for it any more', async () => {
    const bridge = await billingBridge();
    const remote = await connected((await served(bridge)).url);
    const [started, aborted] = [gate(), gate()];
    await remote.handle('bill', async (_, { delivery }) => {
      delivery.signal.addEventListener('abort', aborted.open);
      started.open();
      await aborted.promise;
    });
    await bridge.publish(placed);
    await started.promise;
    bridge.reset();
    await aborted.promise;
    expect(await bridge.idle()).toMatchObject({ failed: 0 });
  });

  test('never has more under way than was agreed', async () => {
    const bridge = createBridge();
    const remote = await connected((await served(bridge)).url);
    let running = 0;
    let most = 0;
    await remote.on(
      { source: ['com.shop'] },
      async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
      },
      { concurrency: 3 },
    );
    await remote.publish(Array.from({ length: 50 }, () => placed));
    expect(await remote.idle()).toMatchObject({ delivered: 50 });
    expect(most).toBeLessThanOrEqual(3);
    await expect(remote.on({ source: ['a'] }, () => {}, { concurrency: 1001 })).rejects.toThrow(
      'concurrency must be at most 1000',
    );
  });

  test('gives a name to one process at a time', async () => {
    const bridge = await billingBridge();
    const [{ url }, second] = [await served(bridge), await served(bridge)];
    const [one, other] = [await connected(url), await connected(second.url)];
    const handle = await one.handle('bill', () => {});
    await expect(other.handle('bill', () => {})).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: 'bill is handled by another connected process. It is free when that one disposes it or goes away.',
    });
    handle.dispose();
    await one.idle();
    await other.handle('arn:aws:lambda:us-east-1:123456789012:function:bill', () => {});
    await other.close();
    await one.handle('bill', () => {});
    await one.handle('bill', () => {});
  });

  test('refuses what it would refuse here, at once or when it is awaited', async () => {
    const warnings = captureWarnings();
    const remote = await connected((await served(createBridge())).url);
    expect(() => remote.on('{', () => {})).toThrow('Event pattern is not valid.');
    expect(() => remote.on({ source: ['a'] }, 5 as never)).toThrow('A handler must be a function.');
    expect(() => remote.handle('bill', undefined as never)).toThrow('A handler must be a function.');
    await expect(remote.handle('a b', () => {})).rejects.toThrow('A handler is for an ARN or for the name');
    await expect(remote.handle('b', () => {}, { timeout: 'x' as never })).rejects.toThrow('handle: timeout must be');
    expect(warnings).toEqual([]);
    void remote.handle('a b', () => {});
    await remote.idle();
    expect(warnings).toEqual([
      expect.stringContaining('a registration was refused: ValidationException: A handler is'),
    ]);
  });

  test('takes back what is disposed before the server has it', async () => {
    const bridge = createBridge();
    const remote = await connected((await served(bridge)).url);
    remote.on({ source: ['com.shop'] }, () => {}).dispose();
    void remote.on({ source: ['com.shop'] }, () => {}, { signal: AbortSignal.abort() });
    await remote.publish(placed);
    expect(bridge.history.records('unmatched').length).toBe(1);
  });

  test('keeps what was registered when it is reset over HTTP', async () => {
    const bridge = await billingBridge();
    const { url } = await served(bridge);
    const remote = await connected(url);
    const seen: string[] = [];
    await remote.on({ source: ['com.shop'] }, ({ id }) => seen.push(id));
    await ask(url, { path: '/_footbridge/reset' });
    const id = await remote.publish(placed);
    await remote.idle();
    expect(seen).toEqual([id]);
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
    ['http://localhost', { retries: 1 }, 'there is no option retries; there are heartbeat, timeout, reconnectDelay.'],
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
      message: expect.stringContaining(`There was no server at ${server.url} within 20 ms; nothing was done.`),
    });
  });

  test('says at once that there is a server, but no bridge', async () => {
    const { url } = await served(createBridge());
    await expect(connectBridge(`${url}/_footbridge/`)).rejects.toThrow(
      'There is no /_footbridge/_footbridge/connections',
    );
  });
});
