import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { read, root } from './source-tree.js';

describe('The documentation', () => {
  test.each(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'])(
    'links to what is there: %s',
    (page) => {
      const links = [...read(page).matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, link = '']) => link);
      const dead = links.filter((link) => !link.startsWith('https://') && !existsSync(join(root, link)));
      expect(dead).toEqual([]);
    },
  );
});
