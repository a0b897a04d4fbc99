import { describe, expect, test } from 'vitest';
import { sources } from './source-tree.js';

const loadsOf = new Map(sources.map(({ path, loads }) => [path, loads]));

const order = [
  'base',
  'patterns',
  'events',
  'contracts',
  'model',
  'state',
  'inputs',
  'delivery',
  'targets',
  'routing',
  'archives',
  'schedules',
  'history',
  'operations',
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

  test('load nothing that comes to load them', () => {
    const inCircles = sources.filter(({ path, loads }) => loads.some((loaded) => reaches(loaded, path)));
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

  test('use node: in http.ts and cli.ts only', () => {
    const users = sources.filter(({ imports }) => imports.some((name) => name.startsWith('node:')));
    const allowed = ['http.ts', 'cli.ts'];
    expect(users.map(({ path }) => path).filter((path) => !allowed.includes(path))).toEqual([]);
  });
});

/** Whether one file loads another, itself or through others; each loads itself. */
function reaches(from: string, to: string): boolean {
  const reached = new Set([from]);
  for (const path of reached) for (const loaded of loadsOf.get(path) ?? []) reached.add(loaded);
  return reached.has(to);
}

function rank(path: string): number {
  return order.indexOf(path.slice(0, path.indexOf('/')));
}
