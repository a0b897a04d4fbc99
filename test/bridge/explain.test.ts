import { describe, expect, test } from 'vitest';
import { createBridge, sequentialIds } from '../../src/index.js';

describe('Explaining an event', () => {
  test('says for each rule and subscription whether it matches and what differs, the nearest first', async () => {
    await using bridge = createBridge({ ids: sequentialIds() });
    await bridge.putRule({ Name: 'far', EventPattern: '{"source":["x"],"detail":{"total":[{"numeric":[">",100]}]}}' });
    await bridge.putRule({ Name: 'off', EventPattern: '{"source":["com.shop"]}', State: 'DISABLED' });
    await bridge.putRule({ Name: 'nightly', ScheduleExpression: 'rate(1 day)' });
    await bridge.putRule({ Name: 'big', EventPattern: '{"detail":{"total":[{"numeric":[">",100]}]}}' });
    bridge.on({ source: ['com.shop'] }, () => {}, { name: 'audit' });
    const explanation = bridge.explain({ source: 'com.shop', 'detail-type': 'Order Placed', detail: { total: 99 } });
    expect(explanation).toMatchObject({
      bus: 'default',
      busExists: true,
      event: { source: 'com.shop', detail: { total: 99 } },
      routes: [
        { kind: 'subscription', name: 'audit', matches: true, differences: [] },
        { kind: 'rule', name: 'big', matches: false, differences: [{ path: 'detail.total' }] },
        { kind: 'rule', name: 'far', matches: false },
        { kind: 'rule', name: 'off', matches: false, inactiveReason: 'disabled', differences: [] },
        { kind: 'rule', name: 'nightly', matches: false, inactiveReason: 'schedule-only' },
      ],
    });
    expect(String(explanation)).toBe(
      [
        '"Order Placed" from com.shop on bus default: 1 of 5 match',
        '  ✓ subscription audit',
        '  ✗ rule big',
        '      detail.total: 99 is not > 100',
        '  ✗ rule far',
        '      source is "com.shop", wanted "x"',
        '      detail.total: 99 is not > 100',
        '  ✗ rule off (disabled)',
        '  ✗ rule nightly (schedule only)',
      ].join('\n'),
    );
    expect(bridge.history.records()).toEqual([]);
    expect(await bridge.publish({ source: 'a', detailType: 'b', detail: {} })).toMatch(/1$/);
  });

  test('takes an event of the history on the bus where it was', async () => {
    await using bridge = createBridge({ buses: ['orders'] });
    await bridge.putRule({ Name: 'r', EventBusName: 'orders', EventPattern: '{"source":["com.shop"]}' });
    await bridge.bus('orders').publish({ source: 'com.shop', detailType: 'x', detail: {} });
    const [event] = bridge.history.events();
    if (event === undefined) throw new Error('no event');
    expect(bridge.explain(event)).toMatchObject({ bus: 'orders', routes: [{ name: 'r', matches: true }] });
    expect(bridge.explain(event, { bus: 'default' })).toMatchObject({ bus: 'default', routes: [] });
    expect(String(bridge.explain(event, { bus: 'default' }))).toBe(
      '"x" from com.shop on bus default: there is no rule and no subscription',
    );
  });

  test('says that a bus does not exist', async () => {
    await using bridge = createBridge();
    const explanation = bridge.explain({ source: 'a', 'detail-type': 'b' }, { bus: 'none' });
    expect(explanation).toMatchObject({ bus: 'none', busExists: false, routes: [] });
    expect(String(explanation)).toBe('"b" from a on bus none: there is no such bus, the event is dropped');
  });

  test('refuses what is no event', async () => {
    await using bridge = createBridge();
    expect(() => bridge.explain(undefined as never)).toThrow('The event is not valid: it must be an object');
  });
});
