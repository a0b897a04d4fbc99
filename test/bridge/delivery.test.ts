import { describe, expect, test, vi } from 'vitest';
import { type Bridge, createBridge, TargetError } from '../../src/index.js';

const entry = { Source: 'com.shop', DetailType: 'Order Placed', Detail: '{"total":120}' };
const all = { source: [{ exists: true }] };

async function target(bridge: Bridge, arn: string): Promise<void> {
  await bridge.putRule({ Name: 'all', EventPattern: JSON.stringify(all) });
  await bridge.putTargets({ Rule: 'all', Targets: [{ Id: '1', Arn: arn }] });
}

const lambda = 'arn:aws:lambda:us-east-1:123456789012:function:bill';
const topic = 'arn:aws:sns:us-east-1:123456789012:topic';

describe('A delivery', () => {
  test.each(['putEvents', 'publish', 'inject'] as const)(
    'starts after the answer of %s, in a microtask',
    async (method) => {
      await using bridge = createBridge();
      const order: string[] = [];
      bridge.on(all, () => order.push('handled'));
      const input = {
        putEvents: { Entries: [entry] },
        publish: { source: 'com.shop', detailType: 'x', detail: {} },
        inject: { source: 'com.shop', 'detail-type': 'x' },
      };
      await bridge[method](input[method] as never);
      order.push('answered');
      for (let step = 0; step < 10; step++) await Promise.resolve();
      expect(order).toEqual(['answered', 'handled']);
    },
  );

  test('goes out under fake timers', async () => {
    vi.useFakeTimers();
    try {
      await using bridge = createBridge();
      let calls = 0;
      bridge.on(all, () => calls++);
      await bridge.publish(Array.from({ length: 500 }, () => ({ source: 'a', detailType: 'b', detail: {} })));
      expect(await bridge.idle()).toMatchObject({ delivered: 500 });
      expect(calls).toBe(500);
    } finally {
      vi.useRealTimers();
    }
  });

  test.each(['putEvents', 'publish', 'inject'] as const)(
    'keeps pace with a loop that awaits %s: nothing piles up, nothing is throttled',
    async (method) => {
      await using bridge = createBridge({ limits: { pendingDeliveries: 150 }, history: 0 });
      let calls = 0;
      bridge.on(all, () => calls++);
      const input = {
        putEvents: { Entries: [entry] },
        publish: { source: 'com.shop', detailType: 'x', detail: {} },
        inject: { source: 'com.shop', 'detail-type': 'x' },
      };
      for (let n = 1; n <= 2000; n++) {
        const answer = await bridge[method](input[method] as never);
        if (method === 'putEvents') expect(answer).toMatchObject({ FailedEntryCount: 0 });
      }
      expect(await bridge.idle()).toMatchObject({ delivered: 2000 });
      expect(calls).toBe(2000);
    },
  );

  test('lets the rest of the program have its turn after a hundred in a row', async () => {
    await using bridge = createBridge();
    let calls = 0;
    const stop = new AbortController();
    bridge.on(
      all,
      async () => {
        calls++;
        await bridge.publish({ source: 'again', detailType: 'b', detail: {} });
      },
      { signal: stop.signal },
    );
    await bridge.publish({ source: 'first', detailType: 'b', detail: {} });
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    expect(calls).toBeGreaterThanOrEqual(100);
    await bridge.idle();
  });

  test('goes to every matching subscription and target, in the order of the events', async () => {
    await using bridge = createBridge();
    const seen: string[] = [];
    bridge.on(all, (event) => seen.push(`on ${event.detail.n}`));
    bridge.handle('bill', (event) => seen.push(`bill ${event.detail.n}`));
    await target(bridge, lambda);
    await bridge.publish([1, 2].map((n) => ({ source: 'a', detailType: 'b', detail: { n } })));
    expect(await bridge.idle()).toEqual({ delivered: 4, deadLettered: 0, failed: 0, waiting: 0, nextAt: undefined });
    expect(seen).toEqual(['on 1', 'bill 1', 'on 2', 'bill 2']);
  });

  test('to a Lambda function that throws is delivered, and after three invocations a function error', async () => {
    await using bridge = createBridge({ onFailedDelivery: 'ignore' });
    const error = new Error('card declined');
    bridge.handle('bill', async () => {
      throw error;
    });
    await target(bridge, lambda);
    await bridge.putEvents({ Entries: [entry] });
    expect(await bridge.drain()).toMatchObject({ delivered: 1, failed: 0 });
    expect(bridge.history.records('delivered', 'failed', 'function-error')).toMatchObject([
      { kind: 'delivered', rule: 'all', targetId: '1', arn: lambda, attempts: 1 },
      { kind: 'function-error', rule: 'all', errorMessage: 'Error: card declined', error },
    ]);
  });

  test('to another ARN whose handler throws has failed when it has been retried', async () => {
    await using bridge = createBridge({ onFailedDelivery: 'ignore' });
    bridge.handle(topic, () => {
      throw new Error('unreachable');
    });
    await target(bridge, topic);
    await bridge.putEvents({ Entries: [entry] });
    expect(await bridge.drain()).toMatchObject({ delivered: 0, failed: 1 });
    expect(bridge.history.deliveries()).toMatchObject([
      { kind: 'failed', arn: topic, attempts: 186, errorCode: 'ERROR_FROM_TARGET', errorMessage: 'Error: unreachable' },
    ]);
  });

  test.each([lambda, topic])('fails with the code of a TargetError: %s', async (arn) => {
    await using bridge = createBridge({ onFailedDelivery: 'ignore' });
    bridge.handle(arn, async () => {
      throw new TargetError('NO_PERMISSIONS', { message: 'ask somebody', cause: 'x' });
    });
    await target(bridge, arn);
    await bridge.putEvents({ Entries: [entry] });
    await bridge.idle();
    expect(bridge.history.deliveries()).toMatchObject([
      { kind: 'failed', errorCode: 'NO_PERMISSIONS', errorMessage: 'ask somebody' },
    ]);
  });

  test('that nothing handles has failed with NO_RESOURCE', async () => {
    await using bridge = createBridge({ onUnhandledTarget: 'ignore' });
    await target(bridge, lambda);
    await bridge.putEvents({ Entries: [entry] });
    await bridge.idle();
    expect(bridge.history.deliveries()).toMatchObject([
      {
        kind: 'failed',
        errorCode: 'NO_RESOURCE',
        errorMessage: `Nothing handles ${lambda}. A function is put there by bridge.handle.`,
        error: undefined,
      },
    ]);
  });
});

