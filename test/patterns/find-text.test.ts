import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findText } from '../../src/patterns/language/wildcard.js';

const repetitive = fc
  .tuple(fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 6 }), fc.nat(400))
  .map(([unit, length]) => unit.repeat(length).slice(0, length));

test('findText finds what indexOf finds, in texts that repeat themselves', () => {
  const text = fc.tuple(repetitive, repetitive, repetitive).map((parts) => parts.join(''));
  const drawn = fc.record({ text, start: fc.nat(400), length: fc.nat(200), tail: fc.constantFrom('', 'a', 'b') });
  fc.assert(
    fc.property(drawn, fc.nat(50), ({ text, start, length, tail }, from) => {
      const wanted = text.slice(start, start + length) + tail;
      expect(findText(text, wanted, from)).toBe(text.indexOf(wanted, from));
    }),
    { numRuns: 3000, seed: 20260103 },
  );
});
