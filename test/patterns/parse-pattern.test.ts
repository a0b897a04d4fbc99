import { describe, expect, test } from 'vitest';
import { compilePattern, type PatternIssue, parsePattern, testPattern } from '../../src/patterns.js';

describe('parsePattern', () => {
  test('gives the pattern with the text it was read from', () => {
    const text = '{ "a": [1] }';
    expect(parsePattern(text)).toMatchObject({ ok: true, pattern: { text } });
  });

  test('takes an object as its JSON text', () => {
    expect(parsePattern({ a: [1, { prefix: 'x' }] })).toMatchObject({
      ok: true,
      pattern: { text: '{"a":[1,{"prefix":"x"}]}' },
    });
    expect(issueOf({ a: [] }).message).toContain('(String)"{"a":[]}"; line: 1, column: 8]');
  });

  test('drops what JSON drops from an object', () => {
    expect(parsePattern({ a: [1], b: undefined })).toMatchObject({ ok: true });
    expect(issueOf({ a: undefined }).message).toContain('Empty objects are not allowed');
  });

  test('ignores text behind the closing brace', () => {
    for (const rest of ['}', ' junk', '{"a":', '\u0000', '"']) expect(parsePattern(`{"a":[1]}${rest}`).ok).toBe(true);
  });

  test.each<[string | object, PatternIssue['code'], string, string]>([
    ['{"a":[', 'invalid-json', 'a', 'Unexpected end-of-input: expected close marker for Array'],
    ['[1]', 'not-an-object', '', 'Filter is not an object'],
    ['{"detail":{"x":{}}}', 'empty-object', 'detail.x', 'Empty objects are not allowed'],
    ['{"detail":{"x":[]}}', 'empty-array', 'detail.x', 'Empty arrays are not allowed'],
    ['{"source":"com.shop"}', 'invalid-field', 'source', '"source" must be an object or an array'],
    ['{"a":[[1]]}', 'invalid-value', 'a', 'Match value must be String, number, true, false, or null'],
    ['{"a":[{"startsWith":"x"}]}', 'unknown-operator', 'a.startsWith', 'Unrecognized match type startsWith'],
    ['{"a":[{"prefix":1}]}', 'invalid-operand', 'a.prefix', 'prefix match pattern must be a string'],
    ['{"a":[{"prefix":"x","suffix":"y"}]}', 'extra-key', 'a.prefix', 'Only one key allowed in match expression'],
    ['{"$or":[{"a":[1]}]}', 'invalid-or', '$or', 'There must have at least 2 Objects in $or relationship.'],
    ['{"$or":[{"a":[1]},{"x":{"cidr":[1]}}]}', 'reserved-name', '$or.x.cidr', 'cidr is Ruler reserved fieldName'],
    [{ a: [{ wildcard: '*a*a*a*a*a*a' }] }, 'too-complex', '', 'Rule is too complex'],
  ])('names the issue of %j: %s at "%s"', (pattern, code, path, sentence) => {
    const parsed = parsePattern(pattern);
    expect(parsed).toMatchObject({ ok: false, issues: [{ code, path }] });
    expect(issueOf(pattern).message).toContain(`Event pattern is not valid. Reason: ${sentence}`);
    expect(parsed.ok || parsed.issues).toHaveLength(1);
  });

  test('tells line and column over several lines, whatever ends them', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = ['{', '  "source": ["s"],', '  "detail": { "x": "y" }', '}'].join(end);
      expect(issueOf(text).message).toContain('"; line: 3, column: 21]');
    }
  });

  test('counts columns in UTF-16 units and shows the text as it is', () => {
    expect(issueOf('{"😀":["大"],"a":5}').message).toContain('(String)"{"😀":["大"],"a":5}"; line: 1, column: 18]');
  });

  test('shows the first 500 characters of a long text', () => {
    const text = `{"a":["${'x'.repeat(1000)}"],"b":1}`;
    expect(issueOf(text).message).toContain(`${text.slice(0, 500)}"[truncated ${text.length - 500} chars]; line: 1`);
  });

  test('never throws for anything that is no pattern', () => {
    for (const value of [undefined, null, 0, '', true, Symbol('s'), 1n, () => 1, [], new Map()]) {
      const parsed = parsePattern(value as unknown as object);
      expect(parsed.ok).toBe(false);
    }
    expect(issueOf(undefined as unknown as object)).toMatchObject({
      code: 'not-an-object',
      message: 'Event pattern is not valid. Reason: a pattern is JSON text or an object, not undefined',
    });
  });

  test('says the same as the functions that throw', () => {
    const { message } = issueOf('{"a":[]}');
    const refused = expect.objectContaining({ name: 'InvalidEventPatternException', message, $fault: 'client' });
    expect(() => testPattern('{"a":[]}', '{}')).toThrow(refused);
    expect(() => compilePattern('{"a":[]}')).toThrow(refused);
  });
});

function issueOf(pattern: string | object): PatternIssue {
  const parsed = parsePattern(pattern);
  if (parsed.ok) throw new Error('the pattern is valid');
  return parsed.issues[0];
}
