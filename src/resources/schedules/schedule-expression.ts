import { invalidArgument, maxInstant, readInstant } from '../../base/clock/clock.js';
import { invalid } from '../../base/service-error.js';
import { describeValue } from '../../base/unknown-value.js';
import { readCron, type Schedule, ScheduleExpressionError } from './cron.js';

/** Where to start, and how many runs to return. */
export interface NextRunsOptions {
  /**
   * A Date, epoch milliseconds or an ISO text (UTC where it has no offset). A rate counts from here, as from its rule's
   * creation.
   *
   * @defaultValue now
   */
  readonly from?: Date | number | string | undefined;
  /**
   * A whole number up to 1,000,000.
   *
   * @defaultValue 10
   */
  readonly count?: number | undefined;
}

const maxRuns = 1_000_000;
const maxLength = 256;
const maxRate = 2 ** 31 - 1;
const milliseconds = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
const expressionSyntax = /^(rate|cron)\((.*)\)$/;
const rateSyntax = /^(\d+) (minute|hour|day)(s?)$/;

/**
 * Returns the next times at which a ScheduleExpression runs.
 *
 * The grammar is EventBridge's. `rate(5 minutes)`: a whole number from 1 to 2147483647 and `minutes`, `hours` or `days`; for
 * 1 the singular. `cron(minutes hours day-of-month month day-of-week year)`: one space between fields, always UTC, one of the
 * day fields `?`; `*`, lists, ranges (also `FRI-MON`) and steps (`0/15`, `8-18/2`); `SUN` is 1. In day-of-month also `L` (the
 * last day), `L-3` (three days before it), `15W` (the workday nearest to it in its month) and `LW`; in day-of-week also `L`
 * (Saturday), `6L` (the last Friday of the month) and `6#3` (its third Friday). A month without that day is skipped. Nothing
 * runs outside the documented years 1970 to 2199 (Footbridge's choice: the service accepts other years).
 *
 * @param expression - `rate(…)` or `cron(…)`.
 * @param options - Where to start, and how many runs to return.
 * @returns The first times after `from`; fewer than `count` if the schedule ends.
 * @throws {ValidationException} when the expression is invalid; `cause` names the field and what is allowed there.
 * @throws {Error} when the options are invalid.
 * @example
 * ```ts
 * nextRuns('cron(0 9 ? * MON-FRI *)', { from: '2026-01-01', count: 1 }); // [2026-01-01T09:00:00.000Z]
 * ```
 */
export function nextRuns(expression: string, options: NextRunsOptions = {}): Date[] {
  const schedule = readSchedule(expression);
  if (typeof options !== 'object' || options === null) {
    throw new Error(`nextRuns needs an object of options, but was given ${describeValue(options)}.`);
  }
  const { from = Date.now(), count = 10 } = options;
  const instant = readInstant('nextRuns', from);
  if (!(Number.isInteger(count) && count >= 0 && count <= maxRuns)) {
    throw invalidArgument('nextRuns', `a count that is a whole number up to ${maxRuns}`, count);
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

/** A schedule, or why there is none. */
export type ParsedSchedule =
  | { readonly ok: true; readonly schedule: Schedule }
  | { readonly ok: false; readonly error: ScheduleExpressionError };

/** Reads a ScheduleExpression. Throws EventBridge's one sentence for every invalid one (recorded); its `cause` says why. */
export function readSchedule(expression: unknown): Schedule {
  const parsed = parseSchedule(expression);
  if (parsed.ok) return parsed.schedule;
  const error = invalid('Parameter ScheduleExpression is not valid.');
  error.cause = parsed.error;
  throw error;
}

/** Reads a ScheduleExpression without throwing. The error says which field is wrong and what is allowed there. */
export function parseSchedule(expression: unknown): ParsedSchedule {
  try {
    return { ok: true, schedule: parse(expression) };
  } catch (error) {
    if (error instanceof ScheduleExpressionError) return { ok: false, error };
    throw error;
  }
}

function parse(expression: unknown): Schedule {
  const allowed = 'rate(5 minutes) or cron(0 12 * * ? *), with nothing before or after';
  if (typeof expression !== 'string') {
    throw new ScheduleExpressionError(`The expression must be a string. Found: ${describeValue(expression)}.`, allowed);
  }
  if (expression.length > maxLength) {
    const limit = `at most ${maxLength} characters`;
    throw new ScheduleExpressionError(`The expression may have ${limit}. Found: ${expression.length}.`, limit);
  }
  const [, kind, text = ''] = expressionSyntax.exec(expression) ?? [];
  if (kind === 'rate') return readRate(text);
  if (kind === 'cron') return readCron(text);
  throw new ScheduleExpressionError(
    `The expression must be like ${allowed}. Found: ${JSON.stringify(expression)}.`,
    allowed,
  );
}

/** Reads the text between the parentheses of `rate(…)`. */
function readRate(text: string): Schedule {
  const [, digits, unit, plural] = rateSyntax.exec(text) ?? [];
  const count = Number(digits);
  if (unit === undefined || count < 1 || count > maxRate || (count === 1) !== (plural === '')) {
    const allowed = `1 minute, 1 hour or 1 day, or 2 to ${maxRate} minutes, hours or days, with one space`;
    throw new ScheduleExpressionError(`rate takes ${allowed}. Found: ${JSON.stringify(text)}.`, allowed);
  }
  const period = count * milliseconds[unit as keyof typeof milliseconds];
  return { runs: (since, after) => rateRuns(period, since, after) };
}

/** Whole periods after the start. */
function* rateRuns(period: number, since: number, after: number): Generator<number, undefined> {
  const first = Math.max(1, Math.floor((after - since) / period) + 1);
  for (let time = since + first * period; time <= maxInstant; time += period) yield time;
  return undefined;
}
