import { alignColumns, digits, rowsOf } from './show.js';

/** One scenario as text for a terminal. */
export function reportScenario({ scenario, metric, groups }) {
  const parts = groups.map((group) => {
    const table = alignColumns(rowsOf(group, metric));
    const lines = (group.comparisons ?? []).map(
      ({ name, ratio, verdict }) =>
        `  ${name}: ${digits(ratio.median)} × the other build (${digits(ratio.low)} to ${digits(ratio.high)}): ${verdict}`,
    );
    return [table, ...lines].join('\n');
  });
  return `${scenario}\n\n${parts.join('\n\n')}\n`;
}
