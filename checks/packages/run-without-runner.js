import { execPath } from 'node:process';
import { checkTypes } from './check-types.js';
import { copy, run } from './project.js';

/** How Node finds an entry: the newest are told that they can require an ES module, and then both ways lead to one. */
const loads = [
  { title: 'import', args: ['load-all.mjs'] },
  { title: 'require', args: ['load-all.cjs'] },
  { title: 'require, of CommonJS', args: ['--no-experimental-require-module', 'load-all.cjs'] },
];

/**
 * Loads every entry but ./vitest by `import` and by `require`, and compiles what imports them all, where either the browser's
 * types or Node's are there, also from a file of CommonJS, and by what reads no `exports`.
 */
export async function runWithoutRunner(folder, { compilers }) {
  const lines = [];
  copy(['load-all.mjs', 'load-all.cjs'], folder);
  for (const { title, args } of loads) {
    const { status, stdout, stderr } = await run(folder, execPath, args);
    const isRight = status === 0 && stderr === '';
    lines.push({ title, isRight, what: isRight ? stdout.trim() : stderr });
  }
  const lib = ['es2022'];
  for (const compiler of compilers) {
    const sources = ['all-entries.ts'];
    const ofBrowser = { title: 'types in a browser', sources, modules: ['esnext'], options: { lib: [...lib, 'dom'] } };
    lines.push(await checkTypes(folder, compiler, ofBrowser));
    const modules = ['commonjs', 'node16', 'nodenext', 'esnext'];
    const ofNode = { title: 'types in Node', sources, modules, options: { lib, types: ['node'] } };
    lines.push(await checkTypes(folder, compiler, ofNode));
    const required = { title: 'types by require', sources: ['all-entries.cts'], modules: ['node16', 'nodenext'] };
    lines.push(await checkTypes(folder, compiler, required));
  }
  return lines;
}
