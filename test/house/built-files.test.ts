import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { filesBelow, read, root } from './source-tree.js';

const built = filesBelow('dist').filter((path) => /\.c?js$/.test(path));
const bundled = 'footbridge.browser.js';
const entries = built.filter((path) => path.endsWith('.js') && !/^chunks\/|^cli\.|^vitest\.|^jest\./.test(path));

describe('The built files', () => {
  test.each(entries)('load where there is no `process`: %s', (path) => {
    expect(load(path, `if (Object.keys(loaded).length === 0) throw new Error('it exports nothing');`)).toBe('');
  });

  test('are few', () => {
    expect(built.length).toBeLessThan(50);
  });

  test('make no `require` of their own', () => {
    expect(built.filter((path) => /createRequire|node:module/.test(read(`dist/${path}`)))).toEqual([]);
  });

  test('have one for a page without a bundler, that imports nothing', () => {
    expect(read(`dist/${bundled}`)).not.toMatch(/\bimport\s*(\{|\*|["'(])/);
    const use = `
      const { createBridge, testPattern, defineEvent } = loaded;
      const Placed = defineEvent('com.shop', 'Order Placed');
      const bridge = createBridge();
      bridge.on(Placed.pattern, ({ detail }) => console.log(detail.total, testPattern({ source: ['com.shop'] }, { source: 'x' })));
      await bridge.publish(Placed({ total: 120 }));
      await bridge.idle();`;
    expect(load(bundled, use)).toBe('120 false\n');
  });

  test('keep the names of the source', () => {
    expect(read('dist/chunks/bridge.js')).toContain('function createBridge(');
  });
});

/** What code prints that uses a built file where there is no `process`, as on a page. */
function load(path: string, use: string): string {
  const code = `
    delete globalThis.process;
    const loaded = await import(${JSON.stringify(pathToFileURL(`${root}/dist/${path}`).href)});
    ${use}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: root,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}
