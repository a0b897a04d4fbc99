import { describe, expect, test } from 'vitest';
import { defineEvent } from '../../src/events.js';
import { createBridge } from '../../src/index.js';
import { type ContractEvent, type ContractRule, checkContracts, loadTemplate } from '../../src/templates.js';

const placed = { source: 'com.shop', detailType: 'Order Placed', detail: { total: 120 } };
const cancelled = { source: 'com.shop', 'detail-type': 'Order Cancelled', detail: {} };
const big = { name: 'big', eventPattern: { source: ['com.shop'], detail: { total: [{ numeric: ['>', 100] }] } } };
const bank = { name: 'bank', eventPattern: '{"source":["com.bank"],"detail-type":["Order Cancelled"]}' };

describe('checkContracts', () => {
  test('finds nothing where each event is wanted and each rule is met', () => {
    const report = checkContracts({ events: [placed], rules: [big] });
    expect(report).toMatchObject({ ok: true, events: 1, rules: 1, unmatchedEvents: [], unmatchedRules: [] });
    expect(String(report)).toBe('1 event, 1 rule: every event matches a rule, and every rule matches an event');
  });

  test('lists what does not meet, with the nearest', () => {
    const report = checkContracts({ events: [placed, cancelled], rules: [big, bank] });
    expect(report.ok).toBe(false);
    expect(report.unmatchedEvents).toMatchObject([
      { label: 'events[1]', event: { 'detail-type': 'Order Cancelled' }, nearest: { rule: { name: 'big' } } },
    ]);
    expect(report.unmatchedRules).toMatchObject([
      { rule: { name: 'bank' }, nearest: { label: 'events[1]', sameBus: true } },
    ]);
    expect(String(report)).toBe(
      [
        '2 events, 2 rules: 1 event that no rule matches, 1 rule that no event matches',
        '  ✗ no rule matches com.shop "Order Cancelled" (events[1])',
        '      nearest is rule big',
        '        detail.total: missing; wanted > 100',
        '  ✗ no event matches rule bank',
        '      nearest is com.shop "Order Cancelled" (events[1])',
        '        source is "com.shop", wanted "com.bank"',
      ].join('\n'),
    );
  });

  test('compares an event that names its bus with the rules of that bus only', () => {
    const entry = { Source: 'com.shop', DetailType: 'Order Placed', Detail: '{"total":120}' };
    const rules = [{ ...big, bus: 'orders' }];
    expect(checkContracts({ events: [entry], rules }).ok).toBe(true);
    const arn = 'arn:aws:events:us-east-1:123456789012:event-bus/orders';
    expect(checkContracts({ events: [{ ...entry, EventBusName: arn }], rules }).ok).toBe(true);
    const report = checkContracts({ events: [{ ...placed, bus: 'carts' }], rules });
    expect(report.unmatchedEvents).toMatchObject([{ bus: 'carts', nearest: { sameBus: false, differences: [] } }]);
    expect(String(report)).toContain('event is on bus carts, rule on orders');
  });

  test('leaves out disabled rules and those without a pattern', () => {
    const rules = [{ ...big, state: 'DISABLED' }, { name: 'nightly' }];
    expect(checkContracts({ events: [], rules })).toMatchObject({ ok: true, rules: 0 });
    expect(String(checkContracts({ events: [placed], rules }))).toContain('there is no rule');
    expect(String(checkContracts({ events: [], rules: [big] }))).toContain('there is no event');
  });

  test('takes the rules of a stack', async () => {
    await using bridge = createBridge();
    const Properties = { EventPattern: big.eventPattern };
    const stack = await loadTemplate(bridge, { Resources: { Big: { Type: 'AWS::Events::Rule', Properties } } });
    expect(checkContracts({ events: [placed], rules: stack.rules }).ok).toBe(true);
    expect(String(checkContracts({ events: [], rules: stack.rules }))).toContain('no event matches rule Big');
  });

  test('refuses lists that cannot be read', () => {
    const { proxy, revoke } = Proxy.revocable({ events: [], rules: [] }, {});
    revoke();
    expect(() => checkContracts(proxy)).toThrow('checkContracts: events cannot be read.');
  });

  test('takes what defineEvent makes, and its pattern', () => {
    const orderPlaced = defineEvent<{ total: number }>('com.shop', 'Order Placed');
    const detail = { total: 120 };
    const rules = [{ name: 'big', eventPattern: orderPlaced.pattern({ total: [120] }) }];
    const report = checkContracts({
      events: [orderPlaced(detail), orderPlaced.entry(detail, { bus: 'default' })],
      rules,
    });
    expect(report).toMatchObject({ ok: true, events: 2 });
  });

  test('takes the bus of a rule as an ARN', () => {
    const rules = [{ ...big, bus: 'arn:aws:events:us-east-1:123456789012:event-bus/orders' }];
    expect(checkContracts({ events: [{ ...placed, bus: 'orders' }], rules }).ok).toBe(true);
  });

  test('meets each branch of an $or, and names the branches that an event misses', () => {
    const $or = [{ detail: { total: [120] } }, { source: ['com.bank'] }];
    const report = checkContracts({ events: [placed, cancelled], rules: [{ name: 'either', eventPattern: { $or } }] });
    expect(report.unmatchedEvents).toMatchObject([{ label: 'events[1]', nearest: { differences: [{ kind: 'or' }] } }]);
    expect(report.unmatchedRules).toEqual([]);
  });

  test('finds the nearest among more than it compares with each', () => {
    const kinds = Array.from({ length: 400 }, (_, i) => `Kind ${i}`);
    const events = kinds.map((detailType) => ({ source: 'a', detailType, detail: { n: 1 } }));
    const rules = kinds.map((name) => ({ name, eventPattern: { 'detail-type': [name], detail: { n: [2] } } }));
    const { unmatchedEvents, unmatchedRules } = checkContracts({ events, rules });
    expect(unmatchedEvents.map(({ nearest }) => nearest?.rule.name)).toEqual(kinds);
    expect(unmatchedRules.map(({ nearest }) => nearest?.event['detail-type'])).toEqual(kinds);
  });

  test.each([
    ['no events', undefined, [big], 'events must be an array, but is undefined'],
    ['rules that are none', [placed], [{}], 'rules[0] must be an object with a name'],
    ['an event that is none', [placed, 5], [big], 'events[1]: an event is an object, not a number'],
    ['an event without source', [{ 'detail-type': 'a' }], [big], 'events[0]: The event is not valid: source must be'],
    ['an entry that PutEvents refuses', [{ Source: 'a', DetailType: 'b', Detail: '[]' }], [big], 'MalformedDetail'],
    ['a bus that is no name', [{ ...placed, bus: 5 }], [big], 'events[0]: its bus is a number, not a name'],
    [
      'a getter that throws',
      [Object.defineProperty({}, 'a', { get: fail, enumerable: true })],
      [big],
      'cannot be serialized to JSON',
    ],
    ['an invalid pattern', [placed], [{ name: 'a', eventPattern: '{}' }], 'rules[0], "a": Event pattern is not valid'],
    ['a rule that cannot be read', [placed], [Object.defineProperty({}, 'name', { get: fail })], 'rules[0] cannot be'],
    ['a bus of a rule that is no name', [placed], [{ ...big, bus: 5 }], 'rules[0]: its bus must be a string'],
    ['names that are none', [placed], [{ ...big, names: [5] }], 'rules[0]: its names must be strings'],
    ['a pattern without JSON text', [placed], [{ name: 'a', eventPattern: { toJSON: fail } }], 'rules[0]'],
    ['a hole', [placed, ...Array(1)], [big], 'events[1]: an event is an object, not undefined'],
  ])('refuses %s', (_case, events, rules, sentence) => {
    const given = { events: events as ContractEvent[], rules: rules as ContractRule[] };
    expect(() => checkContracts(given)).toThrow(sentence);
  });
});

function fail(): never {
  throw new Error('no');
}
