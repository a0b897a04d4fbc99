import { describeValue } from './describe-value.js';

/** The end of the year 9999, the last that an event's time can hold. */
export const latestInstant = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const iso = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;

/** Epoch milliseconds of a Date, of epoch milliseconds or of an ISO text. Throws an Error that names `method`. */
export function readInstant(method: string, value: unknown): number {
  const time = typeof value === 'number' ? value : typeof value === 'string' ? parse(value) : millisecondsOf(value);
  if (time >= 0 && time <= latestInstant) return Math.ceil(time);
  throw notA(method, 'a time from 1970 to 9999', value);
}

/** The error of a method that was given something else than it needs. */
export function notA(method: string, wanted: string, value: unknown): Error {
  const found = typeof value === 'string' ? JSON.stringify(value) : describeNumber(value);
  return new Error(`${method} needs ${wanted}, but was given ${found}.`);
}

/** Where no offset is named a Date would take the zone of the machine: a test would not be the same on every one. */
function parse(text: string): number {
  if (!iso.test(text)) return Number.NaN;
  return Date.parse(/T[\d:.]+$/.test(text) ? `${text}Z` : text);
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
