import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventMatcher } from '../../src/patterns/index/event-matcher.js';
import { type CompiledPattern, compilePattern } from '../../src/patterns.js';
import { eventMatchers } from './event-matchers.js';
import { type Json, looseText } from './loose-text.js';

const words = [
  '',
  'a',
  'A',
  'ab',
  'aB',
  'abc',
  'order',
  'Order-1',
  'order-12',
  'straße',
  'STRASSE',
  '😀x',
  'x😀',
  'a"',
  '"a',
  'a*b',
];
const addresses = ['10.0.0.1', '10.1.2.3', '010.0.0.1', '::1', '0:0::1', '::ffff:a00:1'];
const numbers = [
  0, -0, 1, 1.5, -3, 10, 1e3, 123456789012345, 0.1, 0.30000000000000004, -122.42916360922355, 1e21, 5e-324,
];
const text = fc.oneof(fc.constantFrom(...words), fc.constantFrom(...addresses));
const scalar: fc.Arbitrary<Json> = fc.oneof(
  { weight: 5, arbitrary: text },
  { weight: 3, arbitrary: fc.constantFrom<Json>(...numbers) },
  { weight: 1, arbitrary: fc.constantFrom<Json>(true, false, null) },
);
const matcher: fc.Arbitrary<Json> = fc.oneof(
  { weight: 6, arbitrary: scalar },
  text.map((prefix) => ({ prefix })),
  text.map((suffix) => ({ suffix })),
  text.map((word) => ({ prefix: { 'equals-ignore-case': word } })),
  text.map((word) => ({ suffix: { 'equals-ignore-case': word } })),
  text.map((word) => ({ 'equals-ignore-case': word })),
  fc.constantFrom('*', 'a*', '*b', 'a*c', '*r*-*', 'a\\*b', 'order').map((wildcard) => ({ wildcard })),
  fc.array(text, { minLength: 1, maxLength: 3 }).map((list) => ({ 'anything-but': list })),
  fc.constantFrom<Json>(
    { 'anything-but': { prefix: 'a' } },
    { 'anything-but': [1, 10] },
    { 'anything-but': { wildcard: '*a*' } },
  ),
  fc.constantFrom<Json>(
    { numeric: ['>', 1] },
    { numeric: ['<=', 1.5] },
    { numeric: ['>=', -3, '<', 10] },
    { numeric: ['=', 1000] },
    { numeric: ['=', 0.30000000000000004] },
    { numeric: ['<', -122.42916360922354] },
  ),
  fc.constantFrom<Json>({ cidr: '10.0.0.0/8' }, { cidr: '::/64' }),
  fc.boolean().map((exists) => ({ exists })),
);
const list = fc.oneof(
  { weight: 3, arbitrary: matcher.map((only) => [only]) },
  { weight: 1, arbitrary: fc.array(matcher, { minLength: 2, maxLength: 3 }) },
);
const detailName = fc.constantFrom('status', 'status', 'total', 'items', 'a.b');
const fields = fc.oneof(
  { weight: 2, arbitrary: fc.tuple(detailName, list).map(([name, only]) => ({ [name]: only })) },
  { weight: 1, arbitrary: fc.dictionary(detailName, list, { minKeys: 2, maxKeys: 2 }) },
);
const detail = fc.oneof(
  { weight: 4, arbitrary: fields },
  { weight: 1, arbitrary: fields.map((inner) => ({ items: inner })) },
  { weight: 1, arbitrary: fc.tuple(fields, fields, fields).map(([one, two, rest]) => ({ $or: [one, two], ...rest })) },
);
const pattern: fc.Arbitrary<Json> = fc
  .record({ source: fc.array(text, { minLength: 1, maxLength: 2 }), 'detail-type': list, detail }, { requiredKeys: [] })
  .filter((members) => Object.keys(members).length > 0)
  .map((members) => members as Json);

const value = fc.oneof(
  { weight: 5, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }).map((elements) => elements as Json) },
);
const members = fc.dictionary(detailName, value, { maxKeys: 4 });
const eventDetail = fc
  .tuple(members, fc.array(members, { maxLength: 3 }), fc.boolean())
  .map(([own, items, nested]) => (nested ? { ...own, items } : own));
const event = fc.record({
  source: text,
  'detail-type': scalar,
  resources: fc.array(text, { maxLength: 2 }),
  detail: eventDetail,
});

interface Step {
  readonly add?: { readonly id: number; readonly pattern: Json };
  readonly remove?: number;
  readonly match?: { readonly event: Record<string, Json>; readonly seed: number };
}
const id = fc.nat(80);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ add: fc.record({ id, pattern }) }) },
  { weight: 2, arbitrary: fc.record({ remove: id }) },
  { weight: 3, arbitrary: fc.record({ match: fc.record({ event, seed: fc.nat() }) }) as fc.Arbitrary<Step> },
);

describe.each(eventMatchers)('%s matches as its patterns do one by one', (_name, create) => {
  test('whatever is added, deleted and matched in between, in whichever form the event comes', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 80, maxLength: 160 }), (steps) => follow(create(), steps)),
      {
        numRuns: 100,
        seed: 20260102,
      },
    );
  });
});

function follow(index: EventMatcher<number>, steps: readonly Step[]): void {
  const rules = new Map<number, CompiledPattern[]>();
  for (const { add, remove, match } of steps) {
    if (add !== undefined) {
      const text = JSON.stringify(add.pattern);
      index.add(add.id, text);
      rules.set(add.id, [...(rules.get(add.id) ?? []), compilePattern(text)]);
    } else if (remove !== undefined) {
      expect(index.delete(remove)).toBe(rules.delete(remove));
    } else if (match !== undefined) {
      expectSame(index, rules, match.event, match.seed);
    }
    expect(index.size).toBe(rules.size);
  }
}

function expectSame(
  index: EventMatcher<number>,
  rules: ReadonlyMap<number, readonly CompiledPattern[]>,
  event: Record<string, Json>,
  seed: number,
): void {
  const plain = JSON.stringify(event);
  const matching = [...rules].filter(([, patterns]) => patterns.some((pattern) => pattern.test(plain)));
  const expected = matching.map(([id]) => id);
  const { detail, ...head } = event;
  expect(index.match(plain), plain).toEqual(expected);
  expect(index.match(looseText(event, seed)), looseText(event, seed)).toEqual(expected);
  expect(index.match(JSON.parse(plain)), plain).toEqual(expected);
  expect(index.match(head, looseText(detail as Json, seed)), plain).toEqual(expected);
}
