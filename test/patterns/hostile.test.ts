import { describe, expect, test } from 'vitest';
import { compilePattern, explainPattern, parsePattern, RuleIndex, testPattern } from '../../src/patterns.js';

// Nothing here is timed: what is slow or recursive without bound runs into the time-out or the end of the stack.

describe('Hostile patterns', () => {
  test.each([
    ['9 $ors', ors(9, (i) => `{"a${i}":[1]},{"b${i}":[1]}`), '{"a0":1}'],
    ['9 $ors that override each other', ors(9, (i) => `{"a":[${i}]},{"b":[${i}]}`), '{"a":8,"b":7}'],
    ['9 $ors over one array', `{"x":${ors(9, (i) => `{"a${i}":[1]},{"b${i}":[1]}`)}}`, arrayOf(3)],
    ['9 $ors over two arrays', ors(9, (i) => `{"x":{"a${i}":[1]}},{"y":{"a${i}":[1]}}`), arrayOf(20)],
    ['9 $ors over two long arrays', ors(9, (i) => `{"x":{"a${i}":[1]}},{"y":{"a${i}":[1]}}`), arrayOf(2000)],
    ['9 $ors of absences in an array', ors(9, (i) => `{"x":{"a${i}":[{"exists":false}]}},{"b":[1]}`), arrayOf(28)],
    ['9 $ors that share a path', ors(9, (i) => `{"a${i}":[1]},{"b":[1]}`), '{"b":1}'],
    ['490 $ors in one another', nestedOrs(490, (i) => `"a${i}":[1]`), '{"z":1}'],
    ['450 $ors in one another that override', nestedOrs(450, (i) => `"a":[${i}]`), '{"a":1}'],
    ['1,000 levels', `${'{"a":'.repeat(999)}[1]${'}'.repeat(999)}`, `${'{"a":'.repeat(999)}1${'}'.repeat(999)}`],
    ['a name of 100,000 dots', `{"${'a.'.repeat(100_000)}a":[1]}`, `{"${'a.'.repeat(100_000)}a":1}`],
    ['130,000 fields', `{"o":{${list(130_000, (i) => `"f${i}":[1]`)}}}`, '{"o":{"f1":1}}'],
    ['1,000 branches', `{"$or":[${list(1000, (i) => `{"f${i}":[1]}`)}]}`, '{"f9":1}'],
    ['130,000 fields in a branch', `{"$or":[{${list(130_000, (i) => `"f${i}":[1]`)}},{"b":[1]}]}`, '{"b":1}'],
    ['100,000 values', `{"x":[${list(100_000, (i) => `"s${i}"`)}]}`, `{"x":[${list(100, (i) => `"t${i}"`)}]}`],
    ['100,000 values not wanted', `{"x":[{"anything-but":[${list(100_000, String)}]}]}`, '{"x":[5,6]}'],
    ['five stars on a long text', '{"a":[{"wildcard":"*a*b*c*d*e"}]}', `{"a":"${'abcd'.repeat(250_000)}"}`],
    ['stars that repeat', '{"a":[{"wildcard":"*a*a*a*a*ab"}]}', `{"a":"${'a'.repeat(1_000_000)}"}`],
    ['a long run behind a star', `{"a":[{"wildcard":"*b${'a'.repeat(4000)}*"}]}`, `{"a":"${'a'.repeat(500_000)}"}`],
    [
      'letters that grow in upper case',
      `{"a":[{"equals-ignore-case":"${'ß'.repeat(1e5)}"}]}`,
      `{"a":"${'S'.repeat(2e5)}"}`,
    ],
  ])(
    'are answered: %s',
    (_name, pattern, event) => {
      const verdict = testPattern(pattern, event);
      expect(indexed(pattern, event)).toBe(verdict);
      const explained = explainPattern(pattern, event);
      expect(explained.matches).toBe(verdict);
      expect(String(explained).length).toBeLessThan(20_000);
    },
    60_000,
  );

  test.each([
    ['1,001 levels', `${'{"a":'.repeat(1000)}[1]${'}'.repeat(1000)}`, 'nesting depth (1001)'],
    ['100,000 levels', '{"a":'.repeat(100_000), 'nesting depth (1001)'],
    ['an object of 100,000 levels', nested(100_000, [1]), 'it is nested too deeply'],
    ['10 $ors', ors(10, (i) => `{"a${i}":[1]},{"b${i}":[1]}`), 'over 1000 rule combinations'],
    ['20,000 $ors', ors(20_000, () => '{"a":[1]},{"a":[2]}'), 'over 1000 rule combinations'],
    ['1,001 branches', `{"$or":[${list(1001, (i) => `{"f${i}":[1]}`)}]}`, 'over 1000 rule combinations'],
    [
      '150 $ors with a wildcard',
      ors(150, (i) => `{"a":[{"wildcard":"*${i}"}]},{"b":[1]}`),
      'over 1000 rule combinations',
    ],
    ['2,000 stars', `{"a":[{"wildcard":"${'*a'.repeat(2000)}"}]}`, 'too complex'],
    ['5,000 wildcards in a list', `{"a":[${list(5000, (i) => `{"wildcard":"*${i}"}`)}]}`, 'too complex'],
    ['a word of a million letters', 'x'.repeat(1_000_000), 'Unrecognized token'],
    ['a million opening brackets', '['.repeat(1_000_000), 'Filter is not an object'],
    ['a number of 2,000 digits', `{"a":[${'1'.repeat(2000)}]}`, 'Number value length (2000) exceeds the maximum'],
    ['a text cut off anywhere', '{"a":[{"prefix":"\\u00', 'Unexpected end-of-input'],
  ])(
    'are refused: %s',
    (_name, pattern, sentence) => {
      const parsed = parsePattern(pattern);
      expect(parsed.ok ? '' : parsed.issues[0].message).toContain(sentence);
      expectError(() => testPattern(pattern, {}), 'InvalidEventPatternException');
      expectError(() => compilePattern(pattern), 'InvalidEventPatternException');
      expectError(() => explainPattern(pattern, {}), 'InvalidEventPatternException');
      expectError(() => new RuleIndex().add('rule', pattern), 'InvalidEventPatternException');
    },
    60_000,
  );
});

