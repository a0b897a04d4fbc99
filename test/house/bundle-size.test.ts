import { describe, expect, test } from 'vitest';
import { measureName, measureSize } from '../../checks/measure-size.js';
import { read } from './source-tree.js';

/** The most that a browser may have to load for an entry, in bytes: one file, minified and packed by gzip, dependencies included. */
const budgets = { patterns: 24_500, events: 1_200, index: 94_500, 'aws-sdk': 4_400, fetch: 30_800, mermaid: 2_000 };

/** The same for an app that imports this name only. What a chunk holds beside it must be left out. */
const names = [
  ['testPattern', 'patterns', 17_500],
  ['parsePattern', 'patterns', 8_800],
  ['virtualClock', 'index', 2_400],
  ['connectBridge', 'http', 16_500],
  ['eventBridgeHandlers', 'aws-sdk', 2_000],
] as const;

describe('A bundle of the built package', () => {
  test.each(Object.entries(budgets))('keeps within its budget: %s, %d bytes', async (entry, budget) => {
    const { files, packed } = await measureSize(entry);
    expect(files).toBe(1);
    expect(packed).toBeLessThan(budget);
  });

  test.each(names)('of %s of %s alone keeps within its budget', async (name, entry, budget) => {
    expect(await measureName(name, entry)).toBeLessThan(budget);
  });

  test.each(Object.entries(budgets))('has the budget that docs/size.md tells: %s', (entry, budget) => {
    const name = entry === 'index' ? 'footbridge' : `footbridge/${entry}`;
    expect(read('docs/size.md')).toContain(`| \`${name}\` | ${budget / 1000} kB |`);
  });
});
