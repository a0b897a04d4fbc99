import fc from 'fast-check';
import { describe } from 'vitest';
import { createBridge } from '../../src/index.js';
import { compareValues } from '../../src/testing/expectations/compare-values.js';
import { expect, test } from '../../src/vitest.js';
import { failureOf } from './failing.js';

const shop = { source: ['com.shop'] };
const text = fc.oneof(fc.string({ minLength: 1, maxLength: 128 }), fc.stringMatching(/^[ `a-z]{1,128}$/));

describe('Failure messages', () => {
  test('A failure message is never wider than 80 columns, whatever the events are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text, fc.jsonValue()), { maxLength: 5 }), text, async (events, name) => {
        await using bridge = createBridge({ buses: ['a', 'b'.repeat(200)], onFailedDelivery: 'ignore' });
        bridge.on({ source: [{ exists: true }] }, () => Promise.reject(new Error(name)), { name });
        const Entries = events.map(([Source, DetailType, value], i) => ({
          Source,
          DetailType,
          Detail: JSON.stringify({ value }),
          ...(i % 2 === 0 ? {} : { EventBusName: 'b'.repeat(200) }),
        }));
        if (Entries.length > 0) await bridge.putEvents({ Entries });
        await bridge.idle();
        const pattern = { source: [name, { prefix: name }], detail: { value: { deep: [name] } } };
        const messages = await Promise.all([
          failureOf(() => expect(bridge).toHaveReceivedEvent({ ...shop, ...pattern, 'replay-name': ['x'] })),
          failureOf(() =>
            expect(bridge.bus('b'.repeat(200))).toHaveReceivedEventWith({ id: name, detail: { [name]: [name] } }),
          ),
          failureOf(() => expect(bridge).toHaveDeliveredTo(name)),
          failureOf(() => expect(bridge).toHaveDeliveredTo('b'.repeat(200))),
          failureOf(() => expect(bridge).toHaveDeadLetters(name)),
          failureOf(() => expect(bridge).toHaveReceivedEvents([{ source: name }])),
          failureOf(() => expect({ source: name }).toMatchEventPattern({ detail: { [name]: [name] } })),
          failureOf(() => expect(name).toBeValidEventPattern()),
        ]);
        const wide = messages.flatMap((message) => message.split('\n')).filter((line) => line.length > 80);
        expect(wide).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  test('A failure message escapes control characters', async () => {
    await using bridge = createBridge({ onFailedDelivery: 'ignore' });
    bridge.on(shop, () => Promise.reject(new Error('\u001b[31m \u0007 \u202e')), { name: 'bill' });
    await bridge.publish({ source: 'com.shop', detailType: 'a\u001b[2J', detail: { text: '\u009b31m' } });
    await bridge.idle();
    const messages = [
      await failureOf(() => expect(bridge).toHaveNoFailures()),
      await failureOf(() => expect(bridge).not.toHaveReceivedEvent(shop)),
      await failureOf(() => expect(bridge).toHaveReceivedEvent({ detail: { text: ['\u202e'] } })),
      await failureOf(() => expect(bridge).toHaveReceivedEventWith({ detail: { text: '\u009b' } })),
      await failureOf(() => expect(bridge).toHaveDeliveredTo('\u001b[31m')),
    ];
    expect(messages[0]).toContain('Error: \\u001b[31m \\u0007 \\u202e');
    const obeyed = messages.flatMap((message) => message.match(/[^\P{Cc}\n]|[\u202a-\u202e]/gu) ?? []);
    expect(obeyed).toEqual([]);
  });

  test('A failure message stays short for events that are large and many', async () => {
    await using bridge = createBridge();
    const detail = { text: 'x'.repeat(100_000), list: Array.from({ length: 1000 }, (_, i) => i) };
    await bridge.publish(Array.from({ length: 50 }, () => ({ source: 'com.shop', detailType: 'Large', detail })));
    for (const assertion of [
      () => expect(bridge).toHaveReceivedEvent({ detail: { text: ['y'.repeat(1000)], list: [-1] } }),
      () => expect(bridge).toHaveReceivedEventWith({ detail: { ...detail, other: 1 } }),
      () => expect(bridge).not.toHaveReceivedEvent({ source: ['com.shop'] }),
    ]) {
      const message = await failureOf(assertion);
      expect(message.split('\n').length).toBeLessThan(40);
    }
  });
});

describe('Expected values', () => {
  const cyclic: Record<string, unknown> = { a: 1 };
  Object.assign(cyclic, { self: cyclic });

  test('Expected values may be cyclic, of another realm, or hold what no event can', () => {
    expect(compareValues({ a: 1, self: { a: 1 } }, cyclic)).toHaveLength(1);
    expect(compareValues({ a: { b: 1 } }, { a: Object.assign(Object.create(null), { b: 1 }) })).toEqual([]);
    expect(compareValues({ at: '2026' }, { at: new Date(0) })).toEqual([
      { path: 'at', message: 'at is "2026", wanted a Date' },
    ]);
    expect(compareValues({ a: 1 }, { a: 1n })).toHaveLength(1);
    expect(compareValues({ a: {} }, { a: new Map() })).toHaveLength(1);
  });

  test('Expected values are compared by own members only, and by kind', () => {
    expect(compareValues({}, { toString: expect.any(Function) })).toHaveLength(1);
    expect(compareValues(JSON.parse('{"__proto__":1}'), JSON.parse('{"__proto__":2}'))).toEqual([
      { path: '__proto__', message: '__proto__ is 1, wanted 2' },
    ]);
    expect(compareValues({ a: [1] }, { a: { 0: 1 } })).toHaveLength(1);
    expect(compareValues({ a: null }, { a: {} })).toEqual([{ path: 'a', message: 'a is null, wanted an object' }]);
    expect(compareValues({ a: [1, { b: 2, c: 3 }] }, { a: [1, { b: 2 }] })).toEqual([]);
    expect(compareValues({ a: 1 }, 1)).toEqual([{ path: '', message: 'it is an object, wanted 1' }]);
  });
});
