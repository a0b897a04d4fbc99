/** What a ScheduleExpression says. Times are epoch milliseconds. */
export interface Schedule {
  /** Yields the times later than `after`, in order; `since` is when the schedule was enabled. */
  runs(since: number, after: number): Iterator<number, undefined>;
}

/** Why an expression is invalid. It is the `cause` of the ValidationException that EventBridge's callers get. */
export class ScheduleExpressionError extends Error {
  /** The field of a cron expression; absent where the expression as a whole is wrong. */
  readonly field: string | undefined;
  /** What may stand there, as a phrase. */
  readonly allowed: string;

  constructor(message: string, allowed: string, field?: string) {
    super(message);
    this.name = 'ScheduleExpressionError';
    this.allowed = allowed;
    this.field = field;
  }
}

/** One of the six fields. */
interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Other names of the values, from the first. */
  readonly names?: readonly string[];
  /** The values of `*`, and the only ones that run; all of them if absent. */
  readonly bounds?: readonly [number, number];
  /** Whether a range may continue from the last value to the first: `FRI-MON`. */
  readonly wraps: boolean;
  readonly allowed: string;
}

/** The days of a month on which something runs, in order; January is 1. */
type DaySelector = (year: number, month: number) => readonly number[];

interface Cron {
  readonly years: readonly number[];
  readonly months: readonly number[];
  readonly daysOf: DaySelector;
  /** Milliseconds from midnight. */
  readonly times: readonly number[];
}

const listed = 'ranges (1-5), steps (0/15) and lists of them (1,3)';
const minutes: CronField = { name: 'minutes', min: 0, max: 59, wraps: true, allowed: `0 to 59, *, ${listed}` };
const hours: CronField = { name: 'hours', min: 0, max: 23, wraps: true, allowed: `0 to 23, *, ${listed}` };
const dayOfMonth: CronField = {
  name: 'day-of-month',
  min: 1,
  max: 31,
  wraps: true,
  allowed: `1 to 31, *, ${listed}, or one of ?, L, L-3, 15W and LW alone`,
};
const months: CronField = {
  name: 'month',
  min: 1,
  max: 12,
  names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
  wraps: true,
  allowed: `1 to 12, JAN to DEC, *, ${listed}`,
};
const dayOfWeek: CronField = {
  name: 'day-of-week',
  min: 1,
  max: 7,
  names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
  wraps: true,
  allowed: `1 (Sunday) to 7, SUN to SAT, *, ${listed}, or one of ?, L, 6L and 6#3 alone`,
};
const maxInteger = 2 ** 31 - 1;
const [firstYear, lastYear] = [1970, 2199];
const years: CronField = {
  name: 'year',
  min: 0,
  max: maxInteger,
  bounds: [firstYear, lastYear],
  wraps: false,
  allowed: `${firstYear} to ${lastYear} (others are valid, but nothing runs in them), *, ${listed}`,
};
const [sunday, saturday] = [1, 7];
const minute = 60_000;
const day = 86_400_000;

/**
 * Reads the text between the parentheses of `cron(…)`, as the service was captured to (September 2026): a name counts by its
 * first three letters, text after a complete value is ignored, any step is valid, and a field may end in a comma (confirmed
 * by AWS). Footbridge's choice where nothing is captured: `L`, `W` and `#` stand alone in their field, nothing follows `*` or
 * `L`, no other item of a list is empty, and a step has at most 31 bits.
 */
export function readCron(text: string): Schedule {
  const fields = text.split(' ').map((field) => field.replace(/(?<=.),$/, ''));
  if (fields.length !== 6) {
    const allowed = 'six fields with one space between them: minutes hours day-of-month month day-of-week year';
    throw new ScheduleExpressionError(`cron takes ${allowed}. Found: ${fields.length}.`, allowed);
  }
  const [minuteList = '', hourList = '', dates = '', monthList = '', weekdays = '', yearList = ''] = fields;
  const minutesOfHour = readList(minutes, minuteList);
  const cron: Cron = {
    times: readList(hours, hourList).flatMap((hour) => minutesOfHour.map((at) => (hour * 60 + at) * minute)),
    daysOf: readDays(dates, weekdays),
    months: readList(months, monthList),
    years: readList(years, yearList),
  };
  return { runs: (_, after) => cronRuns(cron, after) };
}

