import { PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineEvent } from '../../src/events.js';
import { createBridge } from '../../src/index.js';
import { compilePattern, explainPattern, parsePattern, RuleIndex, testPattern } from '../../src/patterns.js';

interface Order {
  total: number;
  customer?: { name: string };
}

const OrderPlaced = defineEvent<Order>('com.shop', 'Order Placed');
const kind = { source: ['com.shop'], 'detail-type': ['Order Placed'] };
const placed = { source: 'com.shop', 'detail-type': 'Order Placed', detail: { total: 120 } };
const big = OrderPlaced.pattern({ total: [{ numeric: ['>', 100] }] });

describe('The pattern of a definition', () => {
  test('is a plain object when it is called', () => {
    expect(OrderPlaced.pattern()).toStrictEqual(kind);
    expect(big).toStrictEqual({ ...kind, detail: { total: [{ numeric: ['>', 100] }] } });
  });

  test('has source and detail-type of its own when it is not', () => {
    expect(Object.keys(OrderPlaced.pattern)).toEqual(['source', 'detail-type']);
    expect({ ...OrderPlaced.pattern, account: ['1'] }).toStrictEqual({ ...kind, account: ['1'] });
  });

  test('has the same JSON text either way, in a template too', () => {
    expect(JSON.stringify(OrderPlaced.pattern)).toBe(JSON.stringify(kind));
    expect(JSON.stringify({ Resources: { Rule: { EventPattern: OrderPlaced.pattern } } })).toBe(
      JSON.stringify({ Resources: { Rule: { EventPattern: kind } } }),
    );
  });

  test('is taken wherever a pattern is', () => {
    expect(testPattern(OrderPlaced.pattern, placed)).toBe(true);
    expect(testPattern(OrderPlaced.pattern, { ...placed, source: 'other' })).toBe(false);
    expect(compilePattern(OrderPlaced.pattern).test(placed)).toBe(true);
    expect(explainPattern(OrderPlaced.pattern, placed).matches).toBe(true);
    expect(parsePattern(OrderPlaced.pattern)).toMatchObject({ ok: true, pattern: { text: JSON.stringify(kind) } });
    const index = new RuleIndex<string>();
    index.add('all', OrderPlaced.pattern);
    index.add('big', big);
    expect(index.match(placed)).toEqual(['all', 'big']);
    expect(index.match({ ...placed, detail: { total: 1 } })).toEqual(['all']);
  });

  test('subscribes, is waited for, and makes a rule', async () => {
    await using bridge = createBridge();
    const seen: number[] = [];
    bridge.on(OrderPlaced.pattern, (event) => seen.push(event.detail.total));
    bridge.bus('default').on(big, (event) => seen.push(-event.detail.total));
    await bridge.putRule({ Name: 'all', EventPattern: JSON.stringify(OrderPlaced.pattern) });
    await bridge.publish(OrderPlaced({ total: 120 }));
    await bridge.idle();
    expect(seen).toEqual([120, -120]);
    expect((await bridge.waitFor(OrderPlaced.pattern)).detail.total).toBe(120);
    expect(bridge.history.records('matched')).toMatchObject([{ rules: ['all'] }]);
  });

  test('cannot be changed by those who share it', () => {
    expect(() => OrderPlaced.pattern.source.push('other' as never)).toThrow(TypeError);
    expect(() => OrderPlaced.pattern().source.push('other' as never)).toThrow(TypeError);
    expect(() => Object.assign(OrderPlaced.pattern, { source: [] })).toThrow(TypeError);
    expect(() => Object.assign(OrderPlaced, { source: 'other' })).toThrow(TypeError);
  });
});

describe('A function that is no pattern', () => {
  test('is refused', () => {
    expect(() => testPattern(() => kind, placed)).toThrow('a pattern is JSON text or an object, not function');
    expect(() => testPattern(OrderPlaced, placed)).toThrow('not function');
    const silent = Object.assign(() => {}, { toJSON: () => undefined });
    expect(() => testPattern(silent, placed)).toThrow('the object cannot be serialized to JSON');
    const { proxy, revoke } = Proxy.revocable(() => {}, {});
    revoke();
    expect(() => testPattern(proxy, placed)).toThrow('not function');
  });
});

