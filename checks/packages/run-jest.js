import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { copy, manifest, run } from './project.js';

/** Where files are ES modules, Jest needs to be told which of them are tests, and a flag of Node. */
const asEsModules = { testMatch: ['<rootDir>/*.test.mjs'], transform: {} };
const esFlags = ['--experimental-vm-modules', '--no-warnings'];

/**
 * The README's first test, with the `test` and `expect` of footbridge/jest, and that of this folder: as ES modules, as CommonJS without any
 * configuration, and as TypeScript that ts-jest makes CommonJS of.
 */
export async function runJest(folder, { readmeTest }) {
  copy(['jest.test.mjs'], folder);
  const readme = readmeTest.replace("'footbridge/vitest'", "'footbridge/jest'");
  writeFileSync(join(folder, 'readme.test.mjs'), readme);
  writeFileSync(join(folder, 'jest.json'), JSON.stringify(asEsModules));
  const { version } = manifest(folder, 'jest');
  const ownTest = readFileSync(join(folder, 'jest.test.mjs'), 'utf8');
  const tests = { 'readme.test': readme, 'jest.test': ownTest };
  const required = Object.entries(tests).map(([name, text]) => [`${name}.js`, toCommonJs(text)]);
  const typed = [...tsJest, ['typed.test.ts', readFileSync(new URL('typed.test.ts', import.meta.url), 'utf8')]];
  const jest = join(folder, 'node_modules/jest/bin/jest.js');
  const asRequired = project(folder, 'required', required);
  const asTyped = project(folder, 'typed', typed);
  return [
    await runOnce(folder, `jest ${version}, ES modules`, [...esFlags, jest, '-c', 'jest.json'], 2),
    await runOnce(asRequired, `jest ${version}, CommonJS without configuration`, [jest], 2),
    await runOnce(asTyped, `jest ${version}, TypeScript to CommonJS`, [jest], 1),
  ];
}

const tsJest = [
  ['jest.config.js', "module.exports = { preset: 'ts-jest' };\n"],
  ['tsconfig.json', '{"compilerOptions":{"module":"commonjs","target":"es2022","strict":true}}'],
];

/** A project of CommonJS, which has the packages of the folder that it stands in. */
function project(folder, name, files) {
  const own = join(folder, name);
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'package.json'), '{"private":true}');
  for (const [file, text] of files) writeFileSync(join(own, file), text);
  return own;
}

async function runOnce(folder, title, args, tests) {
  const { status, stderr } = await run(folder, execPath, [...args, '--json', '--outputFile=report.json']);
  const report = join(folder, 'report.json');
  const passed = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).numPassedTests : 0;
  const isRight = status === 0 && passed === tests;
  return { title, isRight, what: isRight ? `${passed} tests` : stderr };
}

function toCommonJs(text) {
  return text
    .replaceAll(/^import (\{.*\}) from (.*);/gm, (_, names, from) => {
      return `const ${names.replaceAll(' as ', ': ')} = require(${from});`;
    })
    .replaceAll(/^export (function (\w+))/gm, 'exports.$2 = $2;\n$1')
    .replaceAll(/^export \{ (\w+) \};/gm, 'exports.$1 = $1;');
}
