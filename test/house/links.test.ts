import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow, read, root } from './source-tree.js';

const docs = filesBelow('docs').map((path) => `docs/${path}`);
const examples = filesBelow('examples')
  .filter((path) => path.endsWith('README.md'))
  .map((path) => `examples/${path}`);
const roots = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'PATTERNS.md'];
const pages = [...roots, ...docs, ...examples];

describe('The documentation', () => {
  test.each(pages)('links to what is there: %s', (page) => {
    const links = [...proseOf(page).matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, link = '']) => link);
    const dead = links.filter((link) => !link.startsWith('https://') && !existsSync(join(root, dirname(page), link)));
    expect(dead).toEqual([]);
  });

  test.each(pages)('links to headings that are there: %s', (page) => {
    const links = [...proseOf(page).matchAll(/\]\(([^)#:]*)#([^)]+)\)/g)];
    const dead = links.filter(([, path = '', anchor = '']) => {
      const target = path === '' ? page : join(dirname(page), path);
      return !anchorsOf(read(target)).includes(anchor);
    });
    expect(dead.map(([link]) => link)).toEqual([]);
  });
});

/** A page without its code blocks, where `](` does not start a link. */
function proseOf(page: string): string {
  return read(page).replaceAll(/^```.*?^```$/gms, '');
}

/** As GitHub makes them of headings. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
