import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { filesBelow, read, root } from './source-tree.js';

const examples = filesBelow('examples')
  .filter((path) => !path.includes('/') && path.endsWith('.js'))
  .map((path) => `examples/${path}`);
// The API reference is made of doc comments, whose fragments stand for themselves.
const docs = filesBelow('docs').filter((path) => !path.startsWith('api/'));
const pages = ['README.md', ...docs.map((path) => `docs/${path}`)];
const blocks = pages.flatMap((page) =>
  [...read(page).matchAll(/^```js\n(.*?)^```$/gms)].map((match) => ({
    page,
    line: read(page).slice(0, match.index).split('\n').length,
    code: match[1] ?? '',
  })),
);

// Both name the package by its own name, so they run what `npm run build` made.
describe('What the reader is shown', () => {
  test('is something', () => {
    expect(examples.length).toBeGreaterThan(3);
    expect(blocks.length).toBeGreaterThan(3);
  });

  test('is listed, if it is an example', () => {
    const listed = [...read('examples/README.md').matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link);
    const folders = new Set(filesBelow('examples').map((path) => path.split('/')[0]));
    folders.delete('README.md');
    expect(listed.sort()).toEqual([...folders].sort());
  });

  test.each(examples)('runs: %s', (path) => {
    const { status, stdout, stderr } = node([path]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).not.toBe('');
  });

  test.each(['ts', 'yaml'])('is what the files of test/docs hold, tests and what they load: %s', (language) => {
    const files = filesBelow('test/docs').filter((path) => path.endsWith(`.${language}`));
    const written = files.map((path) => read(`test/docs/${path}`)).sort();
    const fences = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms');
    const shown = pages.flatMap((page) => [...read(page).matchAll(fences)].map(([, code]) => code));
    expect([...new Set(shown)].sort()).toEqual(written);
  });

  test.each(blocks)('runs: $page, line $line', ({ code }) => {
    const { status, stderr } = node(['--input-type=module', '--eval', code]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

function node(args: readonly string[]) {
  // The SDK would say what it thinks of this Node's age.
  const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
  return spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
}
