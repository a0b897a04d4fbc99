const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const;

/** A span of milliseconds in its two largest units: `12m 40s`, `1d 2h`, `350ms`. */
export function describeSpan(milliseconds: number): string {
  let left = Math.max(0, Math.round(milliseconds));
  if (left < 1000) return `${left}ms`;
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const whole = Math.floor(left / size);
    left -= whole * size;
    if (whole > 0) parts.push(`${whole}${unit}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ');
}
