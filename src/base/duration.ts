const milliseconds = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const shape = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/** A span of time: milliseconds, or a text such as `500ms`, `90s`, `15m`, `24h`, `2d`. */
export type Duration = number | `${number}${keyof typeof milliseconds}`;

/** Milliseconds; `undefined` for what is no duration. A fraction of a millisecond is rounded up. */
export function readDuration(value: unknown): number | undefined {
  if (typeof value === 'number') return value >= 0 ? Math.ceil(value) : undefined;
  const [, count, unit] = typeof value === 'string' ? (shape.exec(value) ?? []) : [];
  return unit === undefined ? undefined : Math.ceil(Number(count) * milliseconds[unit as keyof typeof milliseconds]);
}
