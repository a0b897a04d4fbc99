import { describe } from 'vitest';
import { createBridge, sequentialIds } from '../../src/index.js';
import { expect, test } from '../../src/vitest.js';
import { RoleArn } from '../role.js';
import { failureOf } from './failing.js';

const event = { source: 'com.shop', detailType: 'Order Placed', detail: { id: 'o-1', total: 120, tags: ['a', 'b'] } };
const shop = { source: ['com.shop'] };
const ordersArn = 'arn:aws:events:us-east-1:123456789012:event-bus/orders';

describe('Assertions about received events', () => {
  test('Received events are those that match a pattern, or any', async ({ bridge }) => {
    expect(bridge).not.toHaveReceivedEvent();
    await bridge.publish(event);
    await bridge.inject({ source: 'aws.s3', 'detail-type': 'Object Created' });
    expect(bridge).toHaveReceivedEvent();
    expect(bridge).toHaveReceivedEvent(shop);
    expect(bridge).toHaveReceivedEvent('{"source":["aws.s3"]}');
    expect(bridge).not.toHaveReceivedEvent({ source: ['com.bank'] });
    expect(await failureOf(() => expect(bridge).not.toHaveReceivedEvent(shop))).toContain('#1  com.shop  Order Placed');
  });

  test('Received events are found by plain values and asymmetric matchers, members of objects left out', async ({
    bridge,
  }) => {
    await bridge.publish(event);
    expect(bridge).toHaveReceivedEventWith({ source: 'com.shop', detail: { id: expect.any(String) } });
    expect(bridge).toHaveReceivedEventWith({ detail: expect.objectContaining({ total: 120 }) });
    expect(bridge).toHaveReceivedEventWith({ detail: { tags: ['a', expect.stringMatching(/b/)] } });
    expect(bridge).toHaveReceivedEventWith({ detail: { missing: undefined } });
    expect(bridge).not.toHaveReceivedEventWith({ detail: { total: '120' } });
    expect(bridge).not.toHaveReceivedEventWith({ detail: { tags: ['a'] } });
    expect(bridge).not.toHaveReceivedEventWith({ detail: { id: expect.any(Number) } });
  });

  test('Received events are reported with what differs from plain values', async () => {
    await using bridge = createBridge({ ids: sequentialIds() });
    await bridge.publish([event, { ...event, detailType: 'order placed' }]);
    const values = { 'detail-type': 'Order Placed', detail: { total: '120', id: expect.any(Number), tags: ['a'] } };
    expect(await failureOf(() => expect(bridge).toHaveReceivedEventWith(values))).toMatchInlineSnapshot(`
      "expect(bridge).toHaveReceivedEventWith(values)

      No event on bus "default" matched (2 received, 0 rejected).

        values   detail-type = "Order Placed"
                 detail.total = "120"
                 detail.id = Any<Number>
                 detail.tags = ["a"]

        #  nearest events                   first difference
        1  com.shop  Order Placed  …000001  detail.total is 120, wanted "120" (a
                                            number, not a string) (and 2 more)
        2  com.shop  order placed  …000002  detail-type is "order placed", wanted
                                            "Order Placed" (case differs) (and 3 more)

        One of these was meant? Details: bridge.explain(bridge.history.events()[0])"
    `);
  });

  test('Received events are counted, all of them or those that match', async ({ bridge }) => {
    expect(bridge).toHaveReceivedEventTimes(0);
    await bridge.publish([event, event, { ...event, source: 'com.bank' }]);
    expect(bridge).toHaveReceivedEventTimes(3);
    expect(bridge).toHaveReceivedEventTimes(shop, 2);
    expect(bridge).not.toHaveReceivedEventTimes(shop, 3);
    expect(await failureOf(() => expect(bridge).toHaveReceivedEventTimes(shop, 1))).toMatchInlineSnapshot(`
      "expect(bridge).toHaveReceivedEventTimes(pattern, 1)

      The number of events is 2, wanted 1.

        pattern   source = "com.shop"

      2 events that matched:
        #1  com.shop  Order Placed
        #2  com.shop  Order Placed"
    `);
    expect(await failureOf(() => expect(bridge).not.toHaveReceivedEventTimes(3))).toContain('wanted another number');
  });

  test('Received events match several patterns in order, with others between them', async ({ bridge }) => {
    await bridge.publish(['a', 'x', 'b', 'c'].map((source) => ({ ...event, source })));
    const [a, b, c] = ['a', 'b', 'c'].map((source) => ({ source: [source] })) as [object, object, object];
    expect(bridge).toHaveReceivedEvents([a, b, c]);
    expect(bridge).toHaveReceivedEvents([]);
    expect(bridge).not.toHaveReceivedEvents([a, a]);
    expect(await failureOf(() => expect(bridge).toHaveReceivedEvents([b, a]))).toMatchInlineSnapshot(`
      "expect(bridge).toHaveReceivedEvents([2 patterns])

      Pattern 2 of 2 matched no event after #3: #1 would match, but came earlier.

        pattern   source = "a""
    `);
    expect(await failureOf(() => expect(bridge).toHaveReceivedEvents([a, { source: ['z'] }]))).toContain(
      'Pattern 2 of 2 matched no event after #1.',
    );
  });

  test('Received events are those of one bus if the subject is a bus', async () => {
    await using bridge = createBridge({ buses: ['orders'] });
    await bridge.publish(event);
    expect(bridge.bus('default')).toHaveReceivedEvent(shop);
    expect(bridge.bus('orders')).not.toHaveReceivedEvent();
    expect(await failureOf(() => expect(bridge.bus('orders')).toHaveReceivedEvent(shop))).toMatch(
      /^expect\(bridge\.bus\("orders"\)\)\.toHaveReceivedEvent\(pattern\)\n\nNo event on bus "orders" was received/,
    );
  });

  test('Received events are what publishers sent: what came from another bus counts if asked for', async () => {
    await using bridge = createBridge({ buses: ['orders'] });
    await bridge.putRule({ Name: 'forward', EventPattern: JSON.stringify(shop) });
    await bridge.putTargets({ Rule: 'forward', Targets: [{ Id: 'bus', Arn: ordersArn, RoleArn }] });
    await bridge.publish(event);
    await bridge.idle();
    expect(bridge).toHaveReceivedEventTimes(1);
    expect(bridge.bus('orders')).not.toHaveReceivedEvent(shop);
    expect(bridge.bus('orders')).toHaveReceivedEvent(shop, { origins: ['bus'] });
    expect(bridge).toHaveReceivedEventTimes(2, { origins: ['put-events', 'bus'] });
    expect(await failureOf(() => expect(bridge.bus('orders')).toHaveReceivedEvent(shop))).toContain(
      "Count with\n  `{ origins: ['bus'] }`.",
    );
  });

  test('Received events name the bus where several have some, and events sent to a bus that does not exist', async () => {
    await using bridge = createBridge({ buses: ['orders'], ids: sequentialIds() });
    await bridge.publish([event, { ...event, bus: 'orders' }]);
    await bridge.putEvents({
      Entries: [{ Source: 'com.shop', DetailType: 'Order Placed', Detail: '{}', EventBusName: 'ordres' }],
    });
    expect(await failureOf(() => expect(bridge).toHaveReceivedEvent({ source: ['x'] }))).toMatchInlineSnapshot(`
      "expect(bridge).toHaveReceivedEvent(pattern)

      No event matched (2 received, 0 rejected).

        pattern   source = "x"

        #  nearest events                             first difference
        1  default:  com.shop  Order Placed  …000001  source is "com.shop", wanted "x"
        2  orders:   com.shop  Order Placed  …000002  source is "com.shop", wanted "x"

        dropped   com.shop Order Placed: bus "ordres" does not exist

        One of these was meant? Details: bridge.explain(bridge.history.events()[0])"
    `);
  });

  test('Received events with wrong arguments fail with .not too', async ({ bridge }) => {
    const wrong: (() => unknown)[] = [
      () => expect(bridge).not.toHaveReceivedEvent({ source: 'com.shop' }),
      () => expect(bridge).not.toHaveReceivedEvent('{'),
      () => expect(bridge).not.toHaveReceivedEvent(5 as never),
      () => expect(bridge).not.toHaveReceivedEvent(shop, { origins: 'bus' as never }),
      () => expect(bridge).not.toHaveReceivedEvent(shop, 5 as never),
      () => expect(bridge).not.toHaveReceivedEventWith({ detailType: 'x' } as never),
      () => expect(bridge).not.toHaveReceivedEventWith('x' as never),
      () => expect(bridge).not.toHaveReceivedEventTimes(shop, 'x' as never),
      () => expect(bridge).not.toHaveReceivedEventTimes(-1),
      () => expect(bridge).not.toHaveReceivedEvents(shop as never),
      () => expect(bridge).not.toHaveReceivedEvents([{ source: 'x' }]),
      () => expect({}).not.toHaveReceivedEvent(),
      () => expect(undefined).not.toHaveReceivedEvent(),
    ];
    const messages = await Promise.all(wrong.map(failureOf));
    expect(messages.map((message) => message.replaceAll('\n', ' '))).toMatchInlineSnapshot(`
      [
        "expect(bridge).not.toHaveReceivedEvent({ source: "com.shop" })  This is not an event pattern: source must be an array, e.g. ["com.shop"]. To compare with plain values use toHaveReceivedEventWith({ source: "com.shop" })",
        "expect(bridge).not.toHaveReceivedEvent(pattern)  This is not an event pattern: Unexpected end-of-input: expected close marker for Object (start marker at [Source: (String)"{"; line: 1, column: 1]) at [Source: (String)"{"; line: 1, column: 2]",
        "expect(bridge).not.toHaveReceivedEvent(5)  This is not an event pattern: a pattern is JSON text or an object, not number",
        "expect(bridge).not.toHaveReceivedEvent(pattern)  origins must be an array such as ['put-events', 'bus'], but is a string.",
        "expect(bridge).not.toHaveReceivedEvent(pattern)  The options must be an object, but are a number.",
        "expect(bridge).not.toHaveReceivedEventWith(values)  An event has no member "detailType". Use detail-type.",
        "expect(bridge).not.toHaveReceivedEventWith("x")  This takes the members that the event must have, e.g. { source: "com.shop" }.",
        "expect(bridge).not.toHaveReceivedEventTimes(pattern, "x")  The number of events must be a whole number, 0 or more, but is "x".",
        "expect(bridge).not.toHaveReceivedEventTimes(-1)  The number of events must be a whole number, 0 or more, but is -1.",
        "expect(bridge).not.toHaveReceivedEvents(pattern)  This takes an array of event patterns. For one pattern use toHaveReceivedEvent.",
        "expect(bridge).not.toHaveReceivedEvents([1 pattern])  This is not an event pattern: source must be an array, e.g. ["x"]. To compare with plain values use toHaveReceivedEventWith({ source: "x" })",
        "expect(…).toHaveReceivedEvent() needs a bridge of this process or one of its buses, such as bridge.bus("orders"), but was given an object.",
        "expect(…).toHaveReceivedEvent() needs a bridge of this process or one of its buses, such as bridge.bus("orders"), but was given undefined.",
      ]
    `);
  });

  test('Received events take known options only', async ({ bridge }) => {
    await bridge.publish(event);
    const options = (value: object) => value as never;
    const wrong: (() => unknown)[] = [
      () => expect(bridge).toHaveReceivedEvent(shop, options({ times: 2 })),
      () => expect(bridge).toHaveReceivedEventTimes(1, options(shop)),
      () => expect(bridge).toHaveReceivedEventWith({ source: 'com.shop' }, options({ origin: ['bus'] })),
      () => expect(bridge).not.toHaveReceivedEvent(shop, options({ origins: ['putEvents'] })),
      () => expect(bridge).not.toEventuallyReceiveEvent(shop, options({ timeouts: 5 })),
    ];
    const messages = await Promise.all(wrong.map(failureOf));
    expect(messages.map((message) => message.split('\n\n')[1])).toMatchInlineSnapshot(`
      [
        "There is no option times. The only option is origins. To count events use
      toHaveReceivedEventTimes(pattern, n).",
        "The pattern comes first: toHaveReceivedEventTimes(pattern, 1).",
        "There is no option origin. The only option is origins.",
        ""putEvents" is not an origin. The origins are put-events, inject, bus, schedule,
      replay, restore.",
        "There is no option timeouts. The options are timeout, origins.",
      ]
    `);
  });

  test('Received events need a bridge, not the promise of one', async ({ bridge }) => {
    expect(await failureOf(() => expect(Promise.resolve(bridge)).toHaveReceivedEvent())).toMatchInlineSnapshot(`
      "expect(…).toHaveReceivedEvent() needs a bridge of this process or one of its
      buses, such as bridge.bus("orders"), but was given a promise: await it first."
    `);
  });

  test('Received events say that the bus does not exist, or that another has the event', async () => {
    await using bridge = createBridge({ ids: sequentialIds(), buses: ['orders'] });
    await bridge.publish(event);
    expect(await failureOf(() => expect(bridge.bus('order')).toHaveReceivedEvent(shop))).toMatchInlineSnapshot(`
      "expect(bridge.bus("order")).toHaveReceivedEvent(pattern)

      There is no bus "order". Did you mean "orders"? There is also "default".

      1 event that would match came to "default"."
    `);
    expect(await failureOf(() => expect(bridge.bus('orders')).toHaveReceivedEvent(shop))).toContain(
      '1 event that would match came to "default".',
    );
    expect(
      await failureOf(() => expect(bridge.bus('orders')).toHaveReceivedEvent({ source: ['com.bank'] })),
    ).not.toContain('would match');
  });

  test('Received events take asymmetric matchers only if values are compared', async ({ bridge }) => {
    await bridge.publish(event);
    const messages = [
      await failureOf(() => expect(bridge).toHaveReceivedEvent({ ...shop, detail: { id: expect.any(String) } })),
      await failureOf(() => expect(bridge).toHaveReceivedEvent(expect.objectContaining({ source: 'com.shop' }))),
      await failureOf(() => expect({}).toMatchEventPattern({ detail: expect.objectContaining({ id: 'o-1' }) })),
    ];
    expect(messages.map((message) => message.split('\n\n')[1])).toMatchInlineSnapshot(`
      [
        "This is not an event pattern: detail.id is an asymmetric matcher, such as
      expect.any(String). To compare with plain values and such matchers use
      toHaveReceivedEventWith(…).",
        "This is not an event pattern: it is an asymmetric matcher, such as
      expect.any(String). To compare with plain values and such matchers use
      toHaveReceivedEventWith(…).",
        "This is not an event pattern: detail is an asymmetric matcher, such as
      expect.any(String).",
      ]
    `);
  });

  test('Received events are reported with what an asymmetric matcher is made of', async ({ bridge }) => {
    await bridge.publish(event);
    const detail = { id: expect.stringMatching(/^p/), tags: expect.arrayContaining(['z']), total: expect.any(String) };
    expect(await failureOf(() => expect(bridge).toHaveReceivedEventWith({ detail }))).toMatchInlineSnapshot(`
      "expect(bridge).toHaveReceivedEventWith(values)

      No event on bus "default" matched (1 received, 0 rejected).

        values   detail.id = StringMatching</^p/>
                 detail.tags = ArrayContaining<["z"]>
                 detail.total = Any<String>

        #  nearest events                   first difference
        1  com.shop  Order Placed  …000001  detail.id is "o-1", wanted
                                            StringMatching</^p/> (and 2 more)

        One of these was meant? Details: bridge.explain(bridge.history.events()[0])"
    `);
  });
});
