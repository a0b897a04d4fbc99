import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBridge, virtualClock } from '../../src/index.js';
import { testPattern } from '../../src/patterns.js';

const event = (detail: object, detailType = 'Order Placed') => ({ source: 'com.shop', detailType, detail });

/** Of one subscription with this pattern: each branch, and how many of the events it matched by. */
async function branchesOf(pattern: object | string, details: readonly object[]) {
  await using bridge = createBridge();
  bridge.on(pattern, () => {}, { name: 'one' });
  await bridge.publish(details.map((detail) => event(detail)));
  const [route] = bridge.coverage().routes;
  return { matched: route?.matched, branches: route?.branches.map(({ text, matched }) => [text, matched]) };
}

describe('coverage', () => {
  test('The coverage lists what never matched, branch by branch, and what nothing wanted', async () => {
    await using bridge = createBridge({ buses: ['orders'] });
    const big = '{"detail":{"status":["paid","open"],"$or":[{"total":[{"numeric":[">",100]}]},{"vip":[true]}]}}';
    await bridge.putRule({ Name: 'big', EventPattern: big });
    await bridge.putRule({ Name: 'far', EventPattern: '{"source":["x"]}', EventBusName: 'orders' });
    await bridge.putRule({ Name: 'off', EventPattern: '{"source":["com.shop"]}', State: 'DISABLED' });
    bridge.on({ 'detail-type': ['Order Placed'] }, () => {}, { name: 'audit' });
    await bridge.publish([event({ status: 'paid', vip: true }), event({}, 'x'), event({}, 'x'), event({}, 'y')]);
    const coverage = bridge.coverage();
    expect(coverage).toMatchObject({ events: 4, evicted: 0 });
    expect(coverage.unmatched.map(({ event: { 'detail-type': type } }) => type)).toEqual(['x', 'x', 'y']);
    expect(coverage.routes).toEqual([
      {
        kind: 'rule',
        bus: 'default',
        name: 'big',
        matched: 1,
        branches: [
          { kind: 'alternative', text: 'detail.status "paid"', matched: 1 },
          { kind: 'alternative', text: 'detail.status "open"', matched: 0 },
          { kind: 'or', text: '$or branch 1 of 2 (detail.total > 100)', matched: 0 },
          { kind: 'alternative', text: '$or branch 1 of 2 (detail.total > 100): detail.total > 100', matched: 0 },
          { kind: 'or', text: '$or branch 2 of 2 (detail.vip true)', matched: 1 },
          { kind: 'alternative', text: '$or branch 2 of 2 (detail.vip true): detail.vip true', matched: 1 },
        ],
      },
      {
        kind: 'rule',
        bus: 'default',
        name: 'off',
        matched: 0,
        inactiveReason: 'disabled',
        branches: [{ kind: 'alternative', text: 'source "com.shop"', matched: 0 }],
      },
      {
        kind: 'subscription',
        bus: 'default',
        name: 'audit',
        matched: 1,
        branches: [{ kind: 'alternative', text: 'detail-type "Order Placed"', matched: 1 }],
      },
      {
        kind: 'rule',
        bus: 'orders',
        name: 'far',
        matched: 0,
        branches: [{ kind: 'alternative', text: 'source "x"', matched: 0 }],
      },
    ]);
    expect(String(coverage).split('\n')).toEqual([
      '2 of 4 rules and subscriptions matched, 4 events on record',
      '  rule big on bus default: detail.status "open" never decided a match',
      '  rule big on bus default: $or branch 1 of 2 (detail.total > 100) never decided a match',
      '  rule off on bus default (disabled) never matched',
      '  rule far on bus orders never matched',
      '3 events matched nothing',
      '  2 × "x" from com.shop on bus default',
      '  1 × "y" from com.shop on bus default',
    ]);
    expect(inspect(coverage)).toBe(String(coverage));
  });

  test('The coverage is that of the present rules, and of the events on record', async () => {
    await using bridge = createBridge({ history: 2 });
    const put = (EventPattern: string, State?: 'DISABLED') => bridge.putRule({ Name: 'r', EventPattern, State });
    const matched = () => bridge.coverage().routes.map((route) => route.matched);
    await put('{"source":["com.shop"]}');
    await bridge.publish(event({}));
    expect(matched()).toEqual([1]);
    await put('{"source":["com.shop"]}', 'DISABLED');
    await put('{"source":["com.shop"]}');
    expect(matched()).toEqual([1]);
    await put('{"detail-type":["Order Placed"]}');
    expect(matched()).toEqual([0]);
    await bridge.publish([event({}), event({}), event({})]);
    expect(matched()).toEqual([2]);
    expect(String(bridge.coverage())).toBe(
      '1 of 1 rules and subscriptions matched, 2 events on record (2 more were evicted)',
    );
    bridge.resetHistory();
    expect(matched()).toEqual([0]);
    await bridge.deleteRule({ Name: 'r' });
    expect(String(bridge.coverage())).toBe('0 of 0 rules and subscriptions matched, 0 events on record');
  });

  test('The coverage counts events of schedules, which has no branch to decide it', async () => {
    const clock = virtualClock();
    await using bridge = createBridge({ clock });
    await bridge.putRule({ Name: 'tick', ScheduleExpression: 'rate(1 minute)', EventPattern: '{"source":["a"]}' });
    await bridge.putRule({ Name: 'only', ScheduleExpression: 'rate(1 minute)' });
    await clock.advance('2m');
    expect(bridge.coverage().routes).toMatchObject([
      { name: 'tick', matched: 2, branches: [{ text: 'source "a"', matched: 0 }] },
      { name: 'only', matched: 2, branches: [] },
    ]);
  });
});

