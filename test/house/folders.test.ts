import { describe, expect, test } from 'vitest';
import { sources } from './source-tree.js';

const importsOf = new Map(sources.map(({ path, imports }) => [path, imports]));

const order = [
  'base',
  'patterns',
  'events',
  'contracts',
  'model',
  'inputs',
  'delivery',
  'targets',
  'history',
  'core',
  'resources',
  'bridge',
  'wire',
  'sdk',
  'remote',
  'server',
  'testing',
  'templates',
  'commands',
];

describe('The folders of src', () => {
  test('are all named in the order', () => {
    const folders = new Set(sources.map((source) => source.folder).filter((folder) => folder !== ''));
    expect([...folders].filter((folder) => !order.includes(folder))).toEqual([]);
  });

  test('import only from themselves and from folders above them', () => {
    const upward = sources.flatMap(({ path, folder, imports }) =>
      imports
        .filter((imported) => imported.endsWith('.ts') && folder !== '')
        .filter((imported) => !imported.includes('/') || rank(imported) > order.indexOf(folder))
        .map((imported) => `${path} imports ${imported}`),
    );
    expect(upward).toEqual([]);
  });

  test('have no cycles, those of types included', () => {
    const inCircles = sources.filter(({ path, imports }) => imports.some((imported) => reaches(imported, path)));
    expect(inCircles.map(({ path }) => path)).toEqual([]);
  });

  test('hold every file that is imported', () => {
    const paths = new Set(sources.map((source) => source.path));
    const missing = sources.flatMap(({ path, imports }) =>
      imports
        .filter((imported) => imported.endsWith('.ts') && !paths.has(imported))
        .map((imported) => `${path} imports ${imported}`),
    );
    expect(missing).toEqual([]);
  });

  // What else needs Node asks the process for its modules, so that bundlers for a browser do not meet them.
  test('load node: in cli.ts only', () => {
    const loading = sources.filter(({ loads }) => loads.some((name) => name.startsWith('node:')));
    expect(loading.map(({ path }) => path)).toEqual(['cli.ts']);
    const asking = sources.filter(({ text }) => text.includes('getBuiltinModule'));
    expect(asking.map(({ path }) => path)).toEqual(['http.ts', 'templates.ts']);
  });
});

/** Whether one file imports another, itself or through others; each imports itself. */
function reaches(from: string, to: string): boolean {
  const reached = new Set([from]);
  for (const path of reached) for (const imported of importsOf.get(path) ?? []) reached.add(imported);
  return reached.has(to);
}

function rank(path: string): number {
  return order.indexOf(path.slice(0, path.indexOf('/')));
}
