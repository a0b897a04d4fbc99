import { execPath } from 'node:process';
import { checkTypes } from './check-types.js';
import { copy, run } from './project.js';

/**
 * Loads every entry but ./vitest by `import` and by `require`, and compiles what imports them all, where either the browser's
 * types or Node's are there, also from a file of CommonJS if the compiler knows that Node takes it (since TypeScript 5.8).
 */
export async function runWithoutRunner(folder, { compilers }) {
  const lines = [];
  for (const file of ['load-all.mjs', 'load-all.cjs']) {
    copy([file], folder);
    const { status, stdout, stderr } = await run(folder, execPath, ['--no-warnings', file]);
    const isRight = status === 0 && stderr === '';
    lines.push({
      title: file.endsWith('.mjs') ? 'import' : 'require',
      isRight,
      what: isRight ? stdout.trim() : stderr,
    });
  }
  const lib = ['es2022'];
  for (const compiler of compilers) {
    const sources = ['all-entries.ts'];
    const ofBrowser = { title: 'types in a browser', sources, modules: ['esnext'], options: { lib: [...lib, 'dom'] } };
    lines.push(await checkTypes(folder, compiler, ofBrowser));
    const modules = ['node16', 'nodenext', 'esnext'];
    const ofNode = { title: 'types in Node', sources, modules, options: { lib, types: ['node'] } };
    lines.push(await checkTypes(folder, compiler, ofNode));
    if (compiler.endsWith('-5.4')) continue;
    const required = { title: 'types by require', sources: ['all-entries.cts'], modules: ['nodenext'] };
    lines.push(await checkTypes(folder, compiler, required));
  }
  return lines;
}
