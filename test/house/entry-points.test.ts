import { describe, expect, test } from 'vitest';
import { reachableFrom, read, sources } from './source-tree.js';

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const entries = sources.filter(({ folder }) => folder === '').map(({ path }) => path.replace(/\.ts$/, ''));

describe('The entry points', () => {
  test('are exactly the files directly in src', () => {
    const exported = Object.keys(manifest.exports).filter((name) => name !== './package.json');
    const named = exported.map((name) => (name === '.' ? 'index' : name.replace(/^\.\//, '')));
    const commands = Object.values(manifest.bin).map((file) => file.replace(/^\.\/dist\/(.*)\.js$/, '$1'));
    expect([...named, ...commands].sort()).toEqual([...entries].sort());
    expect(commands).toEqual(['cli']);
  });

  test('name their own built files', () => {
    const wrong = Object.entries(manifest.exports).filter(([name, target]) => {
      const file = name === '.' ? 'index' : name.replace(/^\.\//, '');
      if (name === './package.json') return target !== name;
      return (
        typeof target === 'string' || target.types !== `./dist/${file}.d.ts` || target.default !== `./dist/${file}.js`
      );
    });
    expect(wrong).toEqual([]);
  });

  test('load packages that are dependencies only, and no part of node', () => {
    const portable = entries.filter((entry) => !['cli', 'http', 'vitest'].includes(entry));
    const loaded = portable.flatMap((entry) => reachableFrom(`${entry}.ts`).packages);
    // Loaded by ./templates when it is given a path, and not before.
    const late = new Set(['node:fs/promises']);
    expect(loaded.filter((name) => !(name in manifest.dependencies) && !late.has(name))).toEqual([]);
  });

  test('include ./vitest, which alone loads vitest', () => {
    const { packages } = reachableFrom('vitest.ts');
    expect(packages.filter((name) => !(name in manifest.dependencies))).toEqual(['vitest']);
    expect(Object.keys(manifest.peerDependencies)).toEqual(['vitest']);
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
