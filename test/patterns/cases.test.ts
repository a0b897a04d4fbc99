import { describe, expect, test } from 'vitest';
import { compilePattern, explainPattern, parsePattern, RuleIndex, testPattern } from '../../src/patterns.js';
import { caseTables, isValidCase, type PatternCase, type ValidCase } from './case-tables.js';
import { eventMatchers } from './event-matchers.js';

const validCases = [...caseTables.values()].flat().filter(isValidCase);
const crowd = aThousandRules();

describe.each([...caseTables])('Patterns: %s', (_topic, cases) => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    if (isValidCase(one)) expectVerdict(one);
    else expectRefusal(one);
  });
});

describe('A thousand rules in one index', () => {
  test('each answer for itself, in the order of adding', () => {
    const compiled = crowdPatterns().map((pattern) => compilePattern(pattern));
    for (const { event } of validCases) {
      const expected = compiled.flatMap((pattern, id) => (pattern.test(event) ? [id] : []));
      expect(crowd.match(event)).toEqual(expected);
    }
  }, 60_000);
});

function expectVerdict({ pattern, event, matches, textOnly }: ValidCase): void {
  const object = textOnly ? event : JSON.parse(event);
  const explained = explainPattern(pattern, event);
  const verdicts = {
    testPattern: testPattern(pattern, event),
    compilePattern: compilePattern(pattern).test(object),
    explainPattern: explained.matches,
    'explainPattern has no differences': explained.differences.length === 0,
    'explainPattern prints that it matches': String(explained) === 'matches',
    ...indexVerdicts(pattern, event, object),
  };
  expect(verdicts).toEqual(Object.fromEntries(Object.keys(verdicts).map((matcher) => [matcher, matches])));
}

function indexVerdicts(pattern: string, event: string, object: object | string): Record<string, boolean> {
  const verdicts: Record<string, boolean> = {};
  for (const [name, create] of eventMatchers) {
    const index = create<string>();
    index.add('case', pattern);
    verdicts[`${name} (text)`] = index.match(event).includes('case');
    verdicts[`${name} (object)`] = index.match(object).includes('case');
  }
  crowd.add('case', pattern);
  Object.assign(verdicts, {
    'RuleIndex, a thousand rules (text)': crowd.match(event).includes('case'),
    'RuleIndex, a thousand rules (object)': crowd.match(object).includes('case'),
  });
  crowd.delete('case');
  return verdicts;
}

function expectRefusal({ pattern, message }: PatternCase): void {
  const refused = expect.objectContaining({ name: 'InvalidEventPatternException', message });
  expect(parsePattern(pattern)).toEqual({ ok: false, issues: [expect.objectContaining({ message })] });
  expect(() => testPattern(pattern, '{}')).toThrow(refused);
  expect(() => compilePattern(pattern)).toThrow(refused);
  expect(() => explainPattern(pattern, '{}')).toThrow(refused);
  expect(() => crowd.add('case', pattern)).toThrow(refused);
}

function aThousandRules(): RuleIndex<number | 'case'> {
  const index = new RuleIndex<number | 'case'>();
  for (const [id, pattern] of crowdPatterns().entries()) index.add(id, pattern);
  return index;
}

/** The patterns of all the cases, and made ones over the names that the cases use. */
function crowdPatterns(): string[] {
  const patterns = validCases.map(({ pattern }) => pattern);
  const lists = [
    '[1]',
    '["x"]',
    '[{"exists":false}]',
    '[{"prefix":"a"}]',
    '[{"numeric":[">",1]}]',
    '[{"anything-but":"x"}]',
  ];
  for (let i = 0; patterns.length < 1000; i++) {
    const list = lists[i % lists.length];
    const source = `"source":["service-${i % 50}"]`;
    patterns.push(
      i % 2 === 0 ? `{"a":{"b":${list}},"c":[${i}]}` : `{${source},"detail":{"state":${list}},"a":["r${i}"]}`,
    );
  }
  return patterns;
}
