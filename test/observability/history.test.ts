import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createBridge, sequentialIds, TargetError, virtualClock } from '../../src/index.js';

const bill = 'arn:aws:lambda:us-east-1:123456789012:function:bill';
const topic = 'arn:aws:sns:us-east-1:123456789012:orders';
const dlq = 'arn:aws:sqs:us-east-1:123456789012:orders-dlq';
const order = (total: number) => ({ source: 'com.shop', detailType: 'Order Placed', detail: { total } });
const time = '2026-01-01T00:00:00.000Z';

/** Two targets of one rule, of which one fails until its event lies in the dead-letter queue; and a subscription. */
async function world() {
  const clock = virtualClock('2026-01-01T00:00:00Z');
  const bridge = createBridge({ clock, ids: sequentialIds(), random: () => 1 });
  await bridge.putRule({ Name: 'orders', EventPattern: '{"source":["com.shop"]}' });
  await bridge.putTargets({
    Rule: 'orders',
    Targets: [
      { Id: '1', Arn: `${bill}:live`, InputPath: '$.detail' },
      { Id: '2', Arn: topic, RetryPolicy: { MaximumRetryAttempts: 1 }, DeadLetterConfig: { Arn: dlq } },
    ],
  });
  bridge.handle('bill', () => {});
  bridge.handle(topic, () => {
    throw new TargetError('THROTTLING', { message: 'Rate exceeded' });
  });
  bridge.on({ detail: { total: [{ numeric: ['>', 100] }] } }, () => {}, { name: 'audit' });
  return { bridge, clock };
}

describe('Queries of the history', () => {
  test('The history finds events by pattern', async () => {
    await using bridge = createBridge();
    await bridge.publish([order(1), order(200), { ...order(300), source: 'other' }]);
    const { history } = bridge;
    expect(history.events({ source: ['com.shop'] }).map(({ detail }) => detail.total)).toEqual([1, 200]);
    expect(history.events('{"detail":{"total":[{"numeric":[">",100]}]}}')).toHaveLength(2);
    expect(history.events({ source: ['none'] })).toEqual([]);
    expect(history.events()).toHaveLength(3);
    expect(() => history.events('{"source":"x"}')).toThrow('Event pattern is not valid');
    expect(() => history.traces('{"source":"x"}')).toThrow('Event pattern is not valid');
  });

  test('The history finds deliveries by rule, target, subscription and outcome', async () => {
    const { bridge } = await world();
    await bridge.publish([order(1), order(200)]);
    await bridge.drain();
    const { history } = bridge;
    const counts = (query: Parameters<typeof history.deliveries>[0]) => history.deliveries(query).length;
    expect(counts({})).toBe(5);
    expect(counts({ rule: 'orders' })).toBe(4);
    expect(counts({ rule: 'orders', target: '1' })).toBe(2);
    expect([counts({ target: topic }), counts({ target: 'bill:live' }), counts({ target: 'bill' })]).toEqual([2, 0, 2]);
    expect(counts({ target: 'orders' })).toBe(0);
    expect(history.deliveries({ outcome: 'dead-lettered' }).map((one) => one.targetId)).toEqual(['2', '2']);
    expect([counts({ outcome: 'delivered' }), counts({ outcome: 'failed' })]).toEqual([3, 0]);
    expect(history.deliveries({ subscription: 'audit' })).toMatchObject([{ kind: 'delivered', subscription: 'audit' }]);
    expect([counts({ subscription: 'audit', rule: 'orders' }), counts({ subscription: 'none' })]).toEqual([0, 0]);
    expect(counts({ rule: undefined, outcome: undefined })).toBe(5);
  });

  test.each([
    [{ outcom: 'failed' }, 'there is no member outcom; there are rule, target, subscription, outcome'],
    [{ outcome: 'lost' }, 'outcome must be one of delivered, dead-lettered, failed, but is "lost"'],
    [{ rule: 1 }, 'rule must be a string, but is a number'],
    [null, 'the query is null'],
    [
      {
        get rule() {
          throw new Error('mine');
        },
      },
      'the query cannot be read: Error: mine',
    ],
  ])('The history rejects an invalid query for deliveries: %#', async (query, message) => {
    await using bridge = createBridge();
    expect(() => bridge.history.deliveries(query as never)).toThrow(`history.deliveries: ${message}.`);
  });

  test('The history lists what nothing matched', async () => {
    await using bridge = createBridge();
    bridge.on({ detail: { total: [1] } }, () => {});
    await bridge.publish([order(1), order(2)]);
    expect(bridge.history.unmatched()).toMatchObject([{ kind: 'unmatched', event: { detail: { total: 2 } } }]);
  });

  test('The history shows counts, not what is inside', async () => {
    await using bridge = createBridge();
    await bridge.publish(order(1));
    expect(inspect(bridge.history)).toBe('history: 1 accepted, 1 unmatched; 0 evicted');
    bridge.resetHistory();
    expect(String(bridge.history)).toBe('history: nothing; 0 evicted');
  });
});

