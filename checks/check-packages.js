// npm run check:packages [-- --keep] : packs the package, installs it into empty projects beside each vitest and Jest, runs a
// test there, and checks its types with each TypeScript. Needs the npm registry; nothing else is reached.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, env, execPath, exit, version as nodeVersion } from 'node:process';
import { fileURLToPath } from 'node:url';

const nodeTypes = '@types/node@22';
const projects = [
  { name: 'vitest 3.2', packages: ['vitest@3.2', nodeTypes], tests: ['vitest.test.ts', 'scoped.test.ts'] },
  { name: 'vitest 4.1', packages: ['vitest@4.1', nodeTypes], tests: ['vitest.test.ts', 'override.test.ts'] },
  { name: 'vitest 5', packages: ['vitest@5', nodeTypes], tests: ['vitest.test.ts', 'override.test.ts'] },
  { name: 'jest 29', packages: ['jest@29'] },
  { name: 'jest 30', packages: ['jest@30'] },
];
const typescripts = ['5.4', '5.9', '6', '7'];
/** As the documentation of the matchers has it: Jest turns the package into CommonJS as it turns other code. */
const jestAsCommonJs = {
  testMatch: ['<rootDir>/*.test.cjs'],
  transform: { '\\.js$': ['babel-jest', { plugins: ['@babel/plugin-transform-modules-commonjs'] }] },
  transformIgnorePatterns: ['/node_modules/(?!footbridge/)'],
};

const here = fileURLToPath(new URL('.', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'footbridge-packages-'));
const notRun = [];
const counted = { passed: 0, failed: 0 };

console.log(`Node ${nodeVersion}, in ${root}\n`);
try {
  main();
} finally {
  if (!argv.includes('--keep')) rmSync(root, { recursive: true, force: true });
}
console.log('\nNot run:');
for (const reason of notRun) console.log(`  ${reason}`);
if (notRun.length === 0) console.log('  nothing');
console.log(`\n${counted.passed} passed, ${counted.failed} failed`);
exit(counted.failed === 0 && counted.passed > 0 ? 0 : 1);

function main() {
  const packed = run(join(here, '..'), 'npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', root]);
  const [{ filename }] = JSON.parse(packed.stdout);
  const compilers = typescripts.filter((version) => {
    const refusal = install(join(root, `typescript-${version}`), [`typescript@${version}`]);
    if (refusal !== undefined) notRun.push(`TypeScript ${version}: it could not be installed: ${refusal}`);
    return refusal === undefined;
  });
  for (const project of projects) check(project, join(root, filename), compilers);
}

function check({ name, packages, tests }, tarball, compilers) {
  const folder = join(root, name.replaceAll(/\W+/g, '-'));
  const isJest = tests === undefined;
  const more = isJest ? ['@babel/plugin-transform-modules-commonjs@7'] : [];
  const refusal = install(folder, [...packages, tarball, ...more]);
  if (refusal !== undefined) {
    notRun.push(`${name}: it could not be installed: ${refusal}`);
    return;
  }
  const { version, engines } = manifest(folder, isJest ? 'jest' : 'vitest');
  const remark = isMadeForThisNode(engines) ? '' : `, though it is made for Node ${engines.node}`;
  if (isJest) runJest(folder, `jest ${version}`);
  else runVitest(folder, `vitest ${version}`, tests, remark);
  const source = isJest ? 'jest-types.ts' : 'vitest-types.ts';
  for (const compiler of compilers) checkTypes(folder, `types of ${name}`, compiler, source);
}

function runVitest(folder, title, tests, remark) {
  for (const file of tests) copy(file, folder);
  // Not the default reporter: that of vitest 5 cannot report a failure on Node 20.
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=json', '--outputFile=report.json'];
  const { status, stdout, stderr } = run(folder, execPath, args);
  const file = join(folder, 'report.json');
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  const isRight = status === 0 && report?.numPassedTests > tests.length;
  const failures = (report?.testResults ?? []).flatMap(({ message, assertionResults }) => [
    message,
    ...assertionResults.flatMap((result) => result.failureMessages.map((why) => `${result.title}: ${why}`)),
  ]);
  tell(title, isRight, isRight ? `${report.numPassedTests} tests${remark}` : [...failures, stdout, stderr].join('\n'));
}