describe('Hostile events', () => {
  test.each([
    ['1,000 levels of objects', '{"a":{"b":[1]}}', `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`],
    ['999 levels of arrays', '{"a":[1]}', `{"a":${'['.repeat(999)}1${']'.repeat(999)}}`],
    ['two-element arrays 900 deep', '{"a":{"b":[1],"c":[1]}}', twoElementArrays(900)],
    ['absence in them', '{"a":{"b":[1],"c":[{"exists":false}]}}', twoElementArrays(900)],
    ['absence in them, decided first', '{"a":{"b":[{"exists":false}],"c":[1]}}', twoElementArrays(900)],
    [
      '$ors over them',
      '{"a":{"$or":[{"b":[1]},{"c":[{"exists":false}]}],"d":[{"exists":false}]}}',
      twoElementArrays(900),
    ],
    [
      'values in arrays in arrays',
      '{"a":[2]}',
      `{"a":${'[1,'.repeat(900)}[${'1,'.repeat(50_000)}1]${']'.repeat(900)}}`,
    ],
    ['100,000 elements', '{"x":{"a0":[2],"a1":[1]}}', arrayOf(100_000)],
    ['100,000 values', '{"x":["q"]}', `{"x":[${list(100_000, String)}]}`],
    ['three long arrays side by side', '{"x":{"a0":[1],"a1":[1]},"y":{"a0":[1],"a1":[1]}}', arrayOf(3000)],
    [
      'absence in them',
      '{"x":{"a0":[1],"a1":[{"exists":false}]},"y":{"a0":[2],"a1":[{"exists":false}]}}',
      arrayOf(3000),
    ],
    ['a name of 100,000 dots', '{"a":{"a":[1]}}', `{"${'a.'.repeat(100_000)}a":1}`],
    ['names of Object.prototype', '{"__proto__":{"x":[1]},"constructor":[1]}', '{"__proto__":{"x":1},"constructor":1}'],
    ['inherited names', '{"toString":[{"exists":true}]}', '{"__proto__":{"toString":1}}'],
    ['lone surrogates', '{"\\ud800":["\\udc00"]}', '{"\\ud800":"\\udc00"}'],
    ['the sign for lone surrogates', '{"\\ud800":[1]}', '{"\ufffd":1}'],
    ['unescaped lone surrogates', '{"\ud800":["\udc00x"]}', '{"\ud800":"\udc00x"}'],
  ])(
    'are answered: %s',
    (_name, pattern, event) => {
      const verdict = testPattern(pattern, event);
      expect(indexed(pattern, event)).toBe(verdict);
      expect(indexed(pattern, JSON.parse(event))).toBe(verdict);
      const explained = explainPattern(pattern, JSON.parse(event));
      expect(explained.matches).toBe(verdict);
      expect(String(explained).length).toBeLessThan(20_000);
    },
    60_000,
  );

  test.each([
    ['repeated arrays', '{"a":{"b":[-1],"c":[3]}}', `{${list(10_000, (i) => `"a":[{"b":${i}},{"c":2}]`)}}`],
    ['repeated values', '{"a":[-1]}', `{${list(100_000, (i) => `"a":${i}`)}}`],
  ])(
    'are answered: %s',
    (_name, pattern, event) => {
      expect(testPattern(pattern, event)).toBe(false);
      expect(explainPattern(pattern, event).matches).toBe(false);
    },
    60_000,
  );

  test.each([
    ['1,001 levels', `${'{"a":'.repeat(1001)}1${'}'.repeat(1001)}`],
    ['100,000 levels', '{"a":'.repeat(100_000)],
    ['100,000 open brackets', `{"a":${'['.repeat(100_000)}`],
    ['text behind the closing brace', '{"a":1} x'],
    ['an array', '[1]'],
    ['a number', '1'],
    ['no text', ''],
    ['a trailing comma', '{"a":1,}'],
    ['a mistake behind all that is asked for', '{"a":1,"b":tru}'],
  ])('are refused as text: %s', (_name, event) => {
    expectError(() => testPattern('{"a":[1]}', event), 'ValidationException');
    expectError(() => compilePattern('{"a":[1]}').test(event), 'ValidationException');
    expectError(() => explainPattern('{"a":[1]}', event), 'ValidationException');
  });

  test('never make an index throw or hang, whatever the text', () => {
    const index = new RuleIndex<number>();
    for (const [id, path] of ['a', 'b.c', 'd', '__proto__'].entries()) index.add(id, `{"${path}":[1,{"prefix":"x"}]}`);
    const whole = '{"a":[{"b\\u0063":"x\\n"},1.5e3],"b":{"c":[true,null]},"d":{"e":-1},"__proto__":"x"}';
    const texts = [
      '',
      ' ',
      '"',
      '\\',
      '{',
      '[',
      '\ud800',
      '{"a":',
      ...Array.from(whole, (_, at) => whole.slice(0, at)),
    ];
    for (const text of texts) expectVerdictOrError(() => index.match(text));
  });
});

