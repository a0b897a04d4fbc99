import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LongNumber, readDecimal } from '../../src/patterns/language/number.js';

const digits = fc
  .tuple(fc.bigInt(1n, 99_999_999_999_999_999n), fc.nat(18), fc.boolean())
  .map(([number, point, negative]) => {
    const text = String(number).padStart(point + 1, '0');
    const cut = text.length - point;
    return `${negative ? '-' : ''}${text.slice(0, cut)}${point > 0 ? `.${text.slice(cut)}` : ''}`;
  });
const doubles = fc
  .double({ noNaN: true, noDefaultInfinity: true, min: -1e17, max: 1e17 })
  .map((number) => JSON.stringify(number));
const besidePowers = fc
  .tuple(fc.integer({ min: -20, max: 56 }), fc.integer({ min: -2, max: 2 }))
  .map(([power, steps]) => String(2 ** power * (1 + steps * 2 ** -52)));

describe('A decimal read from bytes', () => {
  test.each([
    ['digits', digits],
    ['doubles', doubles],
    ['neighbours of powers of two', besidePowers],
  ])('is the double that it spells, or none: %s', (_name, spellings) => {
    fc.assert(
      fc.property(spellings, (text) => {
        const value = read(text);
        const expected = new LongNumber(text);
        if (value !== undefined) expect([value, expected.isExact], text).toEqual([Number(text) + 0, true]);
      }),
      { numRuns: 3000, seed: 20260103 },
    );
  });

  test('is known for numbers as programs write them', () => {
    const texts = [
      '0',
      '-0',
      '7',
      '-1.5',
      '1.50',
      '0.1',
      '0.30000000000000004',
      '-122.42916360922355',
      '1234567890123456',
    ];
    for (const text of texts) expect(read(text), text).toBe(Number(text) + 0);
  });

  test('is none where the digits say more than a double does, or there is an exponent', () => {
    for (const text of [
      '9007199254740993',
      '0.1000000000000000055',
      '-122.42916360922357',
      '1e3',
      '123456789012345678901',
    ]) {
      expect(read(text), text).toBeUndefined();
    }
  });
});

function read(text: string): number | undefined {
  const bytes = new TextEncoder().encode(text);
  return readDecimal(bytes, 0, bytes.length);
}
