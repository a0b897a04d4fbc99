import { describeValue } from '../unknown-value.js';

/** Where a bridge reads the time, and what wakes it when it waits for a time. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /**
   * Calls back once when it is `time` (epoch milliseconds) or later, never before this call returns. The answer takes the
   * call back. A clock without this member only tells the time, and a bridge waits by the timers of the runtime.
   */
  schedule?(time: number, callback: () => void): () => void;
  /**
   * Tells the clock of a count that grows while its caller has work that needs no time. A clock that is moved by hand
   * moves on only when all counts have come to rest. While `endsByItself` answers true, as during a replay, that may take as
   * long as it takes. The answer ends it.
   */
  watch?(progress: () => number, isLongRunning?: () => boolean): () => void;
}

/** A clock that can be waited for. */
export type SchedulingClock = Clock & Required<Pick<Clock, 'schedule'>>;

const maxTimeout = 2 ** 31 - 1;

/**
 * The clock of the machine. It uses the `Date` and `setTimeout` that stand in the globals when it is called, so that fake
 * timers move it, and its timers keep no process alive.
 */
export const systemClock: SchedulingClock = {
  now: () => Date.now(),
  schedule: (time, callback) => scheduleWithTimers(systemClock, time, callback),
};

/** Waits for the time of a clock by the timers of the runtime. */
export function scheduleWithTimers(clock: Clock, time: number, callback: () => void): () => void {
  const { setTimeout, clearTimeout } = globalThis;
  let timer: unknown;
  const wait = (): void => {
    const remaining = Math.max(0, time - clock.now());
    // Above this length timers of the runtime fire at once.
    timer = setTimeout(remaining > maxTimeout ? wait : callback, Math.min(remaining, maxTimeout));
    if (typeof timer === 'object') (timer as { unref?: () => void } | null)?.unref?.();
  };
  wait();
  return () => clearTimeout(timer as never);
}

const milliseconds = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const shape = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/** A span of time: milliseconds, or a text such as `500ms`, `90s`, `15m`, `24h`, `2d`. */
export type Duration = number | `${number}${keyof typeof milliseconds}`;

/** Milliseconds; `undefined` for what is no duration. A fraction of a millisecond is rounded up. */
export function readDuration(value: unknown): number | undefined {
  if (typeof value === 'number') return value >= 0 ? Math.ceil(value) : undefined;
  const [, count, unit] = typeof value === 'string' ? (shape.exec(value) ?? []) : [];
  return unit === undefined ? undefined : Math.ceil(Number(count) * milliseconds[unit as keyof typeof milliseconds]);
}

/** The end of the year 9999, the last that an event's time can hold. */
export const maxInstant = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const iso = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;

/** Epoch milliseconds of a Date, of epoch milliseconds or of an ISO text. Throws an Error that names `method`. */
export function readInstant(method: string, value: unknown): number {
  const time = typeof value === 'number' ? value : typeof value === 'string' ? parse(value) : toMilliseconds(value);
  if (time >= 0 && time <= maxInstant) return Math.ceil(time);
  throw invalidArgument(method, 'a time from 1970 to 9999', value);
}

/** The error of a method that was given something else than it needs. */
export function invalidArgument(method: string, expected: string, value: unknown): Error {
  const actual = typeof value === 'string' ? JSON.stringify(value) : describeNumber(value);
  return new Error(`${method} needs ${expected}, but was given ${actual}.`);
}

/** Where no offset is named a Date would take the zone of the machine: a test would not be the same on every one. */
function parse(text: string): number {
  if (!iso.test(text)) return Number.NaN;
  return Date.parse(/T[\d:.]+$/.test(text) ? `${text}Z` : text);
}

/** Not every Date is one of this realm. */
function toMilliseconds(value: unknown): number {
  try {
    return Date.prototype.getTime.call(value);
  } catch {
    return Number.NaN;
  }
}

function describeNumber(value: unknown): string {
  return typeof value === 'number' ? String(value) : describeValue(value);
}
