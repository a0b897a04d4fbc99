// npm run check:cli : runs the cases of cli-cases.js with every AWS CLI and boto3 that this machine has, each against a fresh
// `footbridge serve`, and prints one table, and plainly what was not run. Reaches nothing but its own servers on loopback.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, execPath, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { groups } from './cli-cases.js';
import { findClients } from './cli-clients.js';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'footbridge-cli-'));
const environment = {
  ...Object.fromEntries(Object.entries(env).filter(([name]) => !/^(?:AWS_|https?_proxy|all_proxy)/i.test(name))),
  HOME: home,
  AWS_CONFIG_FILE: join(home, 'config'),
  AWS_SHARED_CREDENTIALS_FILE: join(home, 'credentials'),
  AWS_ACCESS_KEY_ID: 'footbridge',
  AWS_SECRET_ACCESS_KEY: 'footbridge',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_PAGER: '',
  PYTHONUTF8: '1',
};

const rows = [];
const failures = [];
const { clients, notRun } = findClients(environment);
try {
  for (const client of clients) await check(client);
} finally {
  rmSync(home, { recursive: true, force: true });
}
printTable(rows);
for (const failure of failures) console.log(`\nFAILED  ${failure}`);
if (notRun.length > 0) console.log(`\nNot run:\n${notRun.map((reason) => `  ${reason}`).join('\n')}`);
const passedInAll = rows.reduce((sum, row) => sum + row.passed, 0);
console.log(`\n${passedInAll} passed, ${failures.length} failed`);
exit(failures.length === 0 && passedInAll > 0 ? 0 : 1);

async function check(client) {
  const server = await serve();
  const { call, close } = client.open(server.url);
  let kept = {};
  for (const [group, cases] of groups) {
    const row = { client: client.name, group, passed: 0, failed: 0 };
    rows.push(row);
    for (const one of cases) {
      try {
        const input = typeof one.input === 'function' ? one.input(kept) : one.input;
        const came = await call({ ...one, input });
        const problem = judge(one, came) ?? (await whyNotArrived(one, server.url));
        if (problem !== undefined) throw new Error(problem);
        if (one.keep !== undefined) kept = { ...kept, ...one.keep(came.answer) };
        row.passed++;
      } catch (error) {
        row.failed++;
        failures.push(`${client.name} (${client.command}) ${one.name}\n  ${error.message}`);
      }
    }
  }
  close();
  await server.close();
}

async function serve() {
  const child = spawn(execPath, [cli, 'serve', '--port', '0', '--log', 'none'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [text] = await once(child.stdout.setEncoding('utf8'), 'data');
  return {
    url: /AWS_ENDPOINT_URL_EVENTBRIDGE=(\S+)/.exec(text)[1],
    close: () => {
      child.kill('SIGINT');
      return once(child, 'close');
    },
  };
}

function judge({ answers, refuses }, { answer, refusal }) {
  if (refuses === undefined) {
    if (refusal !== undefined) return `was refused: ${refusal.join(': ')}`;
    return difference(answer, answers, 'answer');
  }
  if (refusal === undefined) return `was answered: ${JSON.stringify(answer)}`;
  const isRight = refusal[0] === refuses[0] && refusal[1].startsWith(refuses[1]);
  return isRight ? undefined : `was refused: ${refusal.join(': ')}\n  instead of:  ${refuses.join(': ')}`;
}

/** The first part in which a value is not what is wanted at least; lists have the wanted length. */
function difference(value, wanted, path) {
  if (typeof wanted === 'function') return wanted(value) ? undefined : `${path} is ${JSON.stringify(value)}`;
  if (wanted instanceof RegExp) return wanted.test(value) ? undefined : `${path} is ${value}, not ${wanted}`;
  if (typeof wanted !== 'object' || wanted === null) {
    return value === wanted ? undefined : `${path} is ${JSON.stringify(value)}, not ${JSON.stringify(wanted)}`;
  }
  if (typeof value !== 'object' || value === null) return `${path} is ${JSON.stringify(value)}`;
  if (Array.isArray(wanted) && value.length !== wanted.length) {
    return `${path} has ${value.length} items, not ${wanted.length}: ${JSON.stringify(value)}`;
  }
  return Object.keys(wanted)
    .map((name) => difference(value[name], wanted[name], `${path}.${name}`))
    .find((found) => found !== undefined);
}

/** Asks for the texts of the events: parsed and written again, they would have lost their spelling. */
async function whyNotArrived({ arrived }, url) {
  if (arrived === undefined) return undefined;
  const text = await (await fetch(`${url}/_footbridge/events`)).text();
  const texts = text
    .split('"event":')
    .slice(1)
    .map((rest) => rest.slice(0, rest.indexOf('}}') + 2));
  return arrived(texts) ? undefined : `the last event to arrive is ${texts.at(-1)}`;
}

function printTable(lines) {
  const names = [...new Set(lines.map(({ client }) => client))];
  const table = [
    ['', ...names],
    ...groups.map(([group]) => [
      group,
      ...names.map((name) => {
        const { passed, failed } = lines.find((line) => line.client === name && line.group === group);
        return failed === 0 ? `${passed} passed` : `${passed} passed, ${failed} FAILED`;
      }),
    ]),
  ];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  for (const row of table)
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i]))
        .join('  ')
        .trimEnd(),
    );
}
