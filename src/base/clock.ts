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
  watch?(progress: () => number, endsByItself?: () => boolean): () => void;
}

/** A clock that can be waited for. */
export type TimedClock = Clock & Required<Pick<Clock, 'schedule'>>;

const longest = 2 ** 31 - 1;

/**
 * The clock of the machine. It uses the `Date` and `setTimeout` that stand in the globals when it is called, so that fake
 * timers move it, and its timers keep no process alive.
 */
export const systemClock: TimedClock = {
  now: () => Date.now(),
  schedule: (time, callback) => scheduleBy(systemClock, time, callback),
};

/** Waits for the time of a clock by the timers of the runtime. */
export function scheduleBy(clock: Clock, time: number, callback: () => void): () => void {
  const { setTimeout, clearTimeout } = globalThis;
  let timer: unknown;
  const wait = (): void => {
    const left = Math.max(0, time - clock.now());
    // Above this length timers of the runtime fire at once.
    timer = setTimeout(left > longest ? wait : callback, Math.min(left, longest));
    if (typeof timer === 'object') (timer as { unref?: () => void } | null)?.unref?.();
  };
  wait();
  return () => clearTimeout(timer as never);
}
