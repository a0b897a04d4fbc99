import { type CronField, readList, readValue } from './cron-field.js';
import { invalidSchedule } from './invalid-schedule.js';

/** The days of a month on which something runs, in order; January is 1. */
export type DaysOf = (year: number, month: number) => readonly number[];

const dayOfMonth: CronField = {
  name: 'day-of-month',
  first: 1,
  last: 31,
  wraps: true,
  steps: true,
  alone: ', nor alone L, L-3, 15W or LW',
};
const dayOfWeek: CronField = {
  name: 'day-of-week',
  first: 1,
  last: 7,
  words: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
  wraps: true,
  steps: false,
  alone: ', nor alone L, 6L or 6#3',
};
const weekOrdinal: CronField = { name: 'day-of-week after #', first: 1, last: 5, wraps: false, steps: false };
const [sunday, saturday] = [1, 7];

/** The two day fields: one says when, and the other is `?`. What has an `L`, `W` or `#` stands alone in its field. */
export function readDays(daysOfMonth: string, daysOfWeek: string): DaysOf {
  if ((daysOfMonth === '?') === (daysOfWeek === '?')) {
    const found = `${JSON.stringify(daysOfMonth)} and ${JSON.stringify(daysOfWeek)}`;
    throw invalidSchedule(`One of day-of-month and day-of-week must be ?, and only one, but they are ${found}.`);
  }
  return daysOfWeek === '?' ? readDaysOfMonth(daysOfMonth) : readDaysOfWeek(daysOfWeek);
}

function readDaysOfMonth(text: string): DaysOf {
  const [, fromLast, back, nearLast] = /^(L)(?:-(\d+))?(W)?$/i.exec(text) ?? [];
  if (fromLast !== undefined) {
    const days = back === undefined ? 0 : readValue(dayOfMonth, back);
    return oneDay((length) => length - days, nearLast !== undefined);
  }
  const [, near] = /^(\d+)W$/i.exec(text) ?? [];
  if (near !== undefined) {
    const day = readValue(dayOfMonth, near);
    return oneDay(() => day, true);
  }
  const days = readList(dayOfMonth, text);
  return (year, month) => days.filter((day) => day <= lengthOf(year, month));
}

/** One day of each month, or the workday of the month that is nearest to it. A month without that day is passed over. */
function oneDay(dayOf: (length: number) => number, isWorkday: boolean): DaysOf {
  return (year, month) => {
    const length = lengthOf(year, month);
    const day = dayOf(length);
    if (day < 1 || day > length) return [];
    const weekday = isWorkday ? weekdayOf(year, month, day) : undefined;
    if (weekday === saturday) return [day > 1 ? day - 1 : day + 2];
    if (weekday === sunday) return [day < length ? day + 1 : day - 2];
    return [day];
  };
}

function readDaysOfWeek(text: string): DaysOf {
  // The last day of every week.
  if (/^L$/i.test(text)) return (year, month) => daysThatAre([saturday], year, month);
  const [, weekday, last, ordinal] = /^([^,]+?)(?:(L)|#(\d+))$/i.exec(text) ?? [];
  if (weekday === undefined) {
    const weekdays = readList(dayOfWeek, text);
    return (year, month) => daysThatAre(weekdays, year, month);
  }
  const weekdays = [readValue(dayOfWeek, weekday)];
  const place = last === undefined ? readValue(weekOrdinal, ordinal as string) - 1 : -1;
  return (year, month) => {
    const day = daysThatAre(weekdays, year, month).at(place);
    return day === undefined ? [] : [day];
  };
}

function daysThatAre(weekdays: readonly number[], year: number, month: number): number[] {
  const first = weekdayOf(year, month, 1);
  const days: number[] = [];
  for (let day = 1; day <= lengthOf(year, month); day++) {
    if (weekdays.includes(((first - 1 + day - 1) % 7) + 1)) days.push(day);
  }
  return days;
}

function lengthOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Sunday is 1. */
function weekdayOf(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
}
