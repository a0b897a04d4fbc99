import { describe, expect, test } from 'vitest';
import { BusEvent } from '../../src/events/bus-event.js';
import { isTooLarge } from '../../src/events/entry.js';
import { parseDetail } from '../../src/events/validate-entry.js';

const head = {
  version: '0',
  id: '1',
  'detail-type': 'Order Placed',
  source: 'com.shop',
  account: '123456789012',
  time: '2026-01-02T03:04:05Z',
  region: 'us-east-1',
  resources: ['a'],
};

describe('An event', () => {
  test.each([
    '{"a": {"b": [1, {"c": null}]}, "10": 1, "2": "\\ud800"}',
    '{"__proto__": {"a": 1}, "a": 1, "a": 2}',
    '{"constructor": "x", "big": 12345678901234567890}',
  ])('has one frozen envelope, which is what its text says: %s', (text) => {
    const detail = parseDetail(text);
    if (detail === undefined) return expect.fail('it is a Detail');
    const event = new BusEvent('default', head, detail);
    expect(event.envelope).toBe(event.envelope);
    expect(Object.isFrozen(event.envelope.detail)).toBe(true);
    expect(JSON.stringify(event.envelope)).toBe(JSON.stringify(JSON.parse(event.text)));
    const replayed = new BusEvent('default', { ...head, 'replay-name': 'again' }, detail);
    expect(Object.keys(replayed.envelope)).toEqual(Object.keys(JSON.parse(replayed.text)));
    expect(Object.keys(replayed.envelope).slice(6, 9)).toEqual(['region', 'replay-name', 'resources']);
  });
});

describe('The size of a request', () => {
  test('is compared in bytes where characters do not decide', () => {
    const entry = { Source: 'é', DetailType: '€', Detail: '{"a":"😀"}', Time: 0, Resources: ['ü'] };
    const bytes = 14 + 2 + 3 + 12 + 2;
    expect(isTooLarge([entry], bytes)).toBe(true);
    expect(isTooLarge([entry], bytes + 1)).toBe(false);
    expect(isTooLarge([entry, entry], bytes * 2)).toBe(true);
    expect(isTooLarge([entry, entry], bytes * 2 + 1)).toBe(false);
    expect(isTooLarge([entry], 1000)).toBe(false);
  });
});
