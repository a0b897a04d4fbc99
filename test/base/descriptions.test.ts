import { describe, expect, test } from 'vitest';
import { describeError } from '../../src/base/describe.js';
import { describeValue } from '../../src/base/unknown-value.js';

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  return proxy;
}

const thrower = {
  get message(): string {
    throw new Error('never shown');
  },
  toString(): string {
    throw new Error('never shown');
  },
};

describe('A description of a value', () => {
  test.each<[string, unknown]>([
    ['a number', 1],
    ['NaN', Number.NaN],
    ['a string', 'x'],
    ['null', null],
    ['undefined', undefined],
    ['an array', []],
    ['an object', {}],
    ['a bigint', 1n],
    ['a symbol', Symbol('x')],
    ['a function', () => {}],
  ])('says %s', (text, value) => {
    expect(describeValue(value)).toBe(text);
  });

  test('takes a revoked Proxy for an object', () => {
    expect(describeValue(revoked())).toBe('an object');
  });
});

describe('A description of what was thrown', () => {
  test.each<[string, unknown]>([
    ['TypeError: bad', new TypeError('bad')],
    ['text', 'text'],
    ['undefined', undefined],
    ['null', null],
    ['Symbol(x)', Symbol('x')],
    ['{"code":7}', { code: 7 }],
    ['{}', Object.create(null)],
  ])('says %s', (text, error) => {
    expect(describeError(error)).toBe(text);
  });

  test('never throws itself', () => {
    expect(describeError(revoked())).toBe('something that cannot be shown');
    expect(describeError(thrower)).toBe('something that cannot be shown');
  });
});
