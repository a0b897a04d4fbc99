import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow, read, root } from './source-tree.js';

const docs = filesBelow('docs').map((path) => `docs/${path}`);
const examples = filesBelow('examples')
  .filter((path) => path.endsWith('/README.md'))
  .map((path) => `examples/${path}`);
const roots = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'PATTERNS.md'];
const pages = [...roots, ...docs, ...examples];

describe('The documentation', () => {
  test.each(pages)('links to what is there: %s', (page) => {
    const links = [...read(page).matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, link = '']) => link);
    const dead = links.filter((link) => !link.startsWith('https://') && !existsSync(join(root, dirname(page), link)));
    expect(dead).toEqual([]);
  });
});
