import { describe, expect, test } from 'vitest';
import { apiPages } from '../../checks/write-api-reference.js';
import { filesBelow, read } from './source-tree.js';

// Made of dist/, so of what `npm run build` made last.
describe('The API reference', () => {
  const pages = apiPages();

  test('has a page for every entry point', () => {
    expect(filesBelow('docs/api')).toEqual([...pages.keys()].sort());
  });

  test.each([...pages.keys()])('is what the declarations say; else `npm run docs`: %s', (file) => {
    expect(read(`docs/api/${file}`)).toBe(pages.get(file));
  });

  test('leaves no name without a comment', () => {
    expect([...pages.values()].filter((text) => /^## \w+\n\n\n/m.test(text))).toEqual([]);
  });
});
