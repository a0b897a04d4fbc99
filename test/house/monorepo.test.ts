import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { read, root } from './source-tree.js';

// Not in place: npm is to make its links where nobody else works.
const clone = mkdtempSync(join(tmpdir(), 'footbridge-monorepo-'));
const shop = join(clone, 'examples/monorepo');

const oneOrder = (id: string, total: number) => [
  `billing: ${id} for ${total}`,
  `shipping: ${id}, with invoice-of-${id}`,
  `orders: ${id} left as parcel-of-${id}`,
];

describe('The monorepo example', () => {
  beforeAll(() => {
    const { dependencies } = JSON.parse(read('package.json'));
    mkdirSync(join(clone, 'node_modules'));
    for (const name of Object.keys(dependencies)) {
      symlinkSync(join(root, 'node_modules', name), join(clone, 'node_modules', name));
    }
    putPackage(clone);
    cpSync(join(root, 'examples/monorepo'), shop, {
      recursive: true,
      filter: (path) => !path.startsWith(join(root, 'examples/monorepo/node_modules')),
    });
    run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error']);
  });

  afterAll(() => rmSync(clone, { recursive: true, force: true }));

  test('has types that hold', () => {
    expect(run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.'])).toEqual([]);
  });

  test('has one bus in one process', () => {
    expect(run(process.execPath, ['in-one-process.js'])).toEqual([
      ...oneOrder('o-1', 120),
      'in one process: 3 deliveries',
    ]);
  });

  test('has one bus between processes', () => {
    expect(run(process.execPath, ['between-processes.js'])).toEqual([
      ...oneOrder('o-2', 80),
      'between processes: 3 deliveries',
    ]);
  });

  test('has one bus also when a service has a copy of the package of its own', () => {
    const own = join(shop, 'services/billing/node_modules/footbridge');
    putPackage(own);
    const resolve = ['--input-type=module', '--eval', "console.log(import.meta.resolve('footbridge'))"];
    const [ofBilling = '', ofShipping = ''] = ['billing', 'shipping'].flatMap((name) =>
      run(process.execPath, resolve, join(shop, 'services', name)),
    );
    expect(ofBilling).toContain('/services/billing/node_modules/footbridge/dist/index.js');
    expect(ofShipping).not.toContain('/billing/');
    expect(run(process.execPath, ['in-one-process.js'])).toEqual([
      ...oneOrder('o-1', 120),
      'in one process: 3 deliveries',
    ]);
  });
});

/** What the published package is: the built one. */
function putPackage(folder: string): void {
  for (const part of ['package.json', 'dist']) cpSync(join(root, part), join(folder, part), { recursive: true });
}

/** The lines that a command printed, if it went well and had nothing to complain of. */
function run(command: string, args: readonly string[], cwd = shop): string[] {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  expect({ command: [command, ...args], status, stderr, error, stdout }).toMatchObject({ status: 0, stderr: '' });
  return stdout.split('\n').filter((line) => line !== '');
}