/** An object that is awaited by calling `then`, and one whose `then` throws when it is read. */
const thenable = (then: (resolve: () => void, reject: (reason?: unknown) => void) => void) =>
  Object.defineProperty({}, 'then', { value: then });
const trap = () => Object.defineProperty({}, 'then', { get: refuse });

function refuse(): never {
  throw new Error('never shown');
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function thrower(error: unknown): () => never {
  return () => {
    throw error;
  };
}

describe('A handler', () => {
  test.each<[string, () => unknown]>([
    ['an Error', thrower(new Error('x'))],
    ['nothing', thrower(undefined)],
    ['an object that cannot be shown', thrower(new Proxy({}, { get: refuse, has: refuse }))],
    ['a revoked Proxy', thrower(revoked())],
    ['by rejecting', () => Promise.reject('text')],
    ['by a thenable that rejects', () => thenable((_, reject) => reject(7))],
    ['by a thenable that throws', () => thenable(refuse)],
    ['when its answer is awaited', trap],
  ])('that throws %s harms neither the publisher nor other handlers', async (_, handler) => {
    await using bridge = createBridge({ onFailedDelivery: 'ignore' });
    let others = 0;
    bridge.on(all, () => others++);
    bridge.on(all, handler, { name: 'hostile' });
    bridge.on(all, () => others++);
    expect(await bridge.putEvents({ Entries: [entry] })).toMatchObject({ FailedEntryCount: 0 });
    expect(await bridge.idle()).toMatchObject({ delivered: 2, failed: 1 });
    expect(others).toBe(2);
    expect(bridge.history.deliveries().filter(({ kind }) => kind === 'failed')).toMatchObject([
      { subscription: 'hostile', errorCode: 'ERROR_FROM_TARGET' },
    ]);
  });

  test('may answer a thenable that answers twice, and ends once', async () => {
    await using bridge = createBridge();
    bridge.on(all, () =>
      thenable((resolve, reject) => {
        resolve();
        reject();
        resolve();
      }),
    );
    await bridge.putEvents({ Entries: [entry] });
    expect(await bridge.idle()).toMatchObject({ delivered: 1, failed: 0 });
  });
});
