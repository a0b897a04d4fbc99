/** A time or a number of bytes, with three digits. */
export function showMetric(value, metric) {
  if (metric === 'bytes') return `${Math.round(value).toLocaleString('en-US')} B`;
  if (value < 1e3) return `${digits(value)} ns`;
  if (value < 1e6) return `${digits(value / 1e3)} µs`;
  return value < 1e9 ? `${digits(value / 1e6)} ms` : `${digits(value / 1e9)} s`;
}

/** How many a second, with three digits. */
export function showRate(nanoseconds) {
  const rate = 1e9 / nanoseconds;
  return rate < 100 ? digits(rate) : Number(rate.toPrecision(3)).toLocaleString('en-US');
}

/** A number with at most three digits, but for its whole part. */
export function digits(value) {
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return value >= 0.01 || value === 0 ? String(Number(value.toPrecision(3))) : value.toPrecision(1);
}

/** Rows as lines, the first column to the left. */
export function alignColumns(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ');
  return rows.map((row) => line(row).trimEnd()).join('\n');
}

/** A group's results as rows of cells, the heading first. */
export function rowsOf({ group, matchesPerEvent, results }, metric) {
  const matches = matchesPerEvent === undefined ? '' : ` (${digits(matchesPerEvent)} match an event)`;
  const isTime = metric !== 'bytes';
  const heading = [
    `${group}${matches}`,
    'median',
    'middle half of the rounds',
    ...(isTime ? ['per second'] : []),
    `× ${results[0].name}`,
  ];
  return [
    heading,
    ...results.map(({ name, note, median, low, high, ratio }) => [
      note === undefined ? name : `${name} (${note})`,
      showMetric(median, metric),
      `${showMetric(low, metric)} to ${showMetric(high, metric)}`,
      ...(isTime ? [showRate(median)] : []),
      digits(ratio.median),
    ]),
  ];
}

/** `1 rule`, `1,000 rules`. */
export function countRules(count) {
  return `${count.toLocaleString('en-US')} rule${count === 1 ? '' : 's'}`;
}
