import { describe, expect, test } from 'vitest';
import { RuleIndex } from '../../src/patterns.js';

const event = {
  source: 'com.shop',
  'detail-type': 'Order Placed',
  'a"b\\c': { 'd.e': [1, { f: -12.5e3 }] },
  detail: { 'tot.al': 120, skipped: [[{ x: '}]"\\' }], 'é😀'], items: [{ sku: 'a\n' }, { sku: 'b' }], end: '\ud800' },
  last: true,
};

const patterns = [
  { source: ['com.shop'] },
  { 'a"b\\c': { d: { e: { f: [-12500] } } } },
  { 'a"b\\c': { d: { e: [1] } } },
  { detail: { tot: { al: [{ numeric: ['=', 120] }] } } },
  { detail: { items: { sku: ['b'] }, end: ['\ud800'] } },
  { detail: { items: { sku: [{ prefix: 'a\n' }] } }, last: [true] },
  { detail: { missing: [{ exists: false }] }, last: [{ exists: true }] },
  { last: [false] },
];

const texts: readonly (readonly [string, (text: string) => string])[] = [
  ['as it is', (text) => text],
  ['with white space', (text) => JSON.stringify(JSON.parse(text), null, '\t ')],
  ['with every character of the names and texts escaped', escaped],
];

describe('A long text', () => {
  test.each(texts)('matches wherever what is looked at first ends: %s', (_name, write) => {
    const index = new RuleIndex<number>();
    for (const [i, pattern] of patterns.entries()) index.add(i, pattern);
    const expected = index.match(event);
    expect(expected).toEqual([0, 1, 2, 3, 4, 5, 6]);
    const written = write(JSON.stringify(event));
    const tail = 'y'.repeat(600);
    for (let length = 0; length < 420; length++) {
      expect(index.match(`{"pad":"${'x'.repeat(length)}",${written.slice(1, -1)},"tail":"${tail}"}`)).toEqual(expected);
      expect(index.match(`${' '.repeat(length)}{${written.trim().slice(1, -1)},"tail":"${tail}"}`)).toEqual(expected);
    }
  });

  test('that is no JSON ends the search, wherever it is cut off', () => {
    const index = new RuleIndex<number>();
    index.add(1, { detail: { end: ['z'] } });
    const text = JSON.stringify({ pad: 'x'.repeat(300), ...event, detail: { pad: 'x'.repeat(300), ...event.detail } });
    for (let length = 1; length < text.length; length++) expect(index.match(text.slice(0, length))).toEqual([]);
  });
});

function escaped(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"/g, (string) => {
    const units = (JSON.parse(string) as string).split('');
    return `"${units.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`;
  });
}
