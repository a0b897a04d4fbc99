import { describe, expect, test } from 'vitest';
import { decodeText } from '../../src/commands/read-input.js';

const bytes = (...parts: readonly (string | number)[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...new TextEncoder().encode(part)])));

describe('decodeText', () => {
  test.each([
    ['UTF-8', bytes('{"a":"ü€"}'), '{"a":"ü€"}'],
    ['UTF-8 with a byte order mark', bytes(0xef, 0xbb, 0xbf, '{}'), '{}'],
    ['UTF-16 as PowerShell writes it', bytes(0xff, 0xfe, 0x7b, 0, 0xac, 0x20), '{€'],
    ['UTF-16 with its bytes the other way', bytes(0xfe, 0xff, 0, 0x7b, 0x20, 0xac), '{€'],
    ['nothing', bytes(), ''],
  ])('The text of a file is read as %s', (_case, given, text) => {
    expect(decodeText(given)).toBe(text);
  });

  test.each([
    ['UTF-8', bytes('a', 0xff, 'b')],
    ['UTF-8', bytes(0xc3)],
    ['UTF-16LE', bytes(0xff, 0xfe, 0x7b)],
    ['UTF-16BE', bytes(0xfe, 0xff, 0xd8, 0, 0, 0x7b)],
  ])('The text of a file is rejected rather than changed if it is not %s', (encoding, given) => {
    expect(() => decodeText(given)).toThrow(`it is not ${encoding}`);
  });
});