describe('A definition', () => {
  test('says what it defines', () => {
    const schema = z.object({});
    expect({ ...defineEvent('a', 'b', schema) }).toMatchObject({ source: 'a', detailType: 'b', schema });
    expect(OrderPlaced.schema).toBeUndefined();
  });

  test('called with a detail makes the event for publish', () => {
    expect(OrderPlaced({ total: 1 })).toStrictEqual({
      source: 'com.shop',
      detailType: 'Order Placed',
      detail: { total: 1 },
    });
    expect(OrderPlaced({ total: 1 }, { bus: 'orders', resources: ['r'], time: 5, traceHeader: 'x' })).toStrictEqual({
      source: 'com.shop',
      detailType: 'Order Placed',
      detail: { total: 1 },
      bus: 'orders',
      resources: ['r'],
      time: 5,
      traceHeader: 'x',
    });
  });

  test('makes an entry that an SDK client sends', () => {
    const entry: PutEventsRequestEntry = OrderPlaced.entry({ total: 1 });
    expect(entry).toStrictEqual({ Source: 'com.shop', DetailType: 'Order Placed', Detail: '{"total":1}' });
    const { input } = new PutEventsCommand({ Entries: [entry] });
    expect(input.Entries).toEqual([entry]);
  });

  test('makes an entry with a bus, a time, resources and a trace header', () => {
    const time = new Date('2026-01-02T03:04:05Z');
    const options = { bus: 'orders', resources: ['r'], time, traceHeader: 'x' };
    const entry = OrderPlaced.entry({ total: 1 }, options);
    expect(entry).toMatchObject({ EventBusName: 'orders', Resources: ['r'], Time: time, TraceHeader: 'x' });
    expect(OrderPlaced.entry({ total: 1 }, { time: '2026-01-02T03:04:05Z' }).Time).toEqual(time);
    expect(OrderPlaced.entry({ total: 1 }, { time: time.getTime() / 1000 }).Time).toEqual(time);
  });

  test('rejects a detail that cannot be serialized to JSON', () => {
    const cycle: { total: number; self?: object } = { total: 1 };
    cycle.self = cycle;
    expect(() => OrderPlaced.entry(cycle)).toThrow(
      /^The detail of "Order Placed" cannot be serialized to JSON: TypeError: /,
    );
    expect(() => OrderPlaced.entry(undefined as never)).toThrow('cannot be serialized to JSON: it is undefined.');
  });

  test('knows the envelopes of its kind, and nothing else', async () => {
    await using bridge = createBridge();
    await bridge.publish([OrderPlaced({ total: 1 }), { source: 'com.shop', detailType: 'Other', detail: {} }]);
    expect(bridge.history.events().filter(OrderPlaced.is)).toMatchObject([{ detail: { total: 1 } }]);
    const angry = new Proxy({}, { get: () => expect.fail() });
    const others = [undefined, null, 'x', 5, [], {}, { ...placed, source: 'com.shop2' }, angry];
    expect(others.filter((other) => OrderPlaced.is(other))).toEqual([]);
  });

  test('is the same when the type of its detail is given in a call of its own', () => {
    const Curried = defineEvent<Order>()('com.shop', 'Order Placed');
    expect(Curried({ total: 120 })).toEqual(OrderPlaced({ total: 120 }));
    expect(JSON.stringify(Curried.pattern)).toBe(JSON.stringify(OrderPlaced.pattern));
    expect(Curried.schema).toBeUndefined();
    expect(() => defineEvent()('', 'b')).toThrow('source must be a string that is not empty');
    expect(() => (defineEvent as (...args: unknown[]) => unknown)(undefined)).toThrow('but is undefined');
  });

  test('is refused with what is wrong about it', () => {
    const define = defineEvent as (...args: unknown[]) => unknown;
    expect(() => define('', 'b')).toThrow('defineEvent: source must be a string that is not empty, but is empty.');
    expect(() => define('a', 5)).toThrow(
      'defineEvent: detailType must be a string that is not empty, but is a number.',
    );
    for (const schema of [null, 5, {}, { '~standard': {} }]) {
      expect(() => define('a', 'b', schema)).toThrow(
        'schema must be a Standard Schema, with ~standard.validate, but is',
      );
    }
  });
});
