// Runs every benchmark, each in a process of its own, on the built package. `--json`: one JSON document.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { argv, execPath, exit, version } from 'node:process';
import { fileURLToPath } from 'node:url';
import { factsOf, table } from './tools/report.js';

const folder = fileURLToPath(new URL('.', import.meta.url));
const files = readdirSync(folder).filter((file) => file.endsWith('.js') && file !== 'run.js');
const asJson = argv.includes('--json');
const machine = `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Node ${version}`;
const scenarios = [];

if (!asJson) console.log(`${machine}\n`);
for (const file of files.sort()) {
  const { status, stdout, stderr } = spawnSync(execPath, [`${folder}${file}`, '--json'], { encoding: 'utf8' });
  if (status !== 0) {
    console.error(`${file} failed\n${stderr}`);
    exit(1);
  }
  const outcome = JSON.parse(stdout);
  scenarios.push(outcome);
  if (!asJson) console.log('facts' in outcome ? factsOf(outcome) : table(outcome.scenario, outcome.results));
}
if (asJson) console.log(JSON.stringify({ machine, date: new Date().toISOString(), scenarios }, undefined, 2));
