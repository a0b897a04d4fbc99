import { describe, expect, test } from 'vitest';
import { createBridge } from '../../src/index.js';
import { type ContractEvent, type ContractRule, checkContracts, loadTemplate } from '../../src/templates.js';

const placed = { source: 'com.shop', detailType: 'Order Placed', detail: { total: 120 } };
const cancelled = { source: 'com.shop', 'detail-type': 'Order Cancelled', detail: {} };
const big = { name: 'big', eventPattern: { source: ['com.shop'], detail: { total: [{ numeric: ['>', 100] }] } } };
const bank = { name: 'bank', eventPattern: '{"source":["com.bank"],"detail-type":["Order Cancelled"]}' };

describe('checkContracts', () => {
  test('finds nothing where each event is wanted and each rule is met', () => {
    const report = checkContracts({ events: [placed], rules: [big] });
    expect(report).toMatchObject({ ok: true, events: 1, rules: 1, unwanted: [], unmet: [] });
    expect(String(report)).toBe('1 event, 1 rule: each event is wanted, and each rule is met');
  });

  test('lists what does not meet, with the nearest', () => {
    const report = checkContracts({ events: [placed, cancelled], rules: [big, bank] });
    expect(report.ok).toBe(false);
    expect(report.unwanted).toMatchObject([
      { label: 'events[1]', event: { 'detail-type': 'Order Cancelled' }, nearest: { rule: { name: 'big' } } },
    ]);
    expect(report.unmet).toMatchObject([{ rule: { name: 'bank' }, nearest: { label: 'events[1]', sameBus: true } }]);
    expect(String(report)).toBe(
      [
        '2 events, 2 rules: 1 event that no rule wants, 1 rule that no event meets',
        '  ✗ no rule wants com.shop "Order Cancelled" (events[1])',
        '      nearest is rule big',
        '        detail.total: missing; wanted > 100',
        '  ✗ no event meets rule bank',
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
    expect(report.unwanted).toMatchObject([{ bus: 'carts', nearest: { sameBus: false, differences: [] } }]);
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
    expect(String(checkContracts({ events: [], rules: stack.rules }))).toContain('no event meets rule Big');
  });

  test.each([
    ['no events', undefined, [big], 'events must be an array, but is undefined'],
    ['rules that are none', [placed], [{}], 'rules[0] must be an object with a name'],
    ['an event that is none', [placed, 5], [big], 'events[1]: an event is an object, not a number'],
    ['an event without source', [{ 'detail-type': 'a' }], [big], 'events[0]: The event is not valid: source must be'],
    ['an entry that PutEvents refuses', [{ Source: 'a', DetailType: 'b', Detail: '[]' }], [big], 'MalformedDetail'],
    ['a bus that is no name', [{ ...placed, bus: 5 }], [big], 'events[0]: its bus is a number, not a name'],
    ['a getter that throws', [Object.defineProperty({}, 'a', { get: fail, enumerable: true })], [big], 'no JSON text'],
    ['an invalid pattern', [placed], [{ name: 'a', eventPattern: '{}' }], 'Event pattern is not valid'],
  ])('refuses %s', (_case, events, rules, sentence) => {
    const given = { events: events as ContractEvent[], rules: rules as ContractRule[] };
    expect(() => checkContracts(given)).toThrow(sentence);
  });
});

function fail(): never {
  throw new Error('no');
}
