import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
export const dist = join(root, 'dist');

const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** What `exports` of package.json names: `index` and `patterns` for `.` and `./patterns`. `isEsOnly` where nothing can `require` it. */
export const entryPoints = Object.entries(exports)
  .filter(([path]) => path !== './package.json')
  .map(([path, conditions]) => ({
    path,
    name: path === '.' ? 'index' : path.slice('./'.length),
    isEsOnly: conditions.require === undefined,
  }));

/** The source of an entry point. */
export const source = (name) => join(root, 'src', `${name}.ts`);
