import { describe, expect, test } from 'vitest';
import { createBridge, TargetError, virtualClock } from '../../src/index.js';
import { gate } from '../gate.js';
import { captureWarnings } from '../warnings.js';
import { billingBridge, connected, placed } from './connected.js';
import { ask, served } from './served.js';

describe('A bridge in another process', () => {
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
      traceHeader: expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0;Lineage=/),
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
      message: 'bill is handled by another connected process until that one disposes its handler or disconnects.',
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
    expect(() => remote.handle('b', () => {}, { timeout: 'x' as never })).toThrow('handle: timeout must be');
    expect(() => remote.on({ source: ['a'] }, () => {}, { signal: 5 as never })).toThrow('on: signal must be');
    expect(() => remote.on({ source: ['a'] }, () => {}, null as never)).toThrow('on: the options must be an object');
    await expect(remote.on({ source: ['a'] }, () => {}, { bus: 'a b' })).rejects.toThrow('The name of a bus has');
    expect(warnings).toEqual([]);
    void remote.handle('a b', () => {});
    await remote.idle();
    expect(warnings).toEqual([
      expect.stringContaining('a registration was rejected: ValidationException: A handler is'),
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

  test.each(['over HTTP', 'in its own process'])('keeps what was registered when it is reset %s', async (where) => {
    const bridge = await billingBridge();
    const { url } = await served(bridge);
    const remote = await connected(url);
    const seen: string[] = [];
    await remote.on({ source: ['com.shop'] }, ({ id }) => seen.push(id));
    if (where === 'over HTTP') await ask(url, { path: '/_footbridge/reset' });
    else bridge.reset();
    const id = await remote.publish(placed);
    await remote.idle();
    expect(seen).toEqual([id]);
  });
});