describe('Branches in coverage', () => {
  test('A branch of a pattern may decide together with others', async () => {
    const pattern = { detail: { a: [1, { numeric: ['>', 0] }, { exists: false }, { 'anything-but': [5] }] } };
    expect(await branchesOf(pattern, [{ a: 1 }, { a: 5 }, {}, { a: [5, 'x'] }])).toEqual({
      matched: 4,
      branches: [
        ['detail.a 1', 1],
        ['detail.a > 0', 3],
        ['detail.a no value', 1],
        ['detail.a anything but 5', 2],
      ],
    });
  });

  test('A branch of a pattern decides only together with the rest, in one element of an array', async () => {
    const pattern = { detail: { items: { kind: ['tea', 'cup'], sold: [true] } } };
    const items = [
      { kind: 'tea', sold: false },
      { kind: 'cup', sold: true },
    ];
    expect(await branchesOf(pattern, [{ items }])).toEqual({
      matched: 1,
      branches: [
        ['detail.items.kind "tea"', 0],
        ['detail.items.kind "cup"', 1],
        ['detail.items.sold true', 1],
      ],
    });
  });

  test('A branch of a pattern in a branch of an $or decides only by that branch', async () => {
    const pattern = { detail: { $or: [{ a: [1, 2], $or: [{ b: [1] }, { c: [1] }] }, { d: [{ exists: true }] }] } };
    const { branches } = await branchesOf(pattern, [{ a: 1, b: 1 }, { a: 2, d: 1 }, { d: 1 }]);
    expect(branches).toEqual([
      ['$or branch 1 of 2 (detail.a 1 or 1 more, 1 more)', 1],
      ['$or branch 1 of 2 (detail.a 1 or 1 more, 1 more): detail.a 1', 1],
      ['$or branch 1 of 2 (detail.a 1 or 1 more, 1 more): detail.a 2', 0],
      ['$or branch 1 of 2 (detail.a 1 or 1 more, 1 more): $or branch 1 of 2 (detail.b 1)', 1],
      ['$or branch 1 of 2 (detail.a 1 or 1 more, 1 more): $or branch 1 of 2 (detail.b 1): detail.b 1', 1],
      ['$or branch 1 of 2 (detail.a 1 or 1 more, 1 more): $or branch 2 of 2 (detail.c 1)', 0],
      ['$or branch 1 of 2 (detail.a 1 or 1 more, 1 more): $or branch 2 of 2 (detail.c 1): detail.c 1', 0],
      ['$or branch 2 of 2 (detail.d a value)', 2],
      ['$or branch 2 of 2 (detail.d a value): detail.d a value', 2],
    ]);
  });

  test('A branch of a pattern is looked for where $or branches override earlier fields', async () => {
    const pattern = '{"detail":{"a":[1],"$or":[{"a":[2]},{"b":[3,4]}]}}';
    expect(await branchesOf(pattern, [{ a: 2 }, { a: 1, b: 4 }])).toMatchObject({
      matched: 2,
      branches: expect.arrayContaining([
        ['$or branch 1 of 2 (detail.a 2)', 1],
        [expect.stringMatching(/^\$or branch 2 of 2 .*: detail\.b 3$/), 0],
        [expect.stringMatching(/^\$or branch 2 of 2 .*: detail\.b 4$/), 1],
      ]),
    });
  });

  test('A branch of a pattern decides what the pattern matches without the rest', async () => {
    const value = fc.constantFrom<unknown>('a', 'b', 1, 2, null, true);
    const matcher = fc.oneof(
      value,
      fc.constantFrom<unknown>({ exists: false }, { prefix: 'a' }, { numeric: ['>', 1] }),
    );
    const list = fc.array(matcher, { minLength: 1, maxLength: 3 });
    const detail = fc.record({ x: fc.oneof(value, fc.array(value)), y: value }, { requiredKeys: [] });
    const nested = fc.record({ x: fc.oneof(value, fc.array(detail)), y: value }, { requiredKeys: [] });
    const property = fc.asyncProperty(
      list,
      list,
      fc.array(nested, { minLength: 1, maxLength: 5 }),
      async (x, y, details) => {
        const { matched, branches } = await branchesOf({ detail: { x, y } }, details);
        const count = (pattern: object) => details.filter((one) => testPattern(pattern, { detail: one })).length;
        expect(matched).toBe(count({ detail: { x, y } }));
        expect(branches?.map(([, by]) => by)).toEqual([
          ...x.map((only) => count({ detail: { x: [only], y } })),
          ...y.map((only) => count({ detail: { x, y: [only] } })),
        ]);
      },
    );
    await fc.assert(property, { numRuns: 200 });
  });
});
