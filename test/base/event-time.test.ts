import { describe, expect, test } from 'vitest';
import { formatTime, readTime } from '../../src/events/envelope.js';

describe('The time of an event', () => {
  test.each([
    [new Date('2026-01-02T03:04:05.999Z'), '2026-01-02T03:04:05Z'],
    [1767323045.678, '2026-01-02T03:04:05Z'],
    [1767323045, '2026-01-02T03:04:05Z'],
    [0, '1970-01-01T00:00:00Z'],
    [-0.5, '1969-12-31T23:59:59Z'],
    ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05Z'],
    ['2026-01-02t03:04:05.999999z', '2026-01-02T03:04:05Z'],
    ['2026-01-02 03:04:05+01:30', '2026-01-02T01:34:05Z'],
    ['2024-02-29T00:00:00-00:30', '2024-02-29T00:30:00Z'],
    ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59Z'],
  ])('is %s cut to whole seconds', (value, text) => {
    expect(formatTime(readTime(value) as number)).toBe(text);
  });

  test.each<unknown>([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1767323045678,
    '2026-01-02',
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-02T24:00:00Z',
    '2026-01-02T03:04:05',
    '10000-01-01T00:00:00Z',
    '',
    'now',
    {},
    null,
    1n,
  ])('is not %s', (value) => {
    expect(readTime(value)).toBeUndefined();
  });

  test('is not in a Proxy around a Date', () => {
    expect(readTime(new Proxy(new Date(), {}))).toBeUndefined();
  });
});
