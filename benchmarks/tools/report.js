import { argv } from 'node:process';

/** Prints a scenario's results: a table, or with `--json` one JSON document. */
export function report(scenario, results) {
  console.log(argv.includes('--json') ? JSON.stringify({ scenario, results }) : table(scenario, results));
}

/** The results as lines of text. */
export function table(scenario, results) {
  const [first] = results;
  const rows = results.map(({ name, median, low, high, ratio }) => [
    name,
    show(median),
    `${show(low)} to ${show(high)}`,
    `${Math.round(1e9 / median).toLocaleString('en-US')}/s`,
    `${ratio.toFixed(2)} x`,
  ]);
  const all = [[scenario, 'median', 'middle half of rounds', 'rate', `against ${first.name}`], ...rows];
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const lines = all.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  '),
  );
  return `${lines.join('\n')}\n`;
}

/** A scenario that is told in facts rather than compared: `name: value`, line by line. */
export function factsOf({ scenario, facts }) {
  return `${[scenario, ...Object.entries(facts).map(([name, value]) => `  ${name}: ${value}`)].join('\n')}\n`;
}

function show(nanoseconds) {
  if (nanoseconds < 1e3) return `${nanoseconds.toFixed(1)} ns`;
  return nanoseconds < 1e6 ? `${(nanoseconds / 1e3).toFixed(2)} us` : `${(nanoseconds / 1e6).toFixed(2)} ms`;
}
