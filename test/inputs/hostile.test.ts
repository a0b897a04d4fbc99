import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filled, inputOf, sent, transformer } from './sent.js';

describe('An input, whatever it is made from,', () => {
  test('is made of the longest templates', () => {
    const many = Math.floor(8190 / 3);
    expect(filled(`"${'<a>'.repeat(many)}"`, ['$.detail.a'], '{"a":"bc"}')).toBe(`"${'bc'.repeat(many)}"`);
    expect(filled(`"${'<'.repeat(8190)}"`, [], '{}')).toBe(`"${'<'.repeat(8190)}"`);
    expect(filled(`"<${'a'.repeat(8189)}"`, [], '{}')).toBe(`"<${'a'.repeat(8189)}"`);
    expect(filled(`"${'\\"'.repeat(4095)}"`, [], '{}')).toBe(`"${'\\"'.repeat(4095)}"`);
    expect(filled(`${'['.repeat(4000)}<a>${']'.repeat(4000)}`, ['$.detail.a'], '{"a":1}')).toContain('[1]');
  });

  test('is made of a hundred paths into a large event', () => {
    const members = Array.from({ length: 20_000 }, (_, index) => `"n${index}":"${'x'.repeat(40)}"`);
    const names = Array.from({ length: 100 }, (_, index) => `n${index * 199}`);
    const body = filled(
      `{"a":[${names.map((name) => `<${name}>`).join(',')}]}`,
      names.map((name) => `$.detail.${name}`),
      `{${members.join(',')}}`,
    );
    expect(JSON.parse(body)).toEqual({ a: Array.from({ length: 100 }, () => 'x'.repeat(40)) });
  });

  test('is refused before it takes gigabytes', () => {
    const large = `{"a":["${'x'.repeat(1_000_000)}"]}`;
    for (const template of [`"${'<a>'.repeat(2730)}"`, `[${'<a>,'.repeat(2000)}1]`]) {
      expect(inputOf(transformer(template, ['$.detail.a']), large)).toEqual({
        kind: 'failed',
        errorCode: 'INVALID_JSON',
        errorMessage: 'Invalid input for target.',
        text: undefined,
        hint: 'It is longer than 16777216 characters.',
      });
    }
  });

  test('is made of an event as deep as events may be', () => {
    const deep = `${'{"a":'.repeat(999)}[1]${'}'.repeat(999)}`;
    expect(sent({ InputPath: '$.detail' }, deep)).toBe(deep);
    expect(filled('{"b":<a>}', ['$.detail.a'], deep)).toBe(`{"b":${deep.slice(5, -1)}}`);
    expect(sent({ InputPath: `$.detail${'.a'.repeat(124)}` }, deep)).toBe(deep.slice(5 * 124, -124));
  });

  test('is never deeper than what can be read', () => {
    const deep = `${'{"a":'.repeat(999)}[1]${'}'.repeat(999)}`;
    expect(JSON.parse(filled('{"b":[[[[[<a>]]]]]}', ['$.detail.a'], deep))).toBeInstanceOf(Object);
    const result = inputOf(transformer('{"a":"<a>","b":<a>}', ['$.detail.a']), deep);
    expect(result).toHaveProperty('hint', '<a> is an object: write it without quotes around it.');
  });

  test('may have __proto__ for a name, in the event, in a path and as a variable', () => {
    const InputPathsMap = Object.fromEntries([['__proto__', '$.detail.__proto__.constructor']]);
    const options = { InputTransformer: { InputPathsMap, InputTemplate: '{"__proto__":<__proto__>}' } };
    expect(sent(options, '{"__proto__":{"constructor":"x"}}')).toBe('{"__proto__":"x"}');
    expect(sent(options, '{}')).toBe('{"__proto__":""}');
  });

  test('keeps lone surrogates as they are', () => {
    expect(sent({ InputPath: '$.detail.a' }, '{"a":"\udc00"}')).toBe('"\udc00"');
    expect(filled('"\udc00<a>\ud800"', ['$.detail.a'], '{"a":"\\ud800"}')).toBe('"\udc00\ud800\ud800"');
  });

  test('keeps brackets, quotes and commas within strings apart from those around them', () => {
    const tricky = '{"{\\"[":"},]\\\\","a":["[{\\"",{"b,":"\\\\\\""},","],"c":1,"d":{"e":"},]\\\\"}}';
    expect(sent({ InputPath: '$.detail.c' }, tricky)).toBe('1');
    expect(sent({ InputPath: '$.detail.a[2]' }, tricky)).toBe('","');
    expect(sent({ InputPath: '$.detail.d.e' }, tricky)).toBe('"},]\\\\"');
    expect(inputOf(transformer('"<a>"', ['$.detail.a']), tricky)).toHaveProperty('text', '"[[{\\,{b,:\\\\\\},,]"');
  });

  test('is a text or a failure with a reason, and nothing is thrown', () => {
    const piece = fc.constantFrom(
      '<a>',
      '<b>',
      '"',
      '\\',
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '<',
      '>',
      ' ',
      '\n',
      '1',
      '"a"',
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join('')),
        fc.jsonValue(),
        (template, value) => {
          const result = inputOf(transformer(template, ['$.detail.a', '$.detail.b']), JSON.stringify({ a: value }));
          if (result.kind === 'failed') expect(result.errorMessage).toBe('Invalid input for target.');
          else if (/^\s*\{[^}]*\}$/.test(template)) JSON.parse(result.text);
        },
      ),
    );
  });

  test('of a JSON template with its variables outside of strings is JSON, and holds their values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const body = filled('{"x":[<a>,{"y":<b>}]}', ['$.detail.a', '$.detail.b'], JSON.stringify({ a, b }));
        expect(body).toBe(JSON.stringify({ x: [a, { y: b }] }));
      }),
    );
  });

  test('keeps every number as it is spelled', () => {
    const spelled = fc.stringMatching(/^-?(?:0|[1-9][0-9]{0,40})(?:\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,4})?$/);
    fc.assert(
      fc.property(spelled, (number) => {
        const detail = `{"a":[${number},${number}]}`;
        expect(sent({ InputPath: '$.detail.a[1]' }, detail)).toBe(number);
        expect(sent({ InputPath: '$.detail.a[*]' }, detail)).toBe(`[${number},${number}]`);
        expect(filled('{"x":<a>}', ['$.detail.a'], detail)).toBe(`{"x":[${number},${number}]}`);
        expect(filled('"<a>"', ['$.detail.a'], detail)).toBe(`"[${number},${number}]"`);
      }),
    );
  });

  test('is made of any text for a path', () => {
    const part = fc.constantFrom('$', '.', 'a', '[', ']', "'", '"', '*', '0', '\\', ' ', '-1', '\ud800', '(', '?');
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        JSON.parse(sent({ InputPath: parts.join('') }, '{"a":{"a":[0]},"0":[]}'));
      }),
      { numRuns: 1000 },
    );
  });
});