describe('Traces of events', () => {
  test('The trace of an event shows what it matched, what targets receive, each attempt, and how it ended', async () => {
    const { bridge } = await world();
    const id = await bridge.publish(order(200));
    await bridge.publish(order(1));
    await bridge.drain();
    const [journey, ...others] = bridge.history.traces({ id: [id] });
    expect(others).toEqual([]);
    expect(journey).toMatchObject({ bus: 'default', time, origin: 'put-events', rules: ['orders'] });
    expect(journey?.event).toEqual(bridge.history.events()[0]);
    expect(journey?.subscriptions).toEqual(['audit']);
    expect(journey?.deliveries).toMatchObject([
      { rule: 'orders', targetId: '1', arn: `${bill}:live`, input: '{"total":200}', attempts: 1, outcome: 'delivered' },
      { targetId: '2', attempts: 2, outcome: 'dead-lettered', records: [{ kind: 'retrying' }, { queue: dlq }] },
      { subscription: 'audit', attempts: 1, outcome: 'delivered', records: [{ kind: 'delivered' }] },
    ]);
    expect(journey?.deliveries.map((delivery) => 'input' in delivery)).toEqual([true, true, false]);
    expect(inspect(journey)).toBe(String(journey));
    expect(String(journey).split('\n')).toEqual([
      `"Order Placed" from com.shop on bus default, id ${id}`,
      `  accepted ${time} (put-events)`,
      '  matched rule orders, subscription audit',
      `  to ${bill}:live (rule orders, target 1): delivered, 1 attempt`,
      '      input {"total":200}',
      `      ${time} delivered`,
      `  to ${topic} (rule orders, target 2): dead-lettered, 2 attempts`,
      `      input ${journey?.deliveries[1]?.input?.slice(0, 200)}…`,
      `      ${time} attempt 1 failed: THROTTLING: Rate exceeded, again at 2026-01-01T00:00:01.000Z`,
      `      2026-01-01T00:00:01.000Z dead-lettered to ${dlq}: THROTTLING: Rate exceeded`,
      '  to subscription audit: delivered, 1 attempt',
      `      ${time} delivered`,
    ]);
  });

  test('The trace of an event shows deliveries that have not ended', async () => {
    await using bridge = createBridge({ onFailedDelivery: 'ignore' });
    bridge.on({ source: ['com.shop'] }, () => {}, { name: 'soon' });
    const never = bridge.on({ source: ['com.shop'] }, () => new Promise(() => {}), { name: 'never' });
    const outcomes = () =>
      bridge.history.traces().flatMap(({ deliveries }) => deliveries.map(({ outcome }) => outcome));
    const published = bridge.publish(order(1));
    expect(bridge.history.traces()[0]?.deliveries).toEqual([
      { subscription: 'soon', attempts: 0, outcome: 'pending', records: [] },
      { subscription: 'never', attempts: 0, outcome: 'pending', records: [] },
    ]);
    await published;
    await Promise.resolve();
    expect(outcomes()).toEqual(['delivered', 'pending']);
    expect(String(bridge.history.traces()[0])).toContain('to subscription never: pending, 1 attempt');
    never.dispose();
    bridge.reset();
    expect(outcomes()).toEqual([]);
  });

  test('The trace of an event shows a function that threw, and an input that is not JSON', async () => {
    await using bridge = createBridge({ clock: virtualClock(), onFailedDelivery: 'ignore' });
    await bridge.putRule({ Name: 'r', EventPattern: '{"source":["com.shop"]}' });
    const Targets = [
      { Id: '1', Arn: bill },
      {
        Id: '2',
        Arn: bill,
        InputTransformer: { InputPathsMap: { detail: '$.detail' }, InputTemplate: '{"a":"<detail>"}' },
      },
    ];
    await bridge.putTargets({ Rule: 'r', Targets });
    bridge.handle('bill', () => {
      throw new Error('boom');
    });
    await bridge.publish(order(1));
    await bridge.drain();
    const [thrown, invalid] = bridge.history.traces()[0]?.deliveries ?? [];
    expect(thrown).toMatchObject({ outcome: 'delivered', attempts: 3 });
    expect(thrown?.records.map(({ kind }) => kind)).toEqual(['delivered', 'retrying', 'retrying', 'function-error']);
    expect(invalid).toMatchObject({ outcome: 'failed', records: [{ errorCode: 'INVALID_JSON' }] });
    expect(invalid).not.toHaveProperty('input');
    expect(String(bridge.history.traces()[0])).toContain('function-error: Error: boom');
  });

  test('The trace of an event goes on, under the same id, on another bus', async () => {
    await using bridge = createBridge({ buses: ['orders'] });
    await bridge.putRule({ Name: 'all', EventPattern: '{"source":["com.shop"]}' });
    const Arn = 'arn:aws:events:us-east-1:123456789012:event-bus/orders';
    await bridge.putTargets({ Rule: 'all', Targets: [{ Id: '1', Arn, RoleArn: 'arn:aws:iam::123456789012:role/r' }] });
    const id = await bridge.publish(order(1));
    await bridge.idle();
    const journeys = bridge.history.traces({ id: [id] });
    expect(journeys.map(({ bus, origin }) => [bus, origin])).toEqual([
      ['default', 'put-events'],
      ['orders', 'bus'],
    ]);
    expect(String(journeys[1])).toContain('  matched nothing');
  });
});
