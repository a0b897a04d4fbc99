import { notA, readInstant } from '../base/clock/clock.js';
import { describeValue } from '../base/unknown-value.js';
import { readSchedule } from './read-schedule.js';

/** From when, and how many. */
export interface NextRunsOptions {
  /**
   * A Date, epoch milliseconds or an ISO text (in UTC where it names no offset); now if absent. A rate counts from here, as
   * from its rule's creation.
   */
  readonly from?: Date | number | string | undefined;
  /** A whole number up to 1,000,000; 10 if absent. */
  readonly count?: number | undefined;
}

const most = 1_000_000;

/**
 * When a ScheduleExpression runs next: the first times after `from`, which itself is not one of them. Fewer than `count` if
 * it comes to its end, as with a year that has passed or a day that never is.
 *
 * The grammar is EventBridge's. `rate(5 minutes)`: a whole number above 0 and `minutes`, `hours` or `days`, for 1 the
 * singular. `cron(minutes hours day-of-month month day-of-week year)`: one space between, always UTC, one of the day fields `?`;
 * `*`, lists, ranges (also past the end: `FRI-MON`) and steps (`0/15`, `8-18/2`; not of weekdays); `SUN` is 1. Of the days of
 * a month also `L` (the last), `L-3` (three days before it), `15W` (the workday nearest to it in its month) and `LW`; of the days
 * of a week also `L` (Saturday), `6L` (the last Friday of the month) and `6#3` (its third Friday). Days that a month does not
 * have are passed over. Recorded from the service or documented by AWS, but for these, which are Footbridge's choice: `LW` and
 * `L-3` are taken, words (`JAN`, `SUN`) in any case too, and there are no runs outside the documented years 1970 to 2199.
 *
 * Throws a ServiceError, `ValidationException` with the sentence `Parameter ScheduleExpression is not valid.`, whose `cause`
 * says why; and an Error for options that are none.
 */
export function nextRuns(expression: string, options: NextRunsOptions = {}): Date[] {
  const schedule = readSchedule(expression);
  if (typeof options !== 'object' || options === null) {
    throw new Error(`nextRuns needs an object of options, but was given ${describeValue(options)}.`);
  }
  const { from = Date.now(), count = 10 } = options;
  const instant = readInstant('nextRuns', from);
  if (!(Number.isInteger(count) && count >= 0 && count <= most)) {
    throw notA('nextRuns', `a count that is a whole number up to ${most}`, count);
  }
  const runs = schedule.runs(instant, instant);
  const dates: Date[] = [];
  while (dates.length < count) {
    const { value } = runs.next();
    if (value === undefined) break;
    dates.push(new Date(value));
  }
  return dates;
}
