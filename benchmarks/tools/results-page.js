import { goalRows } from './goals.js';
import { digits, rowsOf } from './show.js';

const titles = {
  'match-one': 'One pattern, one event',
  'match-many': 'Many rules, one event',
  'put-events': 'PutEvents, end to end',
  faces: 'The ways to call a bridge',
  'add-and-delete': 'Adding and deleting rules',
  memory: 'Memory',
  load: 'What a process pays before its first line',
};

const own =
  /^(EventBridgeClient|fetchHandler|aws-sdk-client-mock, mockResponder|RuleIndex|compilePattern\(p\)|testPattern|PutEvents|bridge|delete and|import 'footbridge|footbridge\/vitest)/;
const floors = /^eventemitter3\.emit|^JSON\.parse of the patterns|^vitest alone/;

/** RESULTS.md, of a whole run. */
export function resultsPage({ machine, date, rival, scenarios }) {
  const sections = scenarios.map(({ scenario, metric, groups }) => {
    const tables = groups.map((group) => markdown(rowsOf(group, metric)));
    return `## ${titles[scenario]}: ${scenario}\n\n${tables.join('\n\n')}\n`;
  });
  return `# Results of the benchmarks

Written by \`npm run bench -- --write\`; do not edit.

| | |
| --- | --- |
| machine | ${machine.cpu}, ${machine.cores} cores, shared |
| load | ${digits(machine.load)} in the last five minutes of the run, itself 1 |
| Node | ${machine.node} |
| date | ${date.slice(0, 10)} |
| beside | ${rival}; eventemitter3 |

\`\`\`sh
npm run bench                            # all of it, some minutes
npm run bench -- match-many              # one scenario, or several
npm run bench -- --quick                 # whether it runs; the figures mean nothing
npm run bench -- --json                  # one JSON document
npm run bench -- --against ../old/dist   # another build, in turn with this one
npm run bench -- --write                 # all of it, into this page and match-many.svg
\`\`\`

Each scenario runs in a process of its own. In every round each contender has its turn, so what slows the machine slows them
all: trust the last column, the ratio within a round (above 1 is faster; with memory, above 1 is more), before the times, which
differ from day to day by a fifth. Times are medians, with the middle half of the rounds beside them. All data is made up
from fixed seeds: envelopes of 700 bytes of 200 services. \`exact\` and \`prefix\` rules ask for one value; \`everyday\` rules for
source and detail-type, and six of ten for one more field, by each operator equally often.

The loops get parsed objects, so the time of \`JSON.parse\` is to be added where events come as text. The matcher of
serverless-offline-aws-eventbridge gets entries and parses their Detail for every rule. It stops at \`wildcard\`, at \`cidr\` and at
names with a hyphen, and is spared such rules; at 100,000 rules it was not measured, as one event takes it seconds.

## Goals

${markdown([['goal', 'figure', 'reached'], ...goalRows(scenarios)])}

## Where it is weak

Every case in which something simpler takes less. Left out are the floors: \`eventemitter3.emit\` alone, which matches nothing,
and patterns that are parsed and kept, but not made ready.

| what | beside | time |
| --- | --- | --- |
${weakPoints(scenarios)
  .map(([key, cases]) => `| ${key} | ${cases} |`)
  .join('\n')}

${sections.join('\n')}`;
}

/** Every case in which something simpler wins, from the figures alone, but for the floors that nobody could reach. */
function weakPoints(scenarios) {
  const losses = new Map();
  for (const { scenario, metric, groups } of scenarios) {
    for (const { group, kind, results } of groups) {
      const others = results.filter(({ name }) => !own.test(name) && !floors.test(name));
      for (const mine of results.filter(({ name }) => own.test(name))) {
        for (const other of others) {
          const ratio = other.ratio.median / mine.ratio.median;
          const times = metric === 'bytes' ? 1 / ratio : ratio;
          if (times <= 1) continue;
          const key = [`${scenario}${kind === undefined ? '' : `, ${kind}`}: ${mine.name}`, other.name].join(' | ');
          const where = kind === undefined ? '' : ` at ${group.replace(`${kind}, `, '')}`;
          losses.set(key, [...(losses.get(key) ?? []), `${digits(times)} ×${where}`]);
        }
      }
    }
  }
  return [...losses].map(([key, cases]) => [key, cases.join(', ')]);
}

function markdown(rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const [heading, ...body] = rows;
  const alignments = heading.map((_, i) => (i === 0 ? '---' : '---:'));
  return [heading, alignments, ...body].map(line).join('\n');
}
