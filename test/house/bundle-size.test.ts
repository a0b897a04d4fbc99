import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { describe, expect, test } from 'vitest';
import { root } from './source-tree.js';

/** The most that a browser may have to load for an entry, in bytes: one file, minified and packed by gzip, dependencies included. */
const budgets = { patterns: 21_000, events: 1_200, index: 80_000, 'aws-sdk': 4_000, fetch: 28_000, mermaid: 2_000 };

describe('A bundle of the built package', () => {
  test.each(Object.entries(budgets))('keeps within its budget: %s, %d bytes', async (entry, budget) => {
    const bundle = await rolldown({ input: join(root, `dist/${entry}.js`), platform: 'browser', logLevel: 'silent' });
    const { output } = await bundle.generate({ format: 'es', minify: true });
    expect(output).toHaveLength(1);
    expect(gzipSync(output[0].code, { level: 9 }).length).toBeLessThan(budget);
  });
});
