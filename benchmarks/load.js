// What a process pays before its first line: an import in a fresh process, and a hundred test files of ten lines. Operation: one process,
// or one run of the test files, in CPU time, for vitest keeps every core busy.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const repository = fileURLToPath(new URL('..', import.meta.url));
const packages = join(repository, 'node_modules');
/** Where the dependencies are found. */
const scratch = join(packages, '.footbridge-load');
const projects = mkdtempSync(join(tmpdir(), 'footbridge-load-'));

export function groups(quick) {
  const files = quick ? 1 : 100;
  const rounds = quick ? 1 : 3;
  const name = files === 1 ? '1 test file' : `${files} test files`;
  return [
    { name: 'import, in a fresh process', rounds: quick ? 2 : 31 },
    { name: `${name} without the SDK, CPU time`, tests: plainTests, files, rounds },
    { name: `${name} with the SDK, CPU time`, tests: sdkTests, files, rounds },
  ];
}

export async function prepare({ tests, files }, build) {
  if (tests === undefined) return { oneFile: await bundle(build.entry('index.js')) };
  return { tests, files };
}

export function floor({ tests, files }) {
  if (tests === undefined) return [importing("import '@aws-sdk/client-eventbridge'", '@aws-sdk/client-eventbridge')];
  return [testing(tests.beside, tests.floor, files)];
}

export function subjects(build, { tests, files }) {
  if (tests !== undefined) return [testing(tests.name, tests.subject, files, build)];
  return [
    importing("import 'footbridge'", build.entry('index.js')),
    importing("import 'footbridge/patterns'", build.entry('patterns.js')),
  ];
}

export function others(build, { tests, oneFile }) {
  if (tests !== undefined) return [];
  return [
    requiring("require('footbridge') as CommonJS", fileURLToPath(build.entry('index.cjs'))),
    importing('the same code in one file', oneFile),
  ];
}

export function close() {
  rmSync(projects, { recursive: true, force: true });
  rmSync(scratch, { recursive: true, force: true });
}

async function bundle(entry) {
  const file = join(scratch, 'one-file.js');
  const bundled = await rolldown({ input: fileURLToPath(entry), external: /^[^./]/, platform: 'neutral' });
  await bundled.write({ file, format: 'es' });
  await bundled.close();
  return file;
}

function importing(name, module) {
  return fresh(name, `await import(${JSON.stringify(module)})`);
}

function requiring(name, file) {
  return fresh(
    name,
    `process.getBuiltinModule('node:module').createRequire(${JSON.stringify(file)})(${JSON.stringify(file)})`,
  );
}

/** What one statement takes in a process that has done nothing else. */
function fresh(name, statement) {
  const script = `const start = process.hrtime.bigint(); ${statement}; console.log(String(process.hrtime.bigint() - start))`;
  const sample = () => {
    const { status, stdout, stderr } = spawnSync(execPath, ['--input-type=module', '--eval', script], {
      cwd: repository,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    return Number(stdout);
  };
  return { name, sample };
}

const plainTests = {
  name: 'footbridge/vitest',
  beside: 'vitest alone',
  floor: `import { expect, test } from 'vitest';

test('bills big orders', async () => {
  const bills = [];
  const bill = async (order) => {
    if (order.total > 100) bills.push(order.id);
  };
  await bill({ id: 'o-1', total: 120 });
  await bill({ id: 'o-2', total: 20 });
  expect(bills).toEqual(['o-1']);
});
`,
  subject: `import { expect, test } from 'footbridge/vitest';

test('bills big orders', async ({ bridge }) => {
  const bills = [];
  bridge.on({ source: ['com.shop'], detail: { total: [{ numeric: ['>', 100] }] } }, ({ detail }) => bills.push(detail.id));
  await bridge.publish({ source: 'com.shop', detailType: 'Order Placed', detail: { id: 'o-1', total: 120 } });
  await bridge.publish({ source: 'com.shop', detailType: 'Order Placed', detail: { id: 'o-2', total: 20 } });
  await bridge.idle();
  expect(bills).toEqual(['o-1']);
  expect(bridge).toHaveReceivedEvent({ source: ['com.shop'] });
});
`,
};

const send = `  const place = (id, total) => {
    const Detail = JSON.stringify({ id, total });
    const Entries = [{ Source: 'com.shop', DetailType: 'Order Placed', Detail }];
    return client.send(new PutEventsCommand({ Entries }));
  };
  expect((await place('o-1', 120)).FailedEntryCount).toBe(0);
`;

const sdkTests = {
  name: 'footbridge/vitest with clientConfig',
  beside: 'aws-sdk-client-mock',
  floor: `import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test } from 'vitest';

test('places orders', async () => {
  const client = new EventBridgeClient({ region: 'us-east-1' });
  const mock = mockClient(client);
  mock.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [{ EventId: 'e-1' }] });
${send}  expect(mock.commandCalls(PutEventsCommand)).toHaveLength(1);
});
`,
  subject: `import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { clientConfig } from 'footbridge/aws-sdk';
import { expect, test } from 'footbridge/vitest';

test('places orders', async ({ bridge }) => {
  const client = new EventBridgeClient(clientConfig(bridge));
${send}  expect(bridge).toHaveReceivedEventWith({ source: 'com.shop', detail: { total: 120 } });
});
`,
};

/** The CPU time of a run of so many test files of the same text, vitest's own processes included. */
function testing(name, text, files, build) {
  const folder = mkdtempSync(join(projects, 'project-'));
  linkPackages(folder, build);
  for (let i = 0; i < files; i++) writeFileSync(join(folder, `orders-${i}.test.js`), text);
  const command = `"${execPath}" node_modules/vitest/vitest.mjs run --reporter=json --outputFile=report.json && times`;
  const sample = () => {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    });
    if (status !== 0) throw new Error(`${stdout}${stderr}`);
    return childrenTime(stdout);
  };
  return { name, sample };
}

/** The last line of the shell's \`times\`, in nanoseconds: \`1m2.34s 0m5.6s\`, what its children have used. */
function childrenTime(stdout) {
  const line = stdout.trimEnd().split('\n').at(-1);
  const spans = [...line.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds),
  );
  if (spans.length !== 2) throw new Error(`This is not what \`times\` says: ${line}`);
  return (spans[0] + spans[1]) * 1e9;
}

/** The packages of the repository, and a build as an installed package: what stands outside of node_modules vitest transforms. */
function linkPackages(folder, build) {
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  for (const name of readdirSync(packages).filter((name) => !name.startsWith('.'))) {
    symlinkSync(join(packages, name), join(modules, name), 'junction');
  }
  if (build === undefined) return;
  const own = join(modules, 'footbridge');
  const exported = Object.fromEntries(
    ['index', 'vitest', 'aws-sdk'].map((entry) => [entry === 'index' ? '.' : `./${entry}`, `./dist/${entry}.js`]),
  );
  cpSync(fileURLToPath(build.entry('.')), join(own, 'dist'), { recursive: true });
  writeFileSync(join(own, 'package.json'), JSON.stringify({ name: 'footbridge', type: 'module', exports: exported }));
}
