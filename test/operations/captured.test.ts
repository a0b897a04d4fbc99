import { describe, expect, it } from 'vitest';
import { casesOf, expectCaptured, resources } from './captured-case.js';

describe('what AWS returns for each operation', () => {
  for (const resource of resources) {
    it.for(casesOf(resource))(`${resource}: $op, $name`, async (row) => {
      expect(row.source).toMatch(/^(?:captured September 2026|measured by cdk-preflight, September 2026|reported): /);
      await expectCaptured(row);
    });
  }
});