/** All of UTC. */
function* cronRuns({ years, months, daysOf, times }: Cron, after: number): Generator<number, undefined> {
  const startYear = new Date(after).getUTCFullYear();
  for (const year of years) {
    if (year < startYear) continue;
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

/** Returns the values of a list such as `1,10-20/5,*` in their order, each once. */
function readList(field: CronField, text: string): readonly number[] {
  const values = new Set(text.split(',').flatMap((item) => readItem(field, item)));
  return [...values].sort((a, b) => a - b);
}

/** A start, the end of a range, a step, and what follows. */
const itemSyntax = /^(\*|\d+|[a-z]{3})(?:-(\d+|[a-z]{3}))?(?:\/(\d+))?(.*)$/i;

function readItem(field: CronField, text: string): number[] {
  const { name, min, max, bounds = [min, max], wraps, allowed } = field;
  const [, first, last, digits, rest = ''] = itemSyntax.exec(text) ?? [];
  const step = Number(digits ?? 1);
  if (first === undefined || step > maxInteger) throw invalidField(field, text);
  if (first === '*') {
    if (last !== undefined || rest !== '') throw invalidField(field, text);
    return valuesBetween(bounds, bounds, step || 1);
  }
  // The rest is ignored, but not where it begins another part of the item.
  const part = digits !== undefined ? /^$/ : last !== undefined ? /^\// : /^[-/LW#]/i;
  if (rest !== '' && part.test(rest)) throw invalidField(field, text);
  const start = readValue(field, first);
  const end = last !== undefined ? readValue(field, last) : digits === undefined ? start : max;
  if (start <= end) return valuesBetween([start, end], bounds, step);
  if (!wraps) {
    throw new ScheduleExpressionError(`${name}: the range ${JSON.stringify(text)} goes backwards.`, allowed, name);
  }
  const round = max - min + 1;
  const values = valuesBetween([start, end + round], [min, max + round], step);
  return values.map((value) => (value > max ? value - round : value));
}

/** Every `step`th value of a range that lies within bounds; the first alone for a step of 0. */
function valuesBetween([start, end]: readonly [number, number], [min, max]: readonly [number, number], step: number) {
  if (step === 0) return start >= min && start <= max ? [start] : [];
  const values: number[] = [];
  const first = start + Math.ceil(Math.max(0, min - start) / step) * step;
  for (let value = first; value <= Math.min(end, max); value += step) values.push(value);
  return values;
}

/** Reads a number or a name. */
function readValue(field: CronField, text: string): number {
  const { min, max, names = [] } = field;
  const index = names.indexOf(text.toUpperCase());
  const value = /^\d+$/.test(text) ? Number(text) : index < 0 ? Number.NaN : min + index;
  if (value >= min && value <= max) return value;
  throw invalidField(field, text);
}

/** Reads the two day fields: one of them says when, and the other is `?`. */
function readDays(dates: string, weekdays: string): DaySelector {
  if ((dates === '?') === (weekdays === '?')) {
    const allowed = '? in one of day-of-month and day-of-week, and not in the other';
    const found = `${JSON.stringify(dates)} and ${JSON.stringify(weekdays)}`;
    throw new ScheduleExpressionError(`cron needs ${allowed}. Found: ${found}.`, allowed, dayOfMonth.name);
  }
  return weekdays === '?' ? readDaysOfMonth(dates) : readDaysOfWeek(weekdays);
}

function readDaysOfMonth(text: string): DaySelector {
  const [, fromLast, back, nearLast] = /^(L)(?:-(\d+))?(W)?$/i.exec(text) ?? [];
  if (fromLast !== undefined) {
    const days = back === undefined ? 0 : readValue(dayOfMonth, back);
    return oneDay((length) => length - days, nearLast !== undefined);
  }
  const [, near] = /^(\d+)W[^,]*$/i.exec(text) ?? [];
  if (near !== undefined) {
    const date = readValue(dayOfMonth, near);
    return oneDay(() => date, true);
  }
  const dates = readList(dayOfMonth, text);
  return (year, month) => dates.filter((date) => date <= daysInMonth(year, month));
}

/** One day of each month, or the workday of the month that is nearest to it. Months without that day are skipped. */
function oneDay(dateIn: (length: number) => number, isWorkday: boolean): DaySelector {
  return (year, month) => {
    const length = daysInMonth(year, month);
    const date = dateIn(length);
    if (date < 1 || date > length) return [];
    const weekday = isWorkday ? weekdayOf(year, month, date) : undefined;
    if (weekday === saturday) return [date > 1 ? date - 1 : date + 2];
    if (weekday === sunday) return [date < length ? date + 1 : date - 2];
    return [date];
  };
}

function readDaysOfWeek(text: string): DaySelector {
  // The last day of every week.
  if (/^L$/i.test(text)) return (year, month) => daysMatching([saturday], year, month);
  const [, name, ordinal] = /^(\d+|[a-z]{3})(?:L|#(\d+)[^,]*)$/i.exec(text) ?? [];
  if (name === undefined) {
    const weekdays = readList(dayOfWeek, text);
    return (year, month) => daysMatching(weekdays, year, month);
  }
  if (ordinal !== undefined && !/^0*[1-5]$/.test(ordinal)) {
    const allowed = 'a number from 1 to 5 after #';
    throw new ScheduleExpressionError(
      `${dayOfWeek.name}: ${JSON.stringify(text)} is not valid. Allowed: ${allowed}.`,
      allowed,
      dayOfWeek.name,
    );
  }
  const weekdays = [readValue(dayOfWeek, name)];
  const index = ordinal === undefined ? -1 : Number(ordinal) - 1;
  return (year, month) => {
    const date = daysMatching(weekdays, year, month).at(index);
    return date === undefined ? [] : [date];
  };
}

function daysMatching(weekdays: readonly number[], year: number, month: number): number[] {
  const first = weekdayOf(year, month, 1);
  const dates: number[] = [];
  for (let date = 1; date <= daysInMonth(year, month); date++) {
    if (weekdays.includes(((first - 1 + date - 1) % 7) + 1)) dates.push(date);
  }
  return dates;
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Sunday is 1. */
function weekdayOf(year: number, month: number, date: number): number {
  return new Date(Date.UTC(year, month - 1, date)).getUTCDay() + 1;
}

function invalidField({ name, allowed }: CronField, text: string): ScheduleExpressionError {
  return new ScheduleExpressionError(
    `${name}: ${JSON.stringify(text)} is not valid. Allowed: ${allowed}.`,
    allowed,
    name,
  );
}
