import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { envelopeOf, inputOf, sent } from './sent.js';

const detail =
  '{"a":{"b":"baz","c.d":1,"it\'s":2,"x y":3,"/p-q_r":4},"items":[{"n":1,"t":["x"]},{"n":2.0},{"m":3}],"empty":[],"9":1e2,"1":12345678901234567890,"null":null}';

describe('InputPath', () => {
  // The first three are recorded from the service by LocalStack's tests (test_events_inputs.py).
  test.each([
    ['$.detail.a.b', '"baz"'],
    ['$.detail.items[0]', '{"n":1,"t":["x"]}'],
    ['$.source', '"com.shop"'],
    ['$.detail-type', '"Order Placed"'],
    ['$.resources[1]', '"arn:b"'],
    ["$.detail['a']['b']", '"baz"'],
    ['$["detail"]["a"].b', '"baz"'],
    ["$.detail.a['c.d']", '1'],
    ["$.detail.a['it\\'s']", '2'],
    ["$.detail.a['x y']", '3'],
    ['$.detail.a./p-q_r', '4'],
    ['$.detail.items[1].n', '2.0'],
    ['$.detail.items[0].t[0]', '"x"'],
    ['$.detail.items[*].n', '[1,2.0]'],
    ['$.detail.items[*].t[*]', '["x"]'],
    ['$.detail.items.*.m', '[3]'],
    ['$.detail.a.*', '["baz",1,2,3,4]'],
    ['$.detail.empty[*]', '[]'],
    ['$.detail.items[*].none', '[]'],
    ['$.detail.null', 'null'],
    ['$.detail.1', '12345678901234567890'],
    ['$.detail.9', '1e2'],
    ['$.detail', detail],
    ['$', envelopeOf(detail)],
  ])('%s selects the text of its part', (InputPath, expected) => {
    expect(sent({ InputPath }, detail)).toBe(expected);
  });

  test.each([
    '$.none',
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
  ])('that selects nothing fails the delivery: %s', (InputPath) => {
    expect(inputOf({ InputPath }, detail)).toEqual({
      kind: 'failed',
      errorCode: 'INVALID_JSON',
      errorMessage: `InputPath for target 1 selects nothing of the event: ${InputPath}`,
    });
  });

  test.each([
    '',
    'detail',
    '$$',
    '$.',
    '$..a',
    '$.detail.',
    '$.a b',
    '$.a[',
    '$.a[-1]',
    '$.a[0:1]',
    '$.a[?(@.b)]',
    "$['a",
    '$[a]',
    '$.a*',
  ])('that is no path fails the delivery, and fills a template with nothing: %j', (InputPath) => {
    expect(inputOf({ InputPath }, detail)).toEqual({
      kind: 'failed',
      errorCode: 'INVALID_JSON',
      errorMessage: `InputPath for target 1 is no path such as $.detail.items[0].name: ${InputPath}`,
    });
    const InputTransformer = { InputPathsMap: { a: InputPath }, InputTemplate: '[<a>,"<a>"]' };
    expect(sent({ InputTransformer }, detail)).toBe('["",""]');
  });

  test('of members with one name selects the last, as a handler would see it', () => {
    const twice = '{"a":1,"b":2,"a":3,"\\u0061b":4}';
    expect(sent({ InputPath: '$.detail.a' }, twice)).toBe('3');
    expect(sent({ InputPath: '$.detail.ab' }, twice)).toBe('4');
    expect(sent({ InputPath: '$.detail.*' }, twice)).toBe('[3,2,4]');
  });

  test('selects of any value what JSON.parse finds there', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary', maxLength: 4 }), fc.jsonValue()), (value) => {
        for (const [name, member] of Object.entries(value)) {
          const InputPath = `$.detail['${name.replace(/['\\]/gu, '\\$&')}']`;
          expect(sent({ InputPath }, JSON.stringify(value))).toBe(JSON.stringify(member));
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
