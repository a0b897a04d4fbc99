import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { copy, run } from './project.js';

/**
 * What goes with each `module`. `commonjs` has long been used with the resolution that reads no `exports`, which TypeScript 7 has not;
 * there is no ECMAScript syntax in its files that stays as it is.
 */
function optionsOf(module, major) {
  if (module !== 'commonjs') return { module, moduleResolution: module === 'esnext' ? 'bundler' : module };
  const moduleResolution = major < 7 ? 'node10' : 'bundler';
  const silence = major === 6 ? { ignoreDeprecations: '6.0' } : {};
  return { module, moduleResolution, verbatimModuleSyntax: false, ...silence };
}

/** Compiles sources in a project, by each kind of modules. Errors within the declarations of other packages are none of ours. */
export async function checkTypes(folder, compiler, { title, sources, modules, options = {} }) {
  copy(
    sources.filter((source) => !existsSync(join(folder, source))),
    folder,
  );
  const { version } = JSON.parse(readFileSync(join(compiler, 'package.json'), 'utf8'));
  const ours = [];
  let others = 0;
  for (const module of modules) {
    const compilerOptions = {
      target: 'es2022',
      lib: ['es2023', 'dom', 'esnext.disposable'],
      strict: true,
      exactOptionalPropertyTypes: true,
      isolatedModules: true,
      verbatimModuleSyntax: true,
      skipLibCheck: false,
      noEmit: true,
      types: [],
      ...optionsOf(module, Number(version.split('.')[0])),
      ...options,
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: sources }));
    const args = [join(compiler, 'bin/tsc'), '--pretty', 'false', '-p', 'tsconfig.json'];
    const { status, stdout, stderr } = await run(folder, execPath, args);
    const errors = stdout.split('\n').filter((line) => line.includes('error TS'));
    const found = errors.filter((line) => !/^node_modules\/(?!footbridge\/)|^\.\./.test(line));
    if (stderr !== '' || (status !== 0 && errors.length === 0))
      found.push(stderr || stdout || `tsc ended with ${status}`);
    ours.push(...found.map((line) => `${module}: ${line}`));
    others += errors.length - found.length;
  }
  const known = others === 0 ? 'no errors' : `no errors but ${others} of other packages within themselves`;
  const isRight = ours.length === 0;
  return { title: `${title}, TypeScript ${version}`, isRight, what: isRight ? known : ours.join('\n') };
}
