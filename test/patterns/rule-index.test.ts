import { describe, expect, test } from 'vitest';
import { eventMatchers } from './event-matchers.js';

const refused = expect.objectContaining({ name: 'InvalidEventPatternException' });

describe.each(eventMatchers)('%s', (_name, create) => {
  test('finds nothing while it is empty', () => {
    const index = create<string>();
    expect(index.size).toBe(0);
    expect(index.match('{"a":1}')).toEqual([]);
    expect(index.match({ a: 1 })).toEqual([]);
  });

  test('takes patterns as text and as objects, and events as text and as objects', () => {
    const index = create<string>();
    index.add('text', '{"a":[1]}');
    index.add('object', { a: [{ numeric: ['>', 0] }] });
    expect(index.match('{"a":1}')).toEqual(['text', 'object']);
    expect(index.match({ a: 1 })).toEqual(['text', 'object']);
    expect(index.match({ a: 2 })).toEqual(['object']);
  });

  test('answers in the order in which ids were first added', () => {
    const index = create<string>();
    for (const id of ['z', 'a', 'm']) index.add(id, { x: [1] });
    index.add('a', { x: [2] });
    expect(index.match({ x: 1 })).toEqual(['z', 'a', 'm']);
    index.delete('z');
    index.add('z', { x: [1] });
    expect(index.match({ x: 1 })).toEqual(['a', 'm', 'z']);
  });

  test('keeps that order among a thousand rules that are filed in different places', () => {
    const index = create<number>();
    const lists = [['s'], [{ prefix: 's' }], [{ exists: true }], [{ 'anything-but': 'x' }], [{ wildcard: '*' }]];
    for (let id = 0; id < 1000; id++) index.add(id, { source: lists[id % lists.length], k: [id % 3] });
    const expected = Array.from({ length: 1000 }, (_, id) => id).filter((id) => id % 3 === 2);
    expect(index.match('{"k":2,"source":"s"}')).toEqual(expected);
    expect(index.match({ k: 2, source: 's' })).toEqual(expected);
  });

  test('matches an id by any of its patterns, and names it once', () => {
    const index = create<string>();
    index.add('rule', { a: [1] });
    index.add('rule', { b: [1] });
    expect(index.size).toBe(1);
    expect(index.match({ a: 1 })).toEqual(['rule']);
    expect(index.match({ b: 1 })).toEqual(['rule']);
    expect(index.match({ a: 1, b: 1 })).toEqual(['rule']);
    expect(index.match({ c: 1 })).toEqual([]);
  });

  test('does not mix the fields of two patterns of one id', () => {
    const index = create<string>();
    index.add('rule', { a: [1], b: [1] });
    index.add('rule', { a: [2], b: [2] });
    expect(index.match({ a: 1, b: 2 })).toEqual([]);
  });

  test('does not mix the elements of an array, however many rules ask the same', () => {
    const index = create<number>();
    for (let id = 0; id < 200; id++) index.add(id, { x: { a: [id % 5], b: [(id >> 3) % 5] } });
    for (const event of [{ x: [{ a: 1 }, { b: 2 }] }, { x: [{ a: 1, b: 3 }, { b: 2 }] }]) {
      const expected = Array.from({ length: 200 }, (_, id) => id).filter((id) =>
        event.x.some(({ a, b }) => id % 5 === a && (id >> 3) % 5 === b),
      );
      expect(index.match(event)).toEqual(expected);
      expect(index.match(JSON.stringify(event))).toEqual(expected);
    }
  });

  test('deletes every pattern of an id, and says whether there were any', () => {
    const index = create<string>();
    index.add('one', { a: [1] });
    index.add('one', { b: [1] });
    index.add('two', { a: [1] });
    expect(index.delete('one')).toBe(true);
    expect(index.delete('one')).toBe(false);
    expect(index.delete('never')).toBe(false);
    expect(index.size).toBe(1);
    expect(index.match({ a: 1, b: 1 })).toEqual(['two']);
  });

  test('takes ids of any type, told apart as a Map tells them', () => {
    const object = {};
    const symbol = Symbol('id');
    const ids = [1, '1', true, null, undefined, Number.NaN, object, {}, symbol, 1n, [] as const, ''];
    const index = create<unknown>();
    for (const id of ids) index.add(id, { a: [1] });
    expect(index.size).toBe(ids.length);
    expect(index.match({ a: 1 })).toEqual(ids);
    expect(index.match({ a: 1 })[6]).toBe(object);
    for (const id of ids) expect(index.delete(id)).toBe(true);
    expect(index.size).toBe(0);
  });

  test('adds nothing where a pattern is invalid', () => {
    const index = create<string>();
    expect(() => index.add('new', '{"a":[]}')).toThrow(refused);
    expect(index.size).toBe(0);
    index.add('old', { a: [1] });
    expect(() => index.add('old', { a: [{ prefix: 5 }] })).toThrow(refused);
    expect(index.size).toBe(1);
    expect(index.match({ a: 1 })).toEqual(['old']);
    expect(index.match('{"a":5}')).toEqual([]);
  });

  test('answers each event anew, whatever the last one held', () => {
    const index = create<string>();
    index.add('present', { a: { b: [1] } });
    index.add('absent', { a: { b: [{ exists: false }] } });
    const answers = ['{"a":{"b":1}}', '{}', '{"a":{"b":2}}', '{"a":[]}', '{"a":[{"b":1}]}'].map((text) => [
      index.match(text),
      index.match(JSON.parse(text)),
    ]);
    const expected = [['present'], ['absent'], [], ['absent'], ['present']];
    expect(answers).toEqual(expected.map((ids) => [ids, ids]));
  });

  test('sees rules that are added and deleted between events', () => {
    const index = create<number>();
    const event = '{"source":"s","detail":{"n":7}}';
    for (let round = 0; round < 3; round++) {
      for (let id = 0; id < 200; id++) index.add(id, { source: ['s'], detail: { n: [id % 10] } });
      expect(index.match(event)).toHaveLength(20);
      for (let id = 0; id < 200; id += 2) index.delete(id);
      expect(index.match(event)).toHaveLength(20);
      for (let id = 1; id < 200; id += 2) index.delete(id);
      expect(index.match(event)).toEqual([]);
      expect(index.size).toBe(0);
    }
  });

  test('leaves the answer it gave to the caller', () => {
    const index = create<string>();
    index.add('rule', { a: [1] });
    index.match({ a: 1 }).push('mine');
    expect(index.match({ a: 1 })).toEqual(['rule']);
  });

  test('stops reading a text where nothing that follows can change the answer', () => {
    const index = create<string>();
    index.add('rule', { source: ['s'] });
    expect(index.match('{"source":"s","detail":{"cut off')).toEqual(['rule']);
  });

  test('reads on where a field has to be absent', () => {
    const index = create<string>();
    index.add('rule', { source: ['s'], z: [{ exists: false }] });
    expect(index.match('{"source":"s","a":{"z":1},"z":1}')).toEqual([]);
    expect(index.match('{"source":"s","a":{"z":1}}')).toEqual(['rule']);
  });

  test('reads texts of every script and every spacing', () => {
    const index = create<string>();
    index.add('rule', { 大: { 'é"': ['😀', 'ß'] }, n: [300] });
    expect(index.match('{"大":{"é\\"":"😀"},"n":3e2}')).toEqual(['rule']);
    expect(index.match(' \n{ "n" : 300.0 ,\t"\\u5927"\r:{"\\u00e9\\"" : [ "x" , "\\ud83d\\ude00" ] } } ')).toEqual([
      'rule',
    ]);
    expect(index.match('{"大":{"é":"😀"},"n":300}')).toEqual([]);
  });
});
