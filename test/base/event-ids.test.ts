import { describe, expect, test } from 'vitest';
import { randomIds, sequentialIds } from '../../src/index.js';

describe('Event ids', () => {
  test('have the shape of a version 4 UUID and are all different', () => {
    const ids = Array.from({ length: 2000 }, randomIds);
    expect(new Set(ids).size).toBe(2000);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('count up from each source of its own', () => {
    const [one, two] = [sequentialIds(), sequentialIds()];
    expect([one(), one(), two()]).toEqual([
      '00000000-0000-0000-0000-000000000001',
      '00000000-0000-0000-0000-000000000002',
      '00000000-0000-0000-0000-000000000001',
    ]);
  });
});
