import { describeValue } from '../base/describe-value.js';
import { readCron } from './cron.js';
import { invalidSchedule } from './invalid-schedule.js';
import { readRate } from './rate.js';

/** What a ScheduleExpression says. Times are epoch milliseconds. */
export interface Schedule {
  /** The times at which it runs, all later than `after`, in order; `since` is when it was begun. */
  runs(since: number, after: number): Iterator<number, undefined>;
}

const longest = 256;
const shape = /^(rate|cron)\((.*)\)$/;

/** Reads a ScheduleExpression in EventBridge's own grammar. Throws the ValidationException of `invalidSchedule`. */
export function readSchedule(expression: unknown): Schedule {
  if (typeof expression !== 'string') {
    throw invalidSchedule(`It must be a string, but is ${describeValue(expression)}.`);
  }
  if (expression.length > longest) {
    throw invalidSchedule(`It must have at most ${longest} characters, but has ${expression.length}.`);
  }
  const [, kind, text = ''] = shape.exec(expression) ?? [];
  if (kind === 'rate') return readRate(text);
  if (kind === 'cron') return readCron(text);
  throw invalidSchedule(
    `It must be like rate(5 minutes) or cron(0 12 * * ? *), with nothing before or after, but is ${JSON.stringify(expression)}.`,
  );
}
