/**
 * Which days and minutes a cron expression means, asked of one at a time: read from AWS's description of the fields, with
 * none of the code that is tested. For expressions that are valid.
 */
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const minute = 60_000;
const day = 24 * 60 * minute;

/** The first minutes after `from` and up to `to` in which a `cron(…)` runs, by looking at each. */
export function runsByBruteForce(expression: string, from: number, to: number, most: number): number[] {
  const [minutes, hours, dates, monthNames, dayNames, years] = expression.slice(5, -1).split(' ') as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const isDay = (date: Date): boolean =>
    isIn(monthNames, date.getUTCMonth() + 1, 1, 12, months) &&
    (dayNames === '?' ? isDate(dates, date) : isWeekday(dayNames, date)) &&
    isIn(years, date.getUTCFullYear(), 1970, 2199);
  const times = Array.from({ length: 24 * 60 }, (_, at) => at).filter(
    (at) => isIn(hours, Math.floor(at / 60), 0, 23) && isIn(minutes, at % 60, 0, 59),
  );
  const runs: number[] = [];
  for (let midnight = Math.floor(from / day) * day; midnight <= to && runs.length < most; midnight += day) {
    if (!isDay(new Date(midnight))) continue;
    runs.push(...times.map((at) => midnight + at * minute).filter((time) => time > from && time <= to));
  }
  return runs.slice(0, most);
}

/** Whether a list holds a value, told for each of its items by counting round from where it starts. */
function isIn(list: string, value: number, first: number, last: number, words: string[] = []): boolean {
  const numberOf = (text: string): number => (words.includes(text) ? words.indexOf(text) + first : Number(text));
  return list.split(',').some((item) => {
    const [range = '', step = '1'] = item.split('/');
    const [from = '', to] = range.split('-');
    const start = from === '*' ? first : numberOf(from);
    const end = from === '*' ? last : to !== undefined ? numberOf(to) : item.includes('/') ? last : start;
    for (let at = start, counted = 0; ; at = at === last ? first : at + 1, counted++) {
      // A step of 0 leaves the first value, as captured.
      if (at === value && (counted === 0 || counted % Number(step) === 0)) return true;
      if (at === end) return false;
    }
  });
}

function isDate(text: string, date: Date): boolean {
  const [, fromLast, back = '0', number, nearest] = /^(?:(L)(?:-(\d+))?|(\d+)(?=W))?(W)?$/.exec(text) ?? [];
  if (fromLast === undefined && number === undefined) return isIn(text, date.getUTCDate(), 1, 31);
  const wanted = datesOfMonth(date).filter((other) =>
    fromLast === undefined
      ? other.getUTCDate() === Number(number)
      : sameMonth(plusDays(other, Number(back)), date) && !sameMonth(plusDays(other, Number(back) + 1), date),
  );
  if (nearest === undefined) return wanted.some((other) => other.getTime() === date.getTime());
  const [only] = wanted;
  if (only === undefined) return false;
  const far = (other: Date): number => Math.abs(other.getTime() - only.getTime());
  const workdays = datesOfMonth(date).filter((other) => other.getUTCDay() >= 1 && other.getUTCDay() <= 5);
  return workdays.sort((a, b) => far(a) - far(b))[0]?.getTime() === date.getTime();
}

function isWeekday(text: string, date: Date): boolean {
  const nameOf = (name: string): string => (weekdays.includes(name) ? name : (weekdays[Number(name) - 1] as string));
  const own = weekdays[date.getUTCDay()];
  if (text === 'L') return own === 'SAT';
  if (text.endsWith('L')) return own === nameOf(text.slice(0, -1)) && !sameMonth(plusDays(date, 7), date);
  if (text.includes('#')) {
    const [name = '', place] = text.split('#');
    return own === nameOf(name) && Math.ceil(date.getUTCDate() / 7) === Number(place);
  }
  return isIn(text, date.getUTCDay() + 1, 1, 7, weekdays);
}

function datesOfMonth(date: Date): Date[] {
  return Array.from({ length: 61 }, (_, index) => plusDays(date, index - 30)).filter((other) => sameMonth(other, date));
}

function plusDays(date: Date, count: number): Date {
  return new Date(date.getTime() + count * day);
}

function sameMonth(a: Date, b: Date): boolean {
  return a.toISOString().slice(0, 7) === b.toISOString().slice(0, 7);
}
