// npm run check:sdks [-- --keep] : installs SDKs from 2022 to the newest, and MSW and aws-sdk-client-mock in several versions,
// into a temporary folder, runs sdk-cases.js on each, and prints what held. Needs the npm registry; nothing else is reached.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, env, execPath, exit, version as nodeVersion } from 'node:process';
import { fileURLToPath } from 'node:url';

const eventBridge = '@aws-sdk/client-eventbridge';
const cloudWatchEvents = '@aws-sdk/client-cloudwatch-events';
const newest = '3.1169.0';
const msw = (mocksVersion, version = newest, node = 18) => ({
  sdk: eventBridge,
  version,
  mocks: 'msw',
  mocksVersion,
  node,
});
const clientMock = (version, sdkVersion) => ({
  sdk: eventBridge,
  version: sdkVersion,
  mocks: 'aws-sdk-client-mock',
  mocksVersion: version,
});

const runs = [
  ...[
    '3.186.0',
    '3.245.0',
    '3.370.0',
    '3.451.0',
    '3.521.0',
    '3.600.0',
    '3.723.0',
    '3.855.0',
    '3.972.0',
    '3.1043.0',
  ].map((version) => ({ sdk: eventBridge, version })),
  { sdk: eventBridge, version: newest },
  { sdk: eventBridge, version: 'latest' },
  { sdk: cloudWatchEvents, version: '3.245.0' },
  { sdk: cloudWatchEvents, version: '3.682.0' },
  { sdk: cloudWatchEvents, version: '3.1048.0' },
  clientMock('3.0.0', '3.370.0'),
  clientMock('4.1.0', '3.600.0'),
  clientMock('4.1.0', newest),
  msw('2.4.9'),
  // 2.6.0 alone takes instances of its own classes only.
  msw('2.6.1'),
  msw('2.10.0'),
  msw('2.15.0'),
  msw('3.0.5', newest, 22),
];

const here = fileURLToPath(new URL('.', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'footbridge-sdks-'));
const home = join(root, 'home');
mkdirSync(home);
const environment = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('AWS_')));

const notRun = [];
let passed = 0;
let failed = 0;
console.log(`Node ${nodeVersion}, in ${root}\n`);
try {
  for (const run of runs) report(run);
} finally {
  if (!argv.includes('--keep')) rmSync(root, { recursive: true, force: true });
}
notRun.push('MSW before 2.4.9: it begins to connect before it asks its handlers, and here nothing may');
notRun.push('aws-sdk v2: it speaks over HTTP only; its recorded requests are cases of npm test, in test/wire');
console.log('\nNot run:');
for (const reason of notRun) console.log(`  ${reason}`);
console.log(`\n${passed} passed, ${failed} failed`);
exit(failed === 0 && passed > 0 ? 0 : 1);

function report(run) {
  const title = `${run.sdk.replace('@aws-sdk/', '')} ${run.version}${run.mocks ? ` with ${run.mocks} ${run.mocksVersion}` : ''}`;
  const outcome = attempt(run, title);
  if (outcome.reason !== undefined) {
    notRun.push(`${title}: ${outcome.reason}`);
    return;
  }
  for (const { engine, version, passed: outcomePassed, failures } of outcome.results) {
    passed += outcomePassed;
    failed += failures.length;
    const came =
      failures.length === 0 ? `${outcomePassed} passed` : `${outcomePassed} passed, ${failures.length} FAILED`;
    console.log(
      `${version.padEnd(11)}${run.sdk.replace('@aws-sdk/client-', '').padEnd(19)}${engine.padEnd(30)}${came}`,
    );
    for (const failure of failures) console.log(`    ${failure.split('\n').slice(0, 6).join('\n    ')}`);
  }
}

function attempt(run, title) {
  const major = Number(nodeVersion.slice(1).split('.')[0]);
  if (run.node > major) return { reason: `it wants Node ${run.node} or newer` };
  const folder = join(root, title.replaceAll(/[^\w.]+/g, '-'));
  const refusal = install(folder, run);
  if (refusal !== undefined) return { reason: `it could not be installed: ${refusal}` };
  const args = ['--require', join(here, 'sealed-process.cjs'), join(here, 'run-sdk-cases.js'), folder, run.sdk];
  const { status, stdout, stderr } = spawnSync(execPath, run.mocks ? [...args, run.mocks] : args, {
    encoding: 'utf8',
    env: { ...environment, HOME: home, USERPROFILE: home, NODE_NO_WARNINGS: '1' },
    timeout: 120_000,
  });
  if (status === 0 && stderr === '') return { results: JSON.parse(stdout) };
  const failure = status === 0 ? `printed: ${stderr}` : `ended with ${status}\n${stderr}`;
  return { results: [{ engine: '', version: run.version, passed: 0, failures: [failure] }] };
}

function install(folder, { sdk, version, mocks, mocksVersion }) {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const packages = [`${sdk}@${version}`, ...(mocks ? [`${mocks}@${mocksVersion}`] : [])];
  if (mocks === 'aws-sdk-client-mock') packages.push('sinon@17');
  const flags = [
    '--no-audit',
    '--no-fund',
    '--no-package-lock',
    '--ignore-scripts',
    '--loglevel=error',
    '--legacy-peer-deps',
  ];
  const { status, stderr } = spawnSync('npm', ['install', ...flags, ...packages], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 300_000,
    shell: existsSync('C:\\Windows'),
  });
  return status === 0 ? undefined : (stderr.trim().split('\n')[0] ?? 'npm failed');
}
