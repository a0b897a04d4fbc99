import { describe, expect, test } from 'vitest';
import { type Bridge, createBridge, type TargetContext } from '../../src/index.js';
import { captureWarnings } from '../warnings.js';

const entry = { Source: 'com.shop', DetailType: 'Order Placed', Detail: '{ "total": 1.0 }' };

async function bridgeTo(...names: string[]): Promise<Bridge> {
  const bridge = createBridge({ onFailedDelivery: 'ignore' });
  await bridge.putRule({ Name: 'all', EventPattern: '{"source":["com.shop"]}' });
  const Targets = names.map((name, index) => ({
    Id: String(index),
    Arn: `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
  }));
  await bridge.putTargets({ Rule: 'all', Targets });
  return bridge;
}

describe('A handled function', () => {
  test('gets a copy of its own, and a Lambda context', async () => {
    await using bridge = await bridgeTo('bill', 'bill:live');
    const events: object[] = [];
    const contexts: TargetContext[] = [];
    const handler = (event: { detail: { total: number } }, context: TargetContext) => {
      events.push(event);
      event.detail.total++;
      contexts.push(context);
    };
    bridge.handle('bill', handler);
    bridge.handle('bill:live', handler);
    const { Entries } = await bridge.putEvents({ Entries: [entry] });
    await bridge.idle();
    expect(events).toMatchObject([{ detail: { total: 2 } }, { detail: { total: 2 } }]);
    expect(bridge.history.events()).toMatchObject([{ detail: { total: 1 } }]);
    expect(contexts).toMatchObject([
      {
        functionName: 'bill',
        functionVersion: '$LATEST',
        invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:bill',
        logGroupName: '/aws/lambda/bill',
        memoryLimitInMB: '128',
        awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        delivery: {
          eventId: Entries[0]?.EventId,
          rule: 'all',
          targetId: '0',
          arn: 'arn:aws:lambda:us-east-1:123456789012:function:bill',
          attempt: 1,
          body: expect.stringContaining('"detail":{"total":1.0}}'),
        },
      },
      { functionName: 'bill', functionVersion: 'live', delivery: { targetId: '1' } },
    ]);
    const [first, second] = contexts;
    expect(first?.awsRequestId).not.toBe(second?.awsRequestId);
    expect(first?.getRemainingTimeInMillis()).toBeGreaterThan(0);
    expect(first?.delivery.signal.aborted).toBe(false);
  });

  test('is replaced by a second, and let go by dispose of the one that stands', async () => {
    await using bridge = await bridgeTo('bill');
    const seen: string[] = [];
    const first = bridge.handle('bill', () => seen.push('first'));
    const second = bridge.handle('bill', () => seen.push('second'));
    first.dispose();
    await bridge.putEvents({ Entries: [entry] });
    await bridge.idle();
    expect(seen).toEqual(['second']);
    second.dispose();
    second[Symbol.dispose]();
    bridge.observe('failed', ({ errorCode }) => seen.push(errorCode));
    const warnings = captureWarnings();
    await bridge.putEvents({ Entries: [entry] });
    await bridge.idle();
    expect(seen).toEqual(['second', 'NO_RESOURCE']);
    expect(warnings).toHaveLength(1);
  });

  test('may end by its callback if it asks for one', async () => {
    await using bridge = await bridgeTo('later', 'fails', 'done', 'succeed', 'promise');
    const order: string[] = [];
    bridge.handle('later', (_event, _context, callback) => {
      void Promise.resolve().then(() => {
        order.push('later');
        callback(null, 'result');
        callback('ignored: it has answered');
      });
    });
    bridge.handle('fails', (_event, _context, callback) => callback(new Error('no')));
    bridge.handle('done', (_event, context) => context.done(new Error('done')));
    bridge.handle('succeed', (_event, context) => context.succeed('fine'));
    bridge.handle('promise', async (_event, _context, _callback) => 'fine');
    await bridge.putEvents({ Entries: [entry] });
    expect(await bridge.drain()).toMatchObject({ delivered: 5, failed: 0 });
    expect(order).toEqual(['later']);
    expect(bridge.history.records('function-error').map(({ errorMessage }) => errorMessage)).toEqual([
      'Error: no',
      'Error: done',
    ]);
  });

  test.each([
    ['', () => {}],
    ['a b', () => {}],
    ['arn:aws:lambda', () => {}],
    [undefined, () => {}],
    ['bill', undefined],
  ])('needs a name or ARN, and a function: %s', (name, handler) => {
    const bridge = createBridge();
    expect(() => bridge.handle(name as never, handler as never)).toThrow(
      expect.objectContaining({ name: 'ValidationException' }),
    );
  });
});
