import { describe, expect, test } from 'vitest';
import { readInputEvents } from '../../src/commands/input-events.js';
import { toEntry } from '../../src/commands/to-entry.js';

const read = (text: string, origin = '') =>
  readInputEvents({ text, origin }).map((given) => JSON.parse(JSON.stringify(toEntry(given))) as object);
const entry = { Source: 'com.shop', DetailType: 'Order Placed', Detail: '{"total":120}' };
const text = JSON.stringify(entry);
const envelope = {
  version: '0',
  id: '7bf73129-1428-4cd3-a780-95db273d1602',
  'detail-type': 'Order Placed',
  source: 'com.shop',
  account: '123456789012',
  time: '2026-01-02T03:04:05Z',
  region: 'us-east-1',
  resources: ['order/1'],
  detail: { total: 120 },
};

describe('toEntry', () => {
  test.each([
    ['one entry', text],
    ['a request', `{ "Entries": [${text}] }`],
    ['an array', `[${text}]`],
    ['requests in an array', `[{"Entries":[${text}]}]`],
    ['one a line, among blank ones', `\n${text}\r\n\n`],
    ['an entry whose Detail is an object', JSON.stringify({ ...entry, Detail: { total: 120 } })],
    ['what publish takes', '{"source":"com.shop","detailType":"Order Placed","detail":{"total":120}}'],
  ])('The entries of a file are read from %s', (_case, given) => {
    expect(read(given)).toEqual([entry]);
  });

  test('The entries of a file are read from a recorded envelope, with its time and resources', () => {
    expect(read(JSON.stringify(envelope))).toEqual([{ ...entry, Resources: ['order/1'], Time: 1_767_323_045 }]);
  });

  test('The entries of a file are read from lines of different kinds, in their order', () => {
    const lines = [text, JSON.stringify(envelope), `[${text},${text}]`].join('\n');
    expect(read(lines)).toHaveLength(4);
  });

  test('The entries of a file keep the spelling of numbers and the order of members in a Detail', () => {
    const detail = '{"b":12345678901234567890,"1":1.50,"a":"\\u00e9"}';
    expect(read(`{"Source":"a","Detail": ${detail.replaceAll(',', ' , ')}}`)).toEqual([
      { Source: 'a', Detail: detail },
    ]);
    expect(read(`[{"source":"a","detail":${detail}}]`)).toEqual([{ Source: 'a', Detail: detail }]);
  });

  test('The entries of a file keep unknown members, and what the service will reject', () => {
    expect(read('{"Source":1,"Detail":"no JSON","More":[]}')).toEqual([{ Source: 1, Detail: 'no JSON', More: [] }]);
  });

  test.each([
    ['2026-01-02T03:04:05Z', 1_767_323_045],
    ['2026-01-02T04:04:05.5+01:00', 1_767_323_045.5],
    [1_767_323_045, 1_767_323_045],
  ])('The entries of a file have the Time %j as seconds', (Time, seconds) => {
    expect(read(JSON.stringify({ ...entry, Time }))).toEqual([{ ...entry, Time: seconds }]);
  });

  test.each([
    ['nothing', '[]', 'orders.json: it contains no event'],
    ['blank', '', 'orders.json:1:1: this is not JSON: No content to read'],
    ['cut off', '{\n "Source": ', 'orders.json:2:12: this is not JSON: '],
    ['a bad line', `${text}\n${text}\n{"Source":}`, "orders.json:3:12: this is not JSON: Unexpected character ('}'"],
    ['something else', `[${text},{"Name":"big"}]`, 'orders.json: entry 2 is neither an entry'],
    ['a number', '1', 'orders.json: entry 1 is neither an entry'],
    [
      'no time',
      '{"Source":"a","Time":"soon"}',
      'orders.json: entry 1: time must be such as "2026-01-02T03:04:05Z", but is "soon"',
    ],
  ])('The entries of a file are rejected with their location: %s', (_case, given, sentence) => {
    expect(() => read(given, 'orders.json: ')).toThrow(sentence);
  });

  test('The entries of a file are rejected without a location on the command line', () => {
    expect(() => read('{"Source"')).toThrow(/^1:10: this is not JSON/);
  });

  test('The entries of a file are rejected, not broken by, a hundred thousand levels', () => {
    expect(() => read('['.repeat(100_000))).toThrow('this is not JSON');
    expect(() => read(`{"Source":"a","Detail":${'[{"a":'.repeat(50_000)}`)).toThrow('this is not JSON');
  });
});
