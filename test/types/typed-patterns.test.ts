import { describe, expectTypeOf, test } from 'vitest';
import type { DetailPattern } from '../../src/events.js';

interface Order {
  total: number;
  status: 'open' | 'paid';
  customer: { name: string; tier?: 'gold' | null };
  lines: { sku: string; count: number }[];
  placedAt: Date;
  note?: string;
  tags: string[];
  gift: boolean;
}

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
interface Tree {
  value: number;
  children: Tree[];
  parent?: Tree;
}
type Nested = { at: Date; more: Nested } | Nested[];
// biome-ignore lint/style/noEnum: others have them.
enum Color {
  Red = 'red',
  Blue = 'blue',
}

interface Odd {
  id: string & { readonly brand: 'id' };
  color: Color;
  rank: 1 | 2 | 3;
  cents: number & { readonly brand: 'cents' };
  extra: object;
  nothing: { a?: object } | null;
  code: `order-${string}`;
  either: string | number | { name: string };
  event: { kind: 'a'; x: number } | { kind: 'b'; y: string };
  counts: Record<string, number>;
  area: number[][][][];
  pair: [string, number];
  times: (Date | null)[];
  open: unknown;
  json: Json;
  tree: Tree;
  nested: Nested;
  gone: undefined;
}

const order = (pattern: DetailPattern<Order>): unknown => pattern;
const odd = (pattern: DetailPattern<Odd>): unknown => pattern;