function ors(count: number, branches: (i: number) => string): string {
  return `{${list(count, (i) => `"$or":[${branches(i)}]`)}}`;
}

function nestedOrs(depth: number, field: (i: number) => string): string {
  let pattern = '{"z":[1]}';
  for (let i = 0; i < depth; i++) pattern = `{"$or":[{${field(i)}},${pattern}]}`;
  return pattern;
}

function list(count: number, item: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => item(i)).join();
}

/** Two arrays whose elements each hold another one of the fields a0 to a13. */
function arrayOf(count: number): string {
  const elements = `[${list(count, (i) => `{"a${i % 14}":1}`)}]`;
  return `{"x":${elements},"y":${elements}}`;
}

function twoElementArrays(depth: number): string {
  return `{"a":${'['.repeat(depth)}{"b":1}${',{"c":1}]'.repeat(depth)}}`;
}

function nested(depth: number, inner: unknown): object {
  let object: object = { a: inner };
  for (let i = 1; i < depth; i++) object = { a: object };
  return object;
}

function indexed(pattern: string, event: string | object): boolean {
  const index = new RuleIndex<string>();
  index.add('rule', pattern);
  return index.match(event).length === 1;
}

function expectError(act: () => unknown, name: string): void {
  expect(act).toThrow(expect.objectContaining({ name, $fault: 'client' }));
}

function expectVerdictOrError(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    expect(error).toMatchObject({ name: 'ValidationException' });
  }
}
