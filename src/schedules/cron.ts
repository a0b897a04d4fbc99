import { readDays } from './cron-days.js';
import { type CronField, readList } from './cron-field.js';
import { invalidSchedule } from './invalid-schedule.js';
import type { Schedule } from './schedule.js';

const minutes: CronField = { name: 'minutes', first: 0, last: 59, wraps: true, steps: true };
const hours: CronField = { name: 'hours', first: 0, last: 23, wraps: true, steps: true };
const months: CronField = {
  name: 'month',
  first: 1,
  last: 12,
  words: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
  wraps: true,
  steps: true,
};
/** Documented are 1970 to 2199. The service takes others (recorded), in which nothing runs here. */
const firstYear = 1970;
const lastYear = 2199;
const years: CronField = {
  name: 'year',
  first: 0,
  last: 9999,
  star: [firstYear, lastYear],
  wraps: false,
  steps: true,
};
const minute = 60_000;
const day = 86_400_000;

/** The months in which something runs, and when in them. */
interface Cron {
  readonly years: readonly number[];
  readonly months: readonly number[];
  readonly daysOf: ReturnType<typeof readDays>;
  /** Milliseconds from midnight. */
  readonly times: readonly number[];
}

/** Reads what stands between the parentheses of `cron(…)`. */
export function readCron(text: string): Schedule {
  const fields = text.split(' ');
  const [minutesText, hoursText, daysOfMonth, monthsText, daysOfWeek, yearsText] = fields;
  if (
    minutesText === undefined ||
    hoursText === undefined ||
    daysOfMonth === undefined ||
    monthsText === undefined ||
    daysOfWeek === undefined ||
    yearsText === undefined ||
    fields.length > 6
  ) {
    throw invalidSchedule(
      `cron takes six fields with one space between them (minutes hours day-of-month month day-of-week year); found ${fields.length}.`,
    );
  }
  const minutesOfHour = readList(minutes, minutesText);
  const cron: Cron = {
    times: readList(hours, hoursText).flatMap((hour) => minutesOfHour.map((at) => (hour * 60 + at) * minute)),
    daysOf: readDays(daysOfMonth, daysOfWeek),
    months: readList(months, monthsText),
    years: readList(years, yearsText).filter((year) => year >= firstYear && year <= lastYear),
  };
  return { runs: (_, after) => cronRuns(cron, after) };
}

/** All of UTC. */
function* cronRuns({ years, months, daysOf, times }: Cron, after: number): Generator<number, undefined> {
  const firstOf = new Date(after).getUTCFullYear();
  for (const year of years) {
    if (year < firstOf) continue;
    for (const month of months) {
      if (Date.UTC(year, month) <= after) continue;
      for (const dayOfMonth of daysOf(year, month)) {
        const midnight = Date.UTC(year, month - 1, dayOfMonth);
        if (midnight + day <= after) continue;
        for (const time of times) if (midnight + time > after) yield midnight + time;
      }
    }
  }
  return undefined;
}
