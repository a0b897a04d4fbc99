// Runs one scenario in this process and prints it as JSON: `node run-scenario.js NAME [--quick] [--against DIST [--swap]]`.
import { argv } from 'node:process';
import { loadBuilds } from './builds.js';
import { compareBuilds } from './compare-builds.js';
import { measureHeap, measureTime, sink, spreadOf } from './measure.js';
import { readOptions } from './options.js';

const { names, quick, against, swap } = readOptions(argv.slice(2));
const [name] = names;
const builds = await loadBuilds(against);
// Each build gets a copy of the scenario's code of its own, so that neither runs in loops that were optimised for the other.
const copies = await Promise.all(builds.map((_, build) => import(`../${name}.js?build=${build}`)));
const [scenario] = copies;
const metric = scenario.metric ?? 'nanoseconds';
const { rounds = 15, milliseconds = 20 } = scenario;
const pace = quick ? { rounds: 7, milliseconds: 0.2 } : { rounds, milliseconds };
const measure = metric === 'bytes' ? measureHeap : measureTime;

const groups = [];
for (const group of scenario.groups(quick)) {
  const data = await scenario.prepare(group, builds[0]);
  const contenders = [...scenario.floor(data)];
  for (const build of swap ? [1, 0] : builds.keys()) {
    for (const contender of await copies[build].subjects(builds[build], data)) contenders.push({ ...contender, build });
  }
  if (against === undefined) contenders.push(...scenario.others(builds[0], data));
  const measured = await measure(contenders, { ...pace, rounds: group.rounds ?? pace.rounds });
  const results = measured.map((contender) => resultOf(contender, measured[0]));
  groups.push({
    group: group.name,
    kind: group.kind,
    ...data.facts,
    results: results.filter(({ build }) => !build),
    ...(against === undefined ? {} : { comparisons: compareBuilds(measured) }),
  });
}
console.log(JSON.stringify({ scenario: name, metric, groups, checksum: sink.value }));

for (const copy of copies) await copy.close?.();

/** With the first contender for a measure: how many times as fast, or how many times the bytes. */
function resultOf({ name, note, build, samples }, first) {
  const ratios = samples.map((sample, i) =>
    metric === 'bytes' ? sample / first.samples[i] : first.samples[i] / sample,
  );
  return { name, note, build, ...spreadOf(samples), ratio: spreadOf(ratios) };
}
