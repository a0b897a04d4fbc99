import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parsePattern, testPattern } from '../../src/patterns.js';

const text = readFileSync(new URL('../../PATTERNS.md', import.meta.url), 'utf8');
const rows = [...text.matchAll(/^\| `(\[.+\])` \| .+ \| (`.+`|missing) \| (`.+`|missing) \|$/gm)];
const blocks = [...text.matchAll(/```json\n([\s\S]+?)```/g)].map(([, block = '']) => block);

describe('PATTERNS.md', () => {
  test.each(rows.map(([, list = '', matches = '', differs = '']) => [list, matches, differs] as const))(
    '%s matches %s, not %s',
    (list, matches, differs) => {
      expect(testPattern(`{"value":${list}}`, eventWith(matches))).toBe(true);
      expect(testPattern(`{"value":${list}}`, eventWith(differs))).toBe(false);
    },
  );

  test('shows each operator in a row, and only valid patterns', () => {
    expect(rows.length).toBeGreaterThan(25);
    expect(blocks).toHaveLength(2);
    for (const block of blocks) expect(parsePattern(block)).toMatchObject({ ok: true });
  });

  test('quotes the sentence that an invalid pattern gets', () => {
    const parsed = parsePattern('{"source": "com.shop"}');
    expect(text).toContain(parsed.ok ? 'a refusal' : parsed.issues[0].message);
  });
});

function eventWith(value: string): string {
  return value === 'missing' ? '{}' : `{"value":${value.slice(1, -1)}}`;
}
