import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compactJson, exceedsDepth, utf8Length } from '../../src/base/json/json-text.js';
import { deepFreeze } from '../../src/base/unknown-value.js';

describe('Compacting JSON text', () => {
  test.each([
    ['{ "a" : [ 1 , 2 ] }', '{"a":[1,2]}'],
    ['{"a b":" c\\" d "}', '{"a b":" c\\" d "}'],
    ['{"a":"\\\\" , "b":1}', '{"a":"\\\\","b":1}'],
    ['{\t"9":1.0,\r\n"1":1e2}\n', '{"9":1.0,"1":1e2}'],
    ['{"a":"\u2003\u00a0"}', '{"a":"\u2003\u00a0"}'],
  ])('makes of %j %j', (text, compact) => {
    expect(compactJson(text)).toBe(compact);
  });

  test('agrees with the compact text of every value, however it is indented', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(1, 2, '\t', '\r\n '), (value, indent) => {
        expect(compactJson(JSON.stringify(value, null, indent))).toBe(JSON.stringify(value));
      }),
    );
  });
});

describe('The depth of a JSON text', () => {
  test('counts objects and arrays that are open, and no bracket within a string', () => {
    expect(exceedsDepth('{"a":[{}]}', 2)).toBe(true);
    expect(exceedsDepth('{"a":[{}]}', 3)).toBe(false);
    expect(exceedsDepth('{"a":"[[[[[\\"[[["}', 1)).toBe(false);
    expect(exceedsDepth('[]'.repeat(1000), 1)).toBe(false);
    expect(exceedsDepth('['.repeat(1_000_000), 1000)).toBe(true);
  });
});

describe('The length of a text in UTF-8', () => {
  test('is what an encoder makes of it, lone surrogates too', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.array(fc.constantFrom('\ud800', '\udc00', 'a', 'é', '€', '😀')),
        (a, b) => {
          const text = a + b.join('');
          expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
        },
      ),
    );
  });
});

describe('Deep freezing', () => {
  test('reaches a hundred thousand levels', () => {
    const value = JSON.parse(`${'{"a":'.repeat(100_000)}[1]${'}'.repeat(100_000)}`);
    let inner = deepFreeze(value);
    while (!Array.isArray(inner)) inner = inner.a;
    expect(Object.isFrozen(inner)).toBe(true);
  });

  test('leaves alone what somebody has put on Object.prototype', () => {
    const foreign = { value: {} };
    const value = JSON.parse('{"foreign":{"a":[{}]},"b":{}}');
    Object.defineProperty(Object.prototype, 'foreign', { value: foreign, enumerable: true, configurable: true });
    try {
      deepFreeze(value);
    } finally {
      Reflect.deleteProperty(Object.prototype, 'foreign');
    }
    expect([value, value.foreign, value.foreign.a, value.foreign.a[0], value.b].every(Object.isFrozen)).toBe(true);
    expect([foreign, foreign.value].some(Object.isFrozen)).toBe(false);
  });
});
