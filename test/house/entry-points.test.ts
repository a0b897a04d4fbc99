import { describe, expect, test } from 'vitest';
import { reachableFrom, read, sources } from './source-tree.js';

interface Manifest {
  readonly main: string;
  readonly module: string;
  readonly types: string;
  readonly unpkg: string;
  readonly exports: Readonly<Record<string, string | object>>;
  readonly typesVersions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(read('package.json')) as Manifest;
// What the build puts into its own files.
const installed = new Set([...Object.keys(manifest.dependencies), 'immer']);
const entries = sources.filter(({ folder }) => folder === '').map(({ path }) => path.replace(/\.ts$/, ''));

describe('The entry points', () => {
  test('are exactly the files directly in src', () => {
    const exported = Object.keys(manifest.exports).filter((name) => name !== './package.json');
    const named = exported.map((name) => (name === '.' ? 'index' : name.replace(/^\.\//, '')));
    const commands = Object.values(manifest.bin).map((file) => file.replace(/^\.\/dist\/(.*)\.js$/, '$1'));
    expect([...named, ...commands].sort()).toEqual([...entries].sort());
    expect(commands).toEqual(['cli']);
  });

  test('name their own built files, in both forms of modules', () => {
    const wanted = Object.keys(manifest.exports).map((name) => {
      if (name === './package.json') return [name, name];
      const file = `./dist/${name === '.' ? 'index' : name.replace(/^\.\//, '')}`;
      const form = { types: `${file}.d.ts`, default: `${file}.js` };
      if (name === './vitest') return [name, form];
      const required = { types: `${file}.d.cts`, default: `${file}.cjs` };
      return [name, { 'module-sync': form, import: form, require: required }];
    });
    expect(manifest.exports).toEqual(Object.fromEntries(wanted));
  });

  test('are named for tools that do not read exports', () => {
    const { main, module, types, unpkg } = manifest;
    expect({ main, module, types }).toEqual({
      main: './dist/index.cjs',
      module: './dist/index.js',
      types: './dist/index.d.ts',
    });
    const names = entries.filter((entry) => entry !== 'cli' && entry !== 'index');
    const wanted = Object.fromEntries(names.map((name) => [name, [`./dist/${name}.d.ts`]]));
    expect(manifest.typesVersions).toEqual({ '*': wanted });
    expect(unpkg).toBe('./dist/footbridge.browser.js');
  });

  test('load packages that are dependencies only, and no part of node', () => {
    const portable = entries.filter((entry) => !['cli', 'vitest', 'jest'].includes(entry));
    const loaded = portable.flatMap((entry) => reachableFrom(`${entry}.ts`).packages);
    // Only for its types.
    const ofNode = /^node:(http|net)$/;
    expect(loaded.filter((name) => !installed.has(name) && !ofNode.test(name))).toEqual([]);
  });

  test('load a test runner from ./vitest and ./jest only, which the user installs', () => {
    const runners = ['vitest', 'jest'].map((entry) =>
      reachableFrom(`${entry}.ts`).packages.filter((name) => !installed.has(name)),
    );
    expect(runners).toEqual([['vitest'], ['@jest/globals']]);
    expect(Object.keys(manifest.peerDependencies).sort()).toEqual(['@jest/globals', 'vitest']);
  });

  test('include ./patterns, which reaches base and patterns only, and no package', () => {
    const { files, packages } = reachableFrom('patterns.ts');
    expect(files.filter((path) => path !== 'patterns.ts' && !/^(base|patterns)\//.test(path))).toEqual([]);
    expect(packages).toEqual([]);
  });

  test('include ./events, which reaches base, events and contracts only, and no package', () => {
    const { files, packages } = reachableFrom('events.ts');
    expect(files.filter((path) => path !== 'events.ts' && !/^(base|events|contracts)\//.test(path))).toEqual([]);
    expect(packages).toEqual([]);
  });

  test('include ./aws-sdk, which reaches no package of the SDK', () => {
    const { packages } = reachableFrom('aws-sdk.ts');
    expect(packages.filter((name) => /^@(aws-sdk|smithy)\//.test(name))).toEqual([]);
  });
});
