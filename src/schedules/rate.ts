import { latestInstant } from '../base/clock/clock.js';
import { invalidSchedule } from './invalid-schedule.js';
import type { Schedule } from './schedule.js';

const milliseconds = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
const shape = /^(\d+) (minute|hour|day)(s?)$/;

/** Reads what stands between the parentheses of `rate(…)`. */
export function readRate(text: string): Schedule {
  const [, digits, unit, plural] = shape.exec(text) ?? [];
  const count = Number(digits);
  if (unit === undefined || count < 1 || (count === 1) !== (plural === '')) {
    const found = JSON.stringify(text);
    throw invalidSchedule(
      `rate takes a whole number above 0, one space, and minutes, hours or days (minute, hour or day for 1); found ${found}.`,
    );
  }
  const period = count * milliseconds[unit as keyof typeof milliseconds];
  return { runs: (since, after) => rateRuns(period, since, after) };
}

/** Whole periods after the beginning. */
function* rateRuns(period: number, since: number, after: number): Generator<number, undefined> {
  const first = Math.max(1, Math.floor((after - since) / period) + 1);
  for (let time = since + first * period; time <= latestInstant; time += period) yield time;
  return undefined;
}
