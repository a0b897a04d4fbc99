import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { envelopeOf, sent } from './sent.js';

const detail =
  '{"a":{"b":"baz","/p-q_r":4},"items":[{"n":1,"t":["x"]},{"n":2.0},{"m":3}],"empty":[],"9":1e2,"1":12345678901234567890,"null":null}';

describe('InputPath', () => {
  // The first three are recorded from the service by LocalStack's tests (test_events_inputs.py).
  test.each([
    ['$.detail.a.b', '"baz"'],
    ['$.detail.items[0]', '{"n":1,"t":["x"]}'],
    ['$.source', '"com.shop"'],
    ['$.detail-type', '"Order Placed"'],
    ['$.resources[1]', '"arn:b"'],
    ['$.detail.a./p-q_r', '4'],
    ['$.detail.items[1].n', '2.0'],
    ['$.detail.items[0].t[0]', '"x"'],
    ['$.detail.items[*].n', '[1,2.0]'],
    ['$.detail.items[*].t[*]', '["x"]'],
    ['$.detail.empty[*]', '[]'],
    ['$.detail.items[*].none', '[]'],
    ['$.detail.1', '12345678901234567890'],
    ['$.detail.9', '1e2'],
    ['$.detail', detail],
    ['$', envelopeOf(detail)],
  ])('%s selects the text of its part', (InputPath, expected) => {
    expect(sent({ InputPath }, detail)).toBe(expected);
  });

  // Captured from the service, September 2026 (stackd, inputs.json): a missing path, null, and an empty path.
  test.each([
    '',
    '$.none',
    '$.detail.null',
    '$.detail.a.b.c',
    '$.detail.items.n',
    '$.detail.items[3]',
    '$.detail.items[99999999999999999999999]',
    '$.detail.a[0]',
    '$.detail.none[*]',
    '$.detail.null.a',
    '$.__proto__',
    '$.detail.constructor',
    '$.detail.items.length',
    '$.detail.a.b[0]',
  ])('that selects nothing or null delivers an empty object: %j', (InputPath) => {
    expect(sent({ InputPath }, detail)).toBe('{}');
  });

  test('of members with one name selects the last, as a handler would see it', () => {
    const twice = '{"a":1,"b":2,"a":3,"\\u0061b":4}';
    expect(sent({ InputPath: '$.detail.a' }, twice)).toBe('3');
    expect(sent({ InputPath: '$.detail.ab' }, twice)).toBe('4');
  });

  test('selects of any value what JSON.parse finds there', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9_/-]{1,4}$/);
    fc.assert(
      fc.property(fc.dictionary(name, fc.jsonValue()), (value) => {
        for (const [name, member] of Object.entries(value)) {
          const expected = member === null ? '{}' : JSON.stringify(member);
          expect(sent({ InputPath: `$.detail.${name}` }, JSON.stringify(value))).toBe(expected);
        }
      }),
    );
  });
});

describe('Input', () => {
  test('is sent byte for byte, whatever the event is', () => {
    expect(sent({ Input: ' { "a" : 1.0 } ' }, detail)).toBe(' { "a" : 1.0 } ');
  });
});
