// Runs the benchmarks, each in a process of its own, on the built package. CONTRIBUTING.md and RESULTS.md say how.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { argv, execPath, exit, version } from 'node:process';
import { fileURLToPath } from 'node:url';
import { mergeComparisons } from './tools/compare-builds.js';
import { readOptions } from './tools/options.js';
import { plotMatchMany } from './tools/plot.js';
import { reportScenario } from './tools/report.js';
import { resultsPage } from './tools/results-page.js';
import { findRival, installRival } from './tools/rival.js';

const all = ['match-one', 'match-many', 'put-events', 'faces', 'add-and-delete', 'memory', 'load'];
const { names, json, quick, write, against } = understand(argv.slice(2));

if (!quick && against === undefined) installRival();
const { name, version: rivalVersion, missing } = findRival();
const rival = `${name} ${missing ?? rivalVersion}`;
const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: version };
if (!json) console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}\nbeside ${rival}\n`);

const scenarios = names.map((scenario) => {
  const outcome = against === undefined ? run(scenario) : runAgainst(scenario);
  if (!json) console.log(reportScenario(outcome));
  return outcome;
});
// The benchmarks themselves are one of it.
const load = loadavg()[1];
const wholeRun = { machine: { ...machine, load }, date: new Date().toISOString(), quick, against, rival, scenarios };
if (json) console.log(JSON.stringify(wholeRun, undefined, 2));
if (write) {
  writeFileSync(new URL('RESULTS.md', import.meta.url), resultsPage(wholeRun));
  writeFileSync(new URL('match-many.svg', import.meta.url), plotMatchMany(wholeRun));
}

function understand(args) {
  try {
    const options = readOptions(args);
    const unknown = options.names.find((scenario) => !all.includes(scenario));
    if (unknown !== undefined) throw new Error(`${unknown} is none of ${all.join(', ')}`);
    const isWhole = options.names.length === 0 && !options.quick && options.against === undefined;
    if (options.write && !isWhole) throw new Error('--write writes a whole run: no names, no --quick, no --against');
    return { ...options, names: options.names.length === 0 ? all : options.names };
  } catch (error) {
    console.error(error.message);
    return exit(2);
  }
}

/** In several processes, of which every second has the other build go first. */
function runAgainst(scenario) {
  const processes = Array.from({ length: quick ? 2 : 5 }, (_, i) => i);
  return mergeComparisons(processes.map((i) => run(scenario, ['--against', against, ...(i % 2 ? ['--swap'] : [])])));
}

function run(scenario, more = []) {
  const script = fileURLToPath(new URL('tools/run-scenario.js', import.meta.url));
  const options = [...(quick ? ['--quick'] : []), ...more];
  const { status, stdout, stderr } = spawnSync(
    execPath,
    ['--expose-gc', '--max-old-space-size=4096', script, scenario, ...options],
    { encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  if (status === 0) return JSON.parse(stdout);
  console.error(`${scenario} failed\n${stderr}`);
  return exit(1);
}
