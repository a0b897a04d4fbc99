// npm run check:packages [-- --keep] [PROJECT…] : packs the package, lints what was packed, and installs it into empty projects: one
// without a test runner, one beside each vitest and Jest, where the README's first test must pass, and one beside each bundler, where an
// app must run. Checks the types in the first with each TypeScript. Needs the npm registry; nothing else is reached.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, exit, version as nodeVersion } from 'node:process';
import { fileURLToPath } from 'node:url';
import { checkTypes } from './packages/check-types.js';
import { install, run } from './packages/project.js';
import { bundlers, runBundler } from './packages/run-bundlers.js';
import { runJest } from './packages/run-jest.js';
import { runVitest } from './packages/run-vitest.js';
import { runWithoutRunner } from './packages/run-without-runner.js';

const nodeTypes = '@types/node@22';
const tsJest = ['ts-jest@29', 'typescript@5.9', '@types/node@22'];
const projects = [
  { name: 'publint and attw', packages: ['publint@0.3', '@arethetypeswrong/cli@0.18'], use: lintTarball },
  { name: 'no runner', packages: [nodeTypes], use: runWithoutRunner },
  { name: 'vitest 3.2', packages: ['vitest@3.2', nodeTypes], use: runVitest, override: 'scoped.test.ts' },
  { name: 'vitest 4.1', packages: ['vitest@4.1', nodeTypes], use: runVitest, override: 'override.test.ts' },
  { name: 'vitest 5', packages: ['vitest@5', nodeTypes], use: runVitest, override: 'override.test.ts' },
  { name: 'jest 29', packages: ['jest@29', ...tsJest], use: runJest },
  { name: 'jest 30', packages: ['jest@30', ...tsJest], use: runJest },
  ...bundlers.map((bundler) => ({ name: bundler.name, packages: bundler.packages, bundler, use: runBundler })),
];
const typescripts = ['5.4', '5.9', '6', '7'];
const typesOf = new Map([
  [runVitest, ['readme.test.ts', 'vitest-types.ts']],
  [runJest, ['jest-types.ts']],
]);
const atOnce = 2;

const repository = fileURLToPath(new URL('..', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'footbridge-packages-'));
const notRun = [];
const counted = { passed: 0, failed: 0 };

console.log(`Node ${nodeVersion}, in ${root}\n`);
try {
  await main();
} finally {
  if (!argv.includes('--keep')) rmSync(root, { recursive: true, force: true });
}
console.log('\nNot run:');
for (const reason of notRun) console.log(`  ${reason}`);
if (notRun.length === 0) console.log('  nothing');
console.log(`\n${counted.passed} passed, ${counted.failed} failed`);
exit(counted.failed === 0 && counted.passed > 0 ? 0 : 1);

async function main() {
  const packed = await run(repository, 'npm', ['pack', '--json', '--silent', '--pack-destination', root]);
  const [{ filename }] = JSON.parse(packed.stdout);
  const world = { tarball: join(root, filename), compilers: await installCompilers(), ...shown() };
  const asked = argv.slice(2).filter((word) => !word.startsWith('--'));
  const left = projects.filter(({ name }) => asked.length === 0 || asked.includes(name));
  const worker = async () => {
    for (let project = left.shift(); project !== undefined; project = left.shift()) tell(await check(project, world));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** What the documentation shows, literally: the README's first test. */
function shown() {
  return { readmeTest: firstBlock('README.md', 'ts') };
}

function firstBlock(page, language) {
  const found = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(
    readFileSync(join(repository, page), 'utf8'),
  );
  if (found === null) throw new Error(`${page} has no block \`\`\`${language}`);
  return found[1];
}

async function installCompilers() {
  const folder = join(root, 'typescript');
  const aliases = typescripts.map((version) => `typescript-${version}@npm:typescript@${version}`);
  const refusal = await install(folder, aliases);
  if (refusal !== undefined) notRun.push(`the types: TypeScript could not be installed: ${refusal}`);
  return refusal === undefined ? typescripts.map((version) => join(folder, `node_modules/typescript-${version}`)) : [];
}

/** What came of one project, as lines of the report. */
async function check(project, world) {
  const { name, packages, use } = project;
  const folder = join(root, name.replaceAll(/\W+/g, '-'));
  const refusal = await install(folder, use === lintTarball ? packages : [...packages, world.tarball]);
  if (refusal !== undefined) {
    notRun.push(`${name}: it could not be installed: ${refusal}`);
    return [];
  }
  const lines = await use(folder, { ...world, ...project });
  const sources = typesOf.get(use);
  for (const compiler of sources === undefined ? [] : world.compilers) {
    lines.push(await checkTypes(folder, compiler, { title: `types of ${name}`, sources, modules: ['nodenext'] }));
  }
  return lines;
}

async function lintTarball(folder, { tarball }) {
  const [attw, shown] = ['node_modules/.bin/attw', [tarball, '--format', 'ascii']];
  const linters = {
    publint: ['node_modules/.bin/publint', [tarball, '--strict']],
    attw: [attw, [...shown, '--exclude-entrypoints', 'vitest']],
    'attw, ./vitest, an ES module only': [attw, [...shown, '--entrypoints', 'vitest', '--profile', 'esm-only']],
  };
  const lines = [];
  for (const [title, [command, args]] of Object.entries(linters)) {
    const { status, stdout } = await run(folder, command, args);
    lines.push({ title, isRight: status === 0, what: status === 0 ? 'clean' : stdout });
  }
  return lines;
}

function tell(lines) {
  for (const { title, isRight, what } of lines) {
    counted[isRight ? 'passed' : 'failed']++;
    console.log(`${title.padEnd(42)}${isRight ? what : 'FAILED'}`);
    if (!isRight) console.log(`    ${cut(what).join('\n    ')}`);
  }
}

/** The first lines, and of each its beginning: what bundlers complain of may be a bundle. */
function cut(text) {
  const lines = text.split('\n').slice(0, 20);
  return lines.map((line) => (line.length > 300 ? `${line.slice(0, 300)} …` : line));
}
