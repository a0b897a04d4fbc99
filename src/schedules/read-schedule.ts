import { describeValue } from '../base/unknown-value.js';
import { readCron } from './cron.js';
import { invalidSchedule } from './invalid-schedule.js';
import { readRate } from './rate.js';
import type { Schedule } from './schedule.js';

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
