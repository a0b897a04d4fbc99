import { describe, expect, test } from 'vitest';
import { createColors, formatJson } from '../../src/commands/terminal.js';

const plain = createColors(false);

describe('formatJson', () => {
  test('Formatted JSON is on one line if it fits the width, comma included', () => {
    const value = { a: [1, null, { b: 'x' }], c: {}, d: [] };
    const line = '{ "a": [1, null, { "b": "x" }], "c": {}, "d": [] }';
    expect(formatJson(value, line.length, plain)).toBe(line);
    expect(formatJson(value, line.length - 1, plain)).toBe(
      '{\n  "a": [1, null, { "b": "x" }],\n  "c": {},\n  "d": []\n}',
    );
  });

  test('Formatted JSON breaks every level that does not fit', () => {
    expect(formatJson([{ ab: ['cd', 'ef'] }], 12, plain)).toBe(
      '[\n  {\n    "ab": [\n      "cd",\n      "ef"\n    ]\n  }\n]',
    );
  });

  test('Formatted JSON stays JSON', () => {
    const value = { text: 'line\n"quoted"', list: [[], {}, [0.5, true]], '': { nested: { deeply: ['x'.repeat(80)] } } };
    expect(JSON.parse(formatJson(value, 40, plain))).toEqual(value);
  });
});