function runJest(folder, title) {
  copy('jest.test.mjs', folder);
  const text = readFileSync(join(folder, 'jest.test.mjs'), 'utf8');
  writeFileSync(
    join(folder, 'jest.test.cjs'),
    text.replaceAll(/^import (\{.*\}) from (.*);/gm, 'const $1 = require($2);'),
  );
  writeFileSync(join(folder, 'esm.json'), '{"testMatch":["<rootDir>/*.test.mjs"],"transform":{}}');
  writeFileSync(join(folder, 'cjs.json'), JSON.stringify(jestAsCommonJs));
  for (const [mode, flags] of [
    ['esm', ['--experimental-vm-modules', '--no-warnings']],
    ['cjs', []],
  ]) {
    const { status, stderr } = run(folder, execPath, [...flags, 'node_modules/jest/bin/jest.js', '-c', `${mode}.json`]);
    tell(`${title}, ${mode === 'esm' ? 'ES modules' : 'CommonJS'}`, status === 0, status === 0 ? '1 test' : stderr);
  }
}

/** Errors within the declarations of other packages are none of ours. */
function checkTypes(folder, title, compiler, source) {
  copy(source, folder);
  const options = {
    compilerOptions: {
      target: 'es2022',
      lib: ['es2023', 'dom', 'esnext.disposable'],
      module: 'nodenext',
      moduleResolution: 'nodenext',
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
      types: [],
    },
    files: [source],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(options));
  const tsc = join(root, `typescript-${compiler}`, 'node_modules/typescript/bin/tsc');
  const { stdout, stderr } = run(folder, execPath, [tsc, '--pretty', 'false', '-p', 'tsconfig.json']);
  const errors = stdout.split('\n').filter((line) => line.includes('error TS'));
  const ours = errors.filter((line) => !/^node_modules\/(?!footbridge\/)|^\.\./.test(line));
  const others = errors.length - ours.length;
  const { version } = manifest(join(root, `typescript-${compiler}`), 'typescript');
  const known = others === 0 ? 'no errors' : `no errors but ${others} of other packages within themselves`;
  tell(
    `${title}, TypeScript ${version}`,
    ours.length === 0 && stderr === '',
    ours.length === 0 ? known : ours.join('\n'),
  );
}

function tell(title, isRight, what) {
  counted[isRight ? 'passed' : 'failed']++;
  console.log(`${title.padEnd(42)}${isRight ? what : 'FAILED'}`);
  if (!isRight) console.log(`    ${what.split('\n').slice(0, 20).join('\n    ')}`);
}

function install(folder, packages) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}');
  const flags = ['--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts', '--loglevel=error'];
  const { status, stderr } = run(folder, 'npm', ['install', ...flags, ...packages]);
  if (status === 0) return undefined;
  return stderr.split('\n').find((line) => line.startsWith('npm error')) ?? 'npm failed';
}

function run(cwd, command, args) {
  return spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    timeout: 300_000,
    env: { ...env, NO_COLOR: '1' },
    shell: command === 'npm' && existsSync('C:\\Windows'),
  });
}

function copy(file, folder) {
  cpSync(join(here, 'packages', file), join(folder, file));
}

function manifest(folder, name) {
  return JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8'));
}

/** Only majors are looked at: it is for a remark. */
function isMadeForThisNode(engines) {
  const major = Number(nodeVersion.slice(1).split('.')[0]);
  return (engines?.node ?? '*').split('||').some((range) => {
    const [, sign, from] = /(>=|\^)?\s*(\d+)/.exec(range) ?? [];
    return from === undefined || (sign === '>=' ? major >= Number(from) : major === Number(from));
  });
}
