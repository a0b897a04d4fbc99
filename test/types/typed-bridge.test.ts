import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { EventBridgeEvent } from 'aws-lambda';
import * as v from 'valibot';
import { describe, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { defineEvent, type EventOf, type Jsonify } from '../../src/events.js';
import type { RemoteBridge } from '../../src/http.js';
import {
  type Bridge,
  type BridgeOptions,
  type Clock,
  createBridge,
  type Envelope,
  type PublishEvent,
  sharedBridge,
  type VirtualClock,
  virtualClock,
} from '../../src/index.js';

interface Order {
  total: number;
  placedAt: Date;
}

const Typed = defineEvent<Order>('com.shop', 'Order Placed');
const Literal = defineEvent<Order, 'com.shop', 'Order Placed'>('com.shop', 'Order Placed');
const Curried = defineEvent<Order>()('com.shop', 'Order Placed');
const Open = defineEvent('com.shop', 'Anything');
const Zod = defineEvent('com.shop', 'Zod', z.object({ a: z.string().transform(Number), b: z.number().default(1) }));
const Valibot = defineEvent('com.shop', 'Valibot', v.object({ a: v.string(), b: v.optional(v.number(), 1) }));

describe('The types of a definition', () => {
  test('take the detail from the type argument or from what the schema takes', () => {
    expectTypeOf<EventOf<typeof Zod>>().toEqualTypeOf<Envelope<'Zod', { a: string; b?: number | undefined }>>();
    expectTypeOf<EventOf<typeof Valibot>>().toEqualTypeOf<Envelope<'Valibot', { a: string; b?: number | undefined }>>();
    expectTypeOf<EventOf<typeof Typed>>().toEqualTypeOf<Envelope<string, { total: number; placedAt: string }>>();
    expectTypeOf<EventOf<typeof Literal>['detail-type']>().toEqualTypeOf<'Order Placed'>();
    expectTypeOf<EventOf<typeof Open>['detail']>().toBeAny();
    expectTypeOf(Zod.source).toEqualTypeOf<'com.shop'>();
    expectTypeOf(Zod.pattern.source).toEqualTypeOf<['com.shop']>();
  });

  test('learn source and detail-type from what they are, when the detail is a type argument in a call of its own', () => {
    expectTypeOf(Curried).toEqualTypeOf<typeof Literal>();
    expectTypeOf<EventOf<typeof Curried>>().toEqualTypeOf<
      Envelope<'Order Placed', { total: number; placedAt: string }>
    >();
    expectTypeOf(Curried({ total: 1, placedAt: new Date() })).toEqualTypeOf<
      PublishEvent<'com.shop', 'Order Placed', Order>
    >();
    Curried.pattern({ total: [{ numeric: ['>', 100] }] });
    // @ts-expect-error
    Curried.pattern({ totl: [1] });
    // @ts-expect-error
    Curried({ total: '1', placedAt: new Date() });
    // @ts-expect-error
    defineEvent<string>();
    // @ts-expect-error
    const incomplete = () => defineEvent<Order>()('com.shop');
    expectTypeOf(incomplete).toBeFunction();
    expectTypeOf(defineEvent()('com.shop', 'Anything')).toEqualTypeOf<typeof Open>();
  });

  test('check the detail of an event and of an entry', () => {
    expectTypeOf(Zod({ a: 'x' })).toEqualTypeOf<
      PublishEvent<'com.shop', 'Zod', { a: string; b?: number | undefined }>
    >();
    expectTypeOf(Zod.entry({ a: 'x' })).toExtend<PutEventsRequestEntry>();
    // @ts-expect-error
    Zod({ a: 5 });
    // @ts-expect-error
    Zod.entry({});
    // @ts-expect-error
    Typed({ total: 1, placedAt: 'today' });
    // @ts-expect-error
    Zod({ a: 'x' }, { buss: 'orders' });
  });

  test('check the pattern against the detail', () => {
    Zod.pattern({ a: [{ prefix: 'x' }], b: [{ numeric: ['>', 1] }] });
    Open.pattern({ any: { thing: [1] } });
    // @ts-expect-error
    Zod.pattern({ a: [5] });
    // @ts-expect-error
    Zod.pattern({ c: ['x'] });
  });

  test('refuse a schema of what is no object', () => {
    // @ts-expect-error
    defineEvent('a', 'b', z.string());
    // @ts-expect-error
    defineEvent<string>('a', 'b');
  });

  test('narrow an envelope', () => {
    const event = { 'detail-type': 'Zod' } as Envelope;
    if (Zod.is(event)) expectTypeOf(event.detail.a).toEqualTypeOf<string>();
    const events: Envelope[] = [];
    expectTypeOf(events.filter(Zod.is)).toEqualTypeOf<EventOf<typeof Zod>[]>();
  });

  test('make of a detail what its JSON is', () => {
    type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
    type Nested = { at: Date } | Nested[];
    interface Tree {
      at: Date;
      children: Tree[];
    }
    expectTypeOf<Jsonify<Json>>().toEqualTypeOf<Json>();
    expectTypeOf<Jsonify<Tree>['children'][number]['children'][number]['at']>().toEqualTypeOf<string>();
    expectTypeOf<Exclude<Jsonify<Nested>, readonly unknown[]>>().toEqualTypeOf<{ at: string }>();
    expectTypeOf<Jsonify<[Date, number?]>>().toEqualTypeOf<[string, number?]>();
    expectTypeOf<Jsonify<unknown>>().toEqualTypeOf<unknown>();
    expectTypeOf<Jsonify<{ readonly a?: Date; f(): void }>>().toEqualTypeOf<{ readonly a?: string; f: never }>();
  });
});

describe('The types of a bridge', () => {
  test('know the event that a typed pattern matches', async () => {
    await using bridge = createBridge();
    bridge.on(Zod.pattern, (event) => expectTypeOf(event).toEqualTypeOf<EventOf<typeof Zod>>());
    bridge.on(Zod.pattern({ a: ['x'] }), ({ detail }) => expectTypeOf(detail.a).toEqualTypeOf<string>());
    bridge.on({ ...Zod.pattern, account: ['1'] }, ({ detail }) => expectTypeOf(detail.a).toEqualTypeOf<string>());
    bridge.bus('orders').on(Zod.pattern, ({ detail }) => expectTypeOf(detail.a).toEqualTypeOf<string>());
    bridge.on(Literal.pattern, (event: EventBridgeEvent<'Order Placed', { total: number }>) => event.detail.total);
    bridge.on(Open.pattern, (event) => event.detail.any.thing);
    // @ts-expect-error
    bridge.on(Zod.pattern, (event: EventBridgeEvent<'Zod', Order>) => event.detail.total);
    // @ts-expect-error
    bridge.on(Zod.pattern, ({ detail }) => detail.c);
    const wait = () => bridge.waitFor(Zod.pattern);
    expectTypeOf(wait).returns.resolves.toEqualTypeOf<EventOf<typeof Zod>>();
  });

  test('leave other patterns as open as they were', async () => {
    interface Pattern {
      source: string[];
    }
    const declared: Pattern = { source: ['a'] };
    const unknown: object = declared;
    await using bridge = createBridge();
    bridge.on(declared, (event) => expectTypeOf(event).toEqualTypeOf<Envelope>());
    bridge.on(unknown, (event) => event.detail.any);
    bridge.on('{"source":["a"]}', (event) => event.detail.any);
    bridge.on({ source: ['a'], detail: { a: [{ exists: true }] } }, (event) => event.detail.any);
    bridge.on<Order>({ source: ['a'] }, (event) => expectTypeOf(event.detail).toEqualTypeOf<Order>());
    const wait = () => bridge.waitFor({ source: ['a'] });
    expectTypeOf(wait).returns.resolves.toEqualTypeOf<Envelope>();
    // @ts-expect-error
    const refused = () => bridge.on(5, () => {});
    expectTypeOf(refused).toBeFunction();
  });

  test('let a bridge with definitions publish only those', async () => {
    await using bridge = createBridge({ events: [Zod, Literal] });
    const publish = () => [
      bridge.publish(Zod({ a: 'x' })),
      bridge.publish([Zod({ a: 'x' }), Literal({ total: 1, placedAt: new Date() })]),
      bridge.publish({ source: 'com.shop', detailType: 'Zod', detail: { a: 'x' } }),
      bridge.bus('orders').publish(Zod({ a: 'x' })),
      // @ts-expect-error
      bridge.publish(Valibot({ a: 'x' })),
      // @ts-expect-error
      bridge.publish({ source: 'com.shop', detailType: 'Other', detail: { a: 'x' } }),
      // @ts-expect-error
      bridge.publish({ source: 'com.shop', detailType: 'Zod', detail: { a: 5 } }),
      // @ts-expect-error
      bridge.publish([Zod({ a: 'x' }), Open({})]),
      // @ts-expect-error
      bridge.bus('orders').publish(Open({})),
    ];
    expectTypeOf(publish).returns.items.toExtend<Promise<unknown>>();
  });

  test('know the clock that was given', () => {
    const make = () => createBridge({ clock: virtualClock(), events: [Curried] });
    expectTypeOf(make).returns.toExtend<Bridge>();
    expectTypeOf(make).returns.toHaveProperty('clock').toEqualTypeOf<VirtualClock>();
    const share = () => sharedBridge('a', { clock: virtualClock() });
    expectTypeOf(share).returns.toEqualTypeOf<Bridge<PublishEvent, VirtualClock>>();
    const plain = () => createBridge({ buses: ['orders'] });
    expectTypeOf(plain).returns.toHaveProperty('clock').toEqualTypeOf<Clock>();
    const options: BridgeOptions = { clock: virtualClock() };
    const loose = () => createBridge(options);
    expectTypeOf(loose).returns.toEqualTypeOf<Bridge>();
    // @ts-expect-error
    const wrong = () => createBridge({ clock: { noww: () => 0 } });
    expectTypeOf(wrong).toBeFunction();
  });

  test('are the same of a bridge in another process, where patterns are given', () => {
    const on = (remote: RemoteBridge) =>
      remote.on(Curried.pattern({ total: [1] }), ({ detail }) => expectTypeOf(detail.placedAt).toEqualTypeOf<string>());
    const wait = (remote: RemoteBridge) => remote.waitFor(Curried.pattern);
    expectTypeOf(wait).returns.resolves.toEqualTypeOf<EventOf<typeof Curried>>();
    const open = (remote: RemoteBridge) => remote.waitFor({ source: ['com.shop'] });
    expectTypeOf(open).returns.resolves.toEqualTypeOf<Envelope>();
    // @ts-expect-error
    const wrong = (remote: RemoteBridge) => remote.on(Curried.pattern, ({ detail }) => detail.missing);
    expectTypeOf([on, wrong]).toBeArray();
  });

  test('let a bridge without definitions publish anything', () => {
    expectTypeOf(createBridge).returns.toExtend<Bridge>();
    const make = () => [createBridge(), createBridge({}), createBridge({ events: [] }), sharedBridge('a')];
    expectTypeOf(make).returns.items.toEqualTypeOf<Bridge>();
  });

  test('let a bridge with definitions pass for any bridge, and be shared', () => {
    const make = () => createBridge({ events: [Zod] });
    expectTypeOf(make).returns.toExtend<Bridge>();
    const share = () => sharedBridge('a', { events: [Zod] });
    expectTypeOf(share).returns.toEqualTypeOf<ReturnType<typeof make>>();
  });
});
