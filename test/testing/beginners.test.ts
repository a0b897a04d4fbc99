import { describe } from 'vitest';
import { defineEvent } from '../../src/events.js';
import { createBridge } from '../../src/index.js';
import { type BridgeMatchers, expect, test } from '../../src/vitest.js';
import { failureOf } from './failing.js';

const OrderPlaced = defineEvent<{ total: number }>()('com.shop', 'Order Placed');
const shop = { source: ['com.shop'] };
const nothing: string | undefined = undefined;

/** A matcher takes what it is given here, whatever its types say. */
type Loose = { readonly [Name in keyof BridgeMatchers]: (...args: unknown[]) => unknown };

const misuses: Record<string, (expected: Loose, bridge: ReturnType<typeof createBridge>) => unknown> = {
  'a member of publish': (e) => e.toHaveReceivedEvent({ detailType: ['Order Placed'] }),
  'a member of PutEvents': (e) => e.toHaveReceivedEvent({ Detail: { total: [1] } }),
  'a detail as text': (e) => e.toHaveReceivedEventWith({ detail: '{"total":120}' }),
  'a pattern for values': (e) => e.toHaveReceivedEventWith(shop),
  'a regular expression': (e) => e.toHaveReceivedEventWith({ detail: { ids: [/^o-/] } }),
  'a Date': (e) => e.toHaveReceivedEventWith({ time: new Date(0) }),
  'a bigint': (e) => e.toHaveReceivedEventWith({ detail: { total: 120n } }),
  'an invalid operand': (e) => e.toHaveReceivedEvent({ detail: { total: [{ numeric: ['>', '100'] }] } }),
  'a misspelt operator': (e) => e.toHaveReceivedEvent({ source: [{ prefx: 'com.' }] }),
  'an id that is undefined': (e) => e.toHaveReceivedEvent({ ...shop, detail: { id: [nothing] } }),
  'an empty pattern': (e) => e.toHaveReceivedEvent({}),
  'a detail-type alone': (e) => e.toHaveReceivedEvent('Order Placed'),
  'a definition': (e) => e.toHaveReceivedEvent(OrderPlaced),
  'the number first': (e) => e.toHaveReceivedEventTimes(1, shop),
  'no number': (e) => e.toHaveReceivedEventTimes(shop),
  'patterns that are no array': (e) => e.toHaveReceivedEvents(shop, shop),
  'a pattern for options': (e) => e.toHaveDeliveredTo('audit', shop),
  'a list for options': (e) => e.toHaveDeliveredTo('audit', ['com.shop']),
  'a payload with a Date': (e) => e.toHaveDeliveredTo('audit', { payload: { time: new Date(0) } }),
  'a function for its name': (e) => e.toHaveDeliveredTo(() => {}),
  'a queue for its name': (e) => e.toHaveDeadLetters(createBridge().queue('bill-dlq')),
  'milliseconds alone': (e) => e.toEventuallyReceiveEvent(shop, 10),
};

describe('Wrong arguments of matchers', () => {
  test('A misused matcher says what to write, and fails with .not too', async ({ bridge }) => {
    bridge.on(shop, () => {}, { name: 'audit' });
    const said: Record<string, string | undefined> = {};
    for (const [name, misuse] of Object.entries(misuses)) {
      const message = await failureOf(() => misuse(expect(bridge) as never, bridge));
      expect(message.split('\n').filter((line) => line.length > 80)).toEqual([]);
      said[name] = message.slice(message.indexOf('\n\n') + 2);
      const negated = await failureOf(() => misuse(expect(bridge).not as never, bridge));
      expect(negated.slice(negated.indexOf('\n\n') + 2)).toBe(said[name]);
    }
    expect(said).toMatchInlineSnapshot(`
      {
        "a Date": "time is a Date, but events hold JSON: "1970-01-01T00:00:00Z".",
        "a bigint": "detail.total is a bigint, which JSON cannot hold.",
        "a definition": "This is not an event pattern but a defined event: pass its pattern, as in
      OrderPlaced.pattern.",
        "a detail as text": "detail is a string, but the detail of an event is an object:
      \`{ detail: { … } }\`.",
        "a detail-type alone": "This is not an event pattern: "Order Placed" is not JSON. To match it as
      detail-type use \`{ "detail-type": ["Order Placed"] }\`.",
        "a function for its name": "This takes the name of a rule, target or subscription, or an ARN, but was given
      a function.",
        "a list for options": "The options must be an object, but are an array.",
        "a member of PutEvents": "An event has no member "Detail". Use detail.",
        "a member of publish": "An event has no member "detailType". Use detail-type.",
        "a misspelt operator": "This is not an event pattern: Unrecognized match type prefx, at source.prefx",
        "a pattern for options": "There is no option source. The options are event, payload, times. For a pattern
      use \`{ event: pattern }\`.",
        "a pattern for values": "source is an array, as in an event pattern. To compare with a pattern use
      toHaveReceivedEvent(pattern).",
        "a payload with a Date": "In the payload: time is a Date, but events hold JSON: "1970-01-01T00:00:00Z".",
        "a queue for its name": "This takes the name or ARN of a queue, but was given an object. Pass its name:
      "bill-dlq".",
        "a regular expression": "detail.ids[0] is a RegExp. Use expect.stringMatching(/^o-/).",
        "an empty pattern": "This is not an event pattern: Empty objects are not allowed",
        "an id that is undefined": "This is not an event pattern: detail.id[0] is undefined, and in a list that
      means null.",
        "an invalid operand": "This is not an event pattern: Value of > must be numeric, at
      detail.total.numeric",
        "milliseconds alone": "The options must be an object, but are a number. Did you mean \`{ timeout: 10 }\`?",
        "no number": "The number of events must be a whole number, 0 or more, but is nothing.",
        "patterns that are no array": "This takes an array of event patterns. For one pattern use toHaveReceivedEvent.",
        "the number first": "The pattern comes first: toHaveReceivedEventTimes(pattern, 1).",
      }
    `);
  });

  test('A misused matcher says what it was given instead of a bridge', async ({ bridge }) => {
    for (const [given, said] of [
      [createBridge().queue('jobs'), 'but was given Queue jobs: 0 messages.'],
      [bridge.history, 'but was given history: nothing; 0 evicted.'],
      [bridge.bus, 'but was given a function.'],
      [{ toString: () => expect.fail() }, 'but was given an object.'],
    ] as const) {
      const message = await failureOf(() => expect(given).toHaveReceivedEvent());
      expect(message.replaceAll('\n', ' ')).toContain(said);
    }
  });

  test('A misused matcher takes a field named like an operator, and explains operators if nothing matched', async ({
    bridge,
  }) => {
    await bridge.publish(OrderPlaced({ total: 120 }));
    const pattern = { detail: { total: { numeric: ['>', 100] } } };
    expect(bridge).not.toHaveReceivedEvent(pattern);
    expect(await failureOf(() => expect(bridge).toHaveReceivedEvent(pattern))).toContain(
      'An operator must be in a list: `total: [{ "numeric": … }]`.',
    );
    expect(bridge).not.toHaveReceivedEvent({ detailType: [{ exists: false }], source: ['com.bank'] });
    expect({ detailType: 'x' }).toMatchEventPattern({ detailType: ['x'] });
    expect(bridge).toHaveReceivedEventWith({ detail: { missing: undefined, total: expect.any(Number) } });
  });
});
