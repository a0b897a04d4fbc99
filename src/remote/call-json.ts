import { describeError } from '../base/describe.js';
import { invalid, isServiceError } from '../base/service-error.js';

/** The input of a call as JSON text. Throws a ValidationException for what has none. */
export function toJson(input: object): string {
  try {
    return JSON.stringify(input, inSeconds) ?? 'null';
  } catch (error) {
    if (isServiceError(error)) throw error;
    throw invalid(`The input has no JSON text: ${describeError(error).split('\n', 1)[0]}.`);
  }
}

/** JSON makes nothing of a Date that is none. `this[key]`, because JSON.stringify has made a text of it before it asks. */
function inSeconds(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const original = this[key];
  if (!(original instanceof Date)) return value;
  if (Number.isNaN(original.getTime())) throw invalid(`${key} must be a time, but is an invalid Date.`);
  return original.getTime() / 1000;
}

/** Timestamps are numbers of seconds in JSON, and all members of that name are timestamps. */
export function reviveTimes(key: string, value: unknown): unknown {
  return key.endsWith('Time') && typeof value === 'number' ? new Date(value * 1000) : value;
}
