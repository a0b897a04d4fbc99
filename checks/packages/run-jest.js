import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { copy, manifest, run } from './project.js';

/** As the documentation has it: Jest turns the package into CommonJS as it turns other code. */
const asCommonJs = {
  testMatch: ['<rootDir>/*.test.cjs'],
  transform: { '\\.js$': ['babel-jest', { plugins: ['@babel/plugin-transform-modules-commonjs'] }] },
  transformIgnorePatterns: ['/node_modules/(?!footbridge/)'],
};
const asEsModules = { testMatch: ['<rootDir>/*.test.mjs'], transform: {} };

/** The README's first test, with fixtures as docs/testing.md makes them, and that of this folder, in both forms of modules. */
export async function runJest(folder, { readmeTest, jestTest }) {
  copy(['jest.test.mjs'], folder);
  const readme = readmeTest.replace("'footbridge/vitest'", "'./bridge-test.mjs'");
  writeFileSync(join(folder, 'bridge-test.mjs'), jestTest);
  writeFileSync(join(folder, 'readme.test.mjs'), readme);
  writeFileSync(join(folder, 'bridge-test.cjs'), toCommonJs(jestTest));
  writeFileSync(join(folder, 'readme.test.cjs'), toCommonJs(readme).replace('.mjs', '.cjs'));
  writeFileSync(join(folder, 'jest.test.cjs'), toCommonJs(readFileSync(join(folder, 'jest.test.mjs'), 'utf8')));
  const { version } = manifest(folder, 'jest');
  return [
    await runOnce(folder, `jest ${version}, ES modules`, asEsModules, ['--experimental-vm-modules', '--no-warnings']),
    await runOnce(folder, `jest ${version}, CommonJS`, asCommonJs, []),
  ];
}

async function runOnce(folder, title, config, flags) {
  writeFileSync(join(folder, 'jest.json'), JSON.stringify(config));
  const args = [...flags, 'node_modules/jest/bin/jest.js', '-c', 'jest.json', '--json', '--outputFile=report.json'];
  const { status, stderr } = await run(folder, execPath, args);
  const isRight = status === 0 && JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')).numPassedTests === 2;
  return { title, isRight, what: isRight ? '2 tests' : stderr };
}

function toCommonJs(text) {
  return text
    .replaceAll(/^import (\{.*\}) from (.*);/gm, (_, names, from) => {
      return `const ${names.replaceAll(' as ', ': ')} = require(${from});`;
    })
    .replaceAll(/^export (function (\w+))/gm, 'exports.$2 = $2;\n$1')
    .replaceAll(/^export \{ (\w+) \};/gm, 'exports.$1 = $1;');
}
