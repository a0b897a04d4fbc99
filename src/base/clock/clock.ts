import { describeValue } from '../unknown-value.js';

/** The source of time and timers of a bridge. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /**
   * Calls back once at `time` (epoch milliseconds) or later, never before this call returns. Without this member a bridge uses
   * the timers of the runtime.
   *
   * @returns A function that cancels the timer.
   */
  schedule?(time: number, callback: () => void): () => void;
  /**
   * Registers a counter that grows while its owner has work that needs no time. A virtual clock moves only once no counter
   * grows. While `isLongRunning` returns true, as during a replay, it waits without a timeout.
   *
   * @returns A function that unregisters the counter.
   */
  watch?(progress: () => number, isLongRunning?: () => boolean): () => void;
}

/** A clock with timers. */
export type SchedulingClock = Clock & Required<Pick<Clock, 'schedule'>>;

const maxTimeout = 2 ** 31 - 1;

/**
 * The clock of the machine. It uses the global `Date` and `setTimeout` at the time of each call, so that fake timers move it. Its
 * timers do not keep the process alive.
 */
export const systemClock: SchedulingClock = {
  now: () => Date.now(),
  schedule: (time, callback) => scheduleWithTimers(systemClock, time, callback),
};

/** Waits for the time of a clock with the timers of the runtime. */
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

/** A duration: milliseconds, or a string such as `500ms`, `90s`, `15m`, `24h`, `2d`. */
export type Duration = number | `${number}${keyof typeof milliseconds}`;

/** Returns milliseconds, rounded up; `undefined` if the value is not a duration. */
export function readDuration(value: unknown): number | undefined {
  if (typeof value === 'number') return value >= 0 ? Math.ceil(value) : undefined;
  const [, count, unit] = typeof value === 'string' ? (shape.exec(value) ?? []) : [];
  return unit === undefined ? undefined : Math.ceil(Number(count) * milliseconds[unit as keyof typeof milliseconds]);
}

/** The end of the year 9999, the last that an event's time can hold. */
export const maxInstant = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const iso = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;

/** Returns the epoch milliseconds of a Date, a number of epoch milliseconds or an ISO string. Throws an Error that names `method`. */
export function readInstant(method: string, value: unknown): number {
  const time = typeof value === 'number' ? value : typeof value === 'string' ? parse(value) : toMilliseconds(value);
  if (time >= 0 && time <= maxInstant) return Math.ceil(time);
  throw invalidArgument(method, 'a time from 1970 to 9999', value);
}

/** Makes the error of a method for an argument of the wrong type. */
export function invalidArgument(method: string, expected: string, value: unknown): Error {
  const actual = typeof value === 'string' ? JSON.stringify(value) : describeNumber(value);
  return new Error(`${method} needs ${expected}, but was given ${actual}.`);
}

/** Without an offset a Date takes the time zone of the machine, which would make tests differ between machines. */
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
