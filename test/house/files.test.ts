import { describe, expect, test } from 'vitest';
import { filesBelow, read } from './source-tree.js';

const lengths = (['src', 'test', 'benchmarks', 'examples'] as const)
  .flatMap((folder) => filesBelow(folder).map((path) => `${folder}/${path}`))
  .filter((path) => /\.(ts|js)$/.test(path))
  .map((path) => ({ path, lines: lineCount(read(path)) }));

describe('The files', () => {
  test('are named after what they hold', () => {
    const vague = /\/(index|utils?|types?|helpers?|common|misc|shared)\.[a-z.]+$/;
    const named = lengths.map(({ path }) => path).filter((path) => path !== 'src/index.ts');
    expect(named.filter((path) => vague.test(path))).toEqual([]);
  });

  test('have at most 400 lines', () => {
    expect(lengths.filter(({ lines }) => lines > 400)).toEqual([]);
  });

  test('of src have fewer than 150 lines in the median', () => {
    const sorted = lengths
      .filter(({ path }) => path.startsWith('src/'))
      .map(({ lines }) => lines)
      .sort((a, b) => a - b);
    expect(sorted[sorted.length >> 1]).toBeLessThan(150);
  });

  test('of the documentation are short: ARCHITECTURE.md 150 lines, CONTRIBUTING.md 60, that of an example 40', () => {
    expect(lineCount(read('ARCHITECTURE.md'))).toBeLessThanOrEqual(150);
    expect(lineCount(read('CONTRIBUTING.md'))).toBeLessThanOrEqual(60);
    const pages = filesBelow('examples').filter((path) => path.endsWith('/README.md'));
    expect(pages.filter((path) => lineCount(read(`examples/${path}`)) > 40)).toEqual([]);
  });
});

function lineCount(text: string): number {
  return text.replace(/\n$/, '').split('\n').length;
}
