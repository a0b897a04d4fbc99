import { describe, expect, test } from 'vitest';
import { createColors, formatJson } from '../../src/commands/terminal.js';

const plain = createColors(false);

describe('JSON for a person', () => {
  test('stands on one line where it fits the width, comma included', () => {
    const value = { a: [1, null, { b: 'x' }], c: {}, d: [] };
    const line = '{ "a": [1, null, { "b": "x" }], "c": {}, "d": [] }';
    expect(formatJson(value, line.length, plain)).toBe(line);
    expect(formatJson(value, line.length - 1, plain)).toBe(
      '{\n  "a": [1, null, { "b": "x" }],\n  "c": {},\n  "d": []\n}',
    );
  });

  test('breaks every level that does not fit', () => {
    expect(formatJson([{ ab: ['cd', 'ef'] }], 12, plain)).toBe(
      '[\n  {\n    "ab": [\n      "cd",\n      "ef"\n    ]\n  }\n]',
    );
  });

  test('stays JSON', () => {
    const value = { text: 'line\n"quoted"', list: [[], {}, [0.5, true]], '': { nested: { deeply: ['x'.repeat(80)] } } };
    expect(JSON.parse(formatJson(value, 40, plain))).toEqual(value);
  });
});
