import { describeValue } from './describe-value.js';

/** The end of the year 9999, the last that an event's time can hold. */
export const latestInstant = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Epoch milliseconds of a Date, of epoch milliseconds or of a text with a date. Throws an Error that names `method`. */
export function readInstant(method: string, value: unknown): number {
  const time =
    typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : millisecondsOf(value);
  if (time >= 0 && time <= latestInstant) return Math.ceil(time);
  throw notA(method, 'a time from 1970 to 9999', value);
}

/** The error of a method that was given something else than it needs. */
export function notA(method: string, wanted: string, value: unknown): Error {
  const found = typeof value === 'string' ? JSON.stringify(value) : describeNumber(value);
  return new Error(`${method} needs ${wanted}, but was given ${found}.`);
}

/** Not every Date is one of this realm. */
function millisecondsOf(value: unknown): number {
  try {
    return Date.prototype.getTime.call(value);
  } catch {
    return Number.NaN;
  }
}

function describeNumber(value: unknown): string {
  return typeof value === 'number' ? String(value) : describeValue(value);
}
