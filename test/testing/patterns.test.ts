import { describe } from 'vitest';
import { expect, test } from '../../src/vitest.js';
import { failureOf } from './failing.js';

const event = { source: 'com.shop', 'detail-type': 'Order placed', detail: { total: 120 } };

describe('Matchers for patterns', () => {
  test('The matchers for patterns test whether an event matches', async () => {
    expect(event).toMatchEventPattern({ source: ['com.shop'] });
    expect(JSON.stringify(event)).toMatchEventPattern('{"detail":{"total":[{"numeric":[">",100]}]}}');
    expect(event).not.toMatchEventPattern({ source: ['com.bank'] });
    expect(await failureOf(() => expect(event).not.toMatchEventPattern({ source: ['com.shop'] }))).toContain(
      'The event matches.',
    );
    const pattern = {
      'detail-type': ['Order Placed'],
      $or: [{ detail: { total: [{ numeric: ['<', 100] }] } }, { source: [{ prefix: 'aws.' }] }],
      detail: { coupon: [{ exists: true }], total: [{ 'anything-but': [120, 130] }] },
    };
    expect(await failureOf(() => expect(event).toMatchEventPattern(pattern))).toMatchInlineSnapshot(`
      "expect(event).toMatchEventPattern(pattern)

      The event does not match.

        pattern   detail-type = "Order Placed"
                  detail.coupon: a value
                  detail.total: anything but 120 or 130
                  one of: anything | source: prefix "aws."

        detail-type is "Order placed", wanted "Order Placed" (case differs)
        detail.coupon: missing; wanted a value
        detail.total is 120, wanted anything but 120 or 130"
    `);
  });

  test('The matchers for patterns test whether a pattern is valid', async () => {
    expect({ source: ['com.shop'] }).toBeValidEventPattern();
    expect('{"source":[]}').not.toBeValidEventPattern();
    expect(await failureOf(() => expect('{"source":[]}').toBeValidEventPattern())).toMatchInlineSnapshot(`
      "expect(pattern).toBeValidEventPattern()

      This is not an event pattern: Empty arrays are not allowed at [Source:
      (String)"{"source":[]}"; line: 1, column: 13]"
    `);
    expect(await failureOf(() => expect({ source: ['x'] }).not.toBeValidEventPattern())).toContain(
      'It is a valid event pattern.',
    );
  });

  test('The matchers for patterns can replace an event in other assertions', async () => {
    expect({ event, other: 1 }).toEqual({ event: expect.eventMatching({ source: ['com.shop'] }), other: 1 });
    expect([event]).not.toEqual([expect.eventMatching({ source: ['x'] })]);
    expect([5]).not.toEqual([expect.eventMatching({ source: ['x'] })]);
    expect(await failureOf(() => expect(event).toEqual(expect.eventMatching({ source: 'x' })))).toContain(
      'This is not an event pattern: source must be an array',
    );
  });

  test('The matchers for patterns fail for what is not an event, with .not too', async ({ bridge }) => {
    const messages = [
      await failureOf(() => expect(null as never).not.toMatchEventPattern({ source: ['com.shop'] })),
      await failureOf(() => expect('{').not.toMatchEventPattern({ source: ['com.shop'] })),
      await failureOf(() => expect(bridge).not.toMatchEventPattern({ source: ['com.shop'] })),
    ];
    expect(messages).toMatchInlineSnapshot(`
      [
        "expect(event).not.toMatchEventPattern(pattern)

      ValidationException: Parameter Event is not valid. Reason: an event is JSON text
      or an object, but was given null.",
        "expect(event).not.toMatchEventPattern(pattern)

      ValidationException: Parameter Event is not valid. Reason: Unexpected
      end-of-input: expected close marker for Object (start marker at [Source:
      (String)"{"; line: 1, column: 1]) at [Source: (String)"{"; line: 1, column: 2],
      but was given a string.",
        "expect(event).not.toMatchEventPattern(pattern)

      This takes an event, but was given a bridge or a bus: use
      toHaveReceivedEvent(pattern) for those.",
      ]
    `);
  });
});