describe('The pattern of a typed detail', () => {
  test('takes every operator of a string', () => {
    order({
      note: [
        'a',
        { exactly: '10.0.0.1' },
        { prefix: 'a' },
        { prefix: { 'equals-ignore-case': 'a' } },
        { suffix: 'a' },
        { suffix: { 'equals-ignore-case': 'a' } },
        { 'equals-ignore-case': 'a' },
        { wildcard: 'a*' },
        { cidr: '10.0.0.0/8' },
        { 'anything-but': 'a' },
        { 'anything-but': ['a', 'b'] },
        { 'anything-but': { prefix: 'a' } },
        { 'anything-but': { prefix: ['a', 'b'] } },
        { 'anything-but': { suffix: 'a' } },
        { 'anything-but': { wildcard: ['a*'] } },
        { 'anything-but': { 'equals-ignore-case': ['a'] } },
        { exists: false },
      ],
    });
  });

  test('takes every operator of a number, of a boolean and of null', () => {
    order({
      total: [
        5,
        { numeric: ['=', 5] },
        { numeric: ['<', 5] },
        { numeric: ['<=', 5] },
        { numeric: ['>', 5] },
        { numeric: ['>=', 5] },
        { numeric: ['>=', 5, '<', 6] },
        { 'anything-but': 5 },
        { 'anything-but': [5, 6] },
        { exists: true },
      ],
      gift: [true, { exists: true }],
      customer: { tier: [null, 'gold', { exists: false }] },
    });
  });

  test('reaches into objects and arrays without index, and takes a Date for a string', () => {
    order({
      customer: { name: ['Ada'] },
      lines: { sku: ['a'], count: [1] },
      tags: ['x'],
      placedAt: [{ prefix: '2026' }],
    });
  });

  test('takes $or at any depth', () => {
    order({
      gift: [true],
      $or: [{ total: [1] }, { customer: { $or: [{ name: ['Ada'] }, { tier: ['gold'] }] } }, { tags: ['x'] }],
    });
  });

  test('takes what is not written as a literal', () => {
    const constant = { total: [{ numeric: ['>', 5] }], status: ['paid'] } as const;
    const ids: string[] = [];
    order(constant);
    order({ tags: ids, note: ids.map((id) => ({ prefix: id })), total: undefined });
  });

  test('follows types of every kind', () => {
    odd({ id: ['any'], color: ['red', Color.Blue, { prefix: 'r' }], rank: [1, 3], code: ['order-1'] });
    odd({ either: ['a', 1, { 'anything-but': [1] }], counts: { any: [1] }, area: [1], pair: ['a', 1] });
    odd({ either: { name: ['a'] }, event: { kind: ['a', 'b'], x: [1], y: ['s'] }, times: ['2026', null] });
    odd({ open: ['x', 5], json: { deep: { deeper: [1] } }, gone: [{ exists: false }] });
    odd({ open: { x: [1] }, json: ['x'], tree: { children: { children: { children: { parent: { value: [1] } } } } } });
    odd({ nested: { more: { more: { at: ['2026'] } } } });
  });

  test('is loose where nobody says what the detail is', () => {
    expectTypeOf<DetailPattern<ReturnType<typeof JSON.parse>>>().toEqualTypeOf<DetailPattern<unknown>>();
    const loose = (pattern: DetailPattern<unknown>): unknown => pattern;
    loose({ a: { b: [{ what: 5 }] }, $or: [{ a: [1] }, { b: [1] }] });
    // @ts-expect-error a list belongs here
    loose({ a: 5 });
  });

  test('refuses a misspelt path', () => {
    // @ts-expect-error
    order({ totl: [1] });
    // @ts-expect-error
    order({ customer: { nme: ['Ada'] } });
    // @ts-expect-error
    order({ lines: { skv: ['a'] } });
    // @ts-expect-error
    order({ $or: [{ totl: [1] }, { total: [1] }] });
    // @ts-expect-error
    order({ customer: { $or: [{ nme: ['Ada'] }, { name: ['Ada'] }] } });
    // @ts-expect-error
    odd({ event: { z: [1] } });
  });

  test('refuses what is no list, or leads nowhere', () => {
    // @ts-expect-error
    order({ total: 5 });
    // @ts-expect-error
    order({ status: 'paid' });
    // @ts-expect-error
    order({ total: { numeric: ['>', 5] } });
    // @ts-expect-error
    order({ total: [[5]] });
    // @ts-expect-error
    order({ customer: ['Ada'] });
    // @ts-expect-error
    order({ tags: { x: ['a'] } });
    // @ts-expect-error
    order({ $or: [{ total: [1] }] });
    // @ts-expect-error
    order({ $or: { total: [1] } });
  });

  test('refuses an operator that the type cannot satisfy', () => {
    // @ts-expect-error
    order({ status: [{ numeric: ['>', 5] }] });
    // @ts-expect-error
    order({ total: [{ prefix: '5' }] });
    // @ts-expect-error
    order({ gift: [{ 'anything-but': 'x' }] });
    // @ts-expect-error
    order({ placedAt: [{ numeric: ['>', 5] }] });
    // @ts-expect-error
    order({ lines: { count: [{ wildcard: '*' }] } });
    // @ts-expect-error
    odd({ counts: { any: [{ prefix: 'a' }] } });
  });

  test('refuses an operand or an operator that does not exist', () => {
    // @ts-expect-error
    order({ total: [{ numeric: ['!', 5] }] });
    // @ts-expect-error
    order({ total: [{ numeric: ['>', '5'] }] });
    // @ts-expect-error
    order({ total: [{ numeric: ['<', 5, '>', 7] }] });
    // @ts-expect-error
    order({ total: [{ numeric: '> 5' }] });
    // @ts-expect-error
    order({ note: [{ prefx: 'a' }] });
    // @ts-expect-error
    order({ note: [{ prefix: ['a'] }] });
    // @ts-expect-error
    order({ note: [{ cidr: ['10.0.0.0/8'] }] });
    // @ts-expect-error
    order({ note: [{ exists: 'false' }] });
    // @ts-expect-error
    order({ note: [{ 'anything-but': 5 }] });
    // @ts-expect-error
    order({ note: [{ 'anything-but': { cidr: '10.0.0.0/8' } }] });
    // @ts-expect-error
    odd({ either: [{ 'anything-but': ['a', 1] }] });
  });

  test('refuses a value that the type does not have', () => {
    // @ts-expect-error
    order({ total: ['5'] });
    // @ts-expect-error
    order({ gift: ['true'] });
    // @ts-expect-error
    order({ note: [null] });
    // @ts-expect-error
    order({ status: ['payed'] });
    // @ts-expect-error
    order({ status: [{ 'anything-but': ['payed'] }] });
    // @ts-expect-error
    order({ customer: { tier: ['silver'] } });
    // @ts-expect-error
    odd({ color: ['green'] });
    // @ts-expect-error
    odd({ rank: [4] });
    // @ts-expect-error
    odd({ code: ['invoice-1'] });
    // @ts-expect-error
    odd({ event: { kind: ['c'] } });
    // @ts-expect-error
    odd({ tree: { children: { value: ['1'] } } });
    // @ts-expect-error
    odd({ either: [true] });
  });

  test('takes any number for a branded one, and any pattern below what has no names', () => {
    odd({ cents: [5, { numeric: ['>', 3] }, { 'anything-but': [1, 2] }] });
    odd({ extra: { any: { where: ['x'] } }, nothing: { a: { b: ['x'] } } });
    // @ts-expect-error It is no string.
    odd({ cents: ['5'] });
    // @ts-expect-error What stands below is a list all the same.
    odd({ extra: { any: 'x' } });
  });
});
