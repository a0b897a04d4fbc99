import { findShared, sharedOn } from '../copies.js';
import { type Clock, type Duration, invalidArgument, maxInstant, readDuration, readInstant } from './clock.js';
import { nextFullTurn, startTimer } from './real-timers.js';
import { TimerHeap } from './timer-heap.js';

/**
 * A clock that is paused until it is moved.
 *
 * Every move first waits until no work is left that needs no time, then goes from one due time to the next, in order, and calls
 * what is due. It does not wait for a handler that waits itself: one that needs real time continues meanwhile, one that waits for
 * this clock is called back, one that never ends times out.
 */
export interface VirtualClock extends Required<Clock> {
  /** Number of pending timers: retries, timeouts of running attempts, and your own. */
  readonly pending: number;
  /** When the first of them is due, in epoch milliseconds; `undefined` if none is before the year 10000. */
  readonly nextAt: number | undefined;
  /**
   * Moves the clock by a duration, and calls what becomes due on the way, in order.
   *
   * @param duration - Such as `'90s'`, `'24h'`, or milliseconds.
   * @throws {Error} when `duration` is not a duration or leads beyond the year 9999, when the work at one instant does not end
   * within 5 s of real time (not counting replays), and with what a callback throws; the next move continues after it.
   */
  advance(duration: Duration): Promise<void>;
  /**
   * Moves the clock to a time, as `advance` does.
   *
   * @param time - As `virtualClock` takes it.
   * @throws {Error} when the time has passed, and as `advance` does.
   */
  advanceTo(time: Date | number | string): Promise<void>;
  /** Moves the clock to the next timer and calls it. Returns false, without moving, if there is no timer. */
  runNext(): Promise<boolean>;
}

/** Whether it is a virtual clock, also one of another copy of the package. */
export function isVirtualClock(clock: unknown): clock is VirtualClock {
  return typeof clock === 'object' && clock !== null && typeof (clock as Partial<VirtualClock>).runNext === 'function';
}

const timeSetter = 'setVirtualClock';

/** Sets a virtual clock to a time, before or after its own, without calling timers. Returns false for any other clock. */
export function setVirtualClock(clock: object, time: number): boolean {
  const set = findShared<(time: number) => void>(clock, timeSetter);
  set?.(time);
  return set !== undefined;
}

const start = '2026-01-01T00:00:00Z';
const idleTimeout = 5000;

/**
 * Creates a virtual clock, for tests that wait without real time.
 *
 * @param time - A Date, epoch milliseconds or an ISO string (`2026-01-01`, `2026-01-01T09:30:00Z`, in UTC without an offset).
 * @defaultValue `time` is 2026-01-01T00:00:00Z.
 * @throws {Error} when `time` is not a time from 1970 to 9999. Its `schedule` throws an Error for invalid arguments.
 * @example
 * ```ts
 * const clock = virtualClock();
 * const bridge = createBridge({ clock });
 * await clock.advance('24h');
 * ```
 */
export function virtualClock(time: Date | number | string = start): VirtualClock {
  const timers = new TimerHeap();
  const watched = new Set<{ readonly count: () => number; readonly isLongRunning: () => boolean }>();
  let now = readInstant('virtualClock', time);
  let scheduled = 0;

  const progress = (): number => {
    let sum = scheduled;
    for (const { count } of watched) sum += count();
    return sum;
  };
  /** Until a full turn of the event loop brings no progress. */
  const quiesce = async (): Promise<void> => {
    let isTimedOut = false;
    let cancelTimer = () => {};
    const startWatchdog = (): void => {
      cancelTimer = startTimer(idleTimeout, () => {
        if (Array.from(watched).some(({ isLongRunning }) => isLongRunning())) startWatchdog();
        else isTimedOut = true;
      });
    };
    startWatchdog();
    try {
      for (let before = -1, after = progress(); before !== after; before = after, after = progress()) {
        if (isTimedOut)
          throw new Error(`The clock cannot move: what happens now has no end within ${idleTimeout / 1000} s.`);
        await nextFullTurn();
      }
    } finally {
      cancelTimer();
    }
  };
  /** Goes to the first due time, unless it is after `until`, and calls at most `limit` of the timers that are due then. */
  const runDue = (until: number, limit: number): boolean => {
    const { time } = timers.first() ?? {};
    if (time === undefined || time > until) return false;
    now = Math.max(now, time);
    // Timers that are added meanwhile for the same time run after the work that these cause.
    const { nextOrder } = timers;
    for (
      let remaining = limit, next = timers.first();
      remaining > 0 && next !== undefined;
      remaining--, next = timers.first()
    ) {
      if (next.time > now || next.order >= nextOrder) break;
      timers.take()?.();
    }
    return true;
  };
  const moveTo = async (target: number): Promise<void> => {
    await quiesce();
    while (runDue(target, Number.POSITIVE_INFINITY)) await quiesce();
    now = Math.max(now, target);
  };

  const clock: VirtualClock = {
    now: () => now,
    get pending() {
      return timers.size;
    },
    get nextAt() {
      const { time } = timers.first() ?? {};
      return time !== undefined && time <= maxInstant ? time : undefined;
    },
    schedule: (due, callback) => {
      if (typeof due !== 'number' || Number.isNaN(due)) throw invalidArgument('schedule', 'epoch milliseconds', due);
      if (typeof callback !== 'function') throw invalidArgument('schedule', 'a function to call', callback);
      scheduled++;
      const timer = timers.add(Math.ceil(due), callback);
      return () => timers.cancel(timer);
    },
    watch: (count, isLongRunning = () => false) => {
      // An object of its own: one count may be watched twice, and ends once each.
      const entry = { count, isLongRunning };
      watched.add(entry);
      return () => watched.delete(entry);
    },
    advance: async (duration) => {
      const span = readDuration(duration);
      if (span === undefined)
        throw invalidArgument('advance', 'a duration such as "90s", "24h" or milliseconds', duration);
      if (now + span > maxInstant)
        throw invalidArgument('advance', 'a duration that ends before the year 10000', duration);
      await moveTo(now + span);
    },
    advanceTo: async (target) => {
      const instant = readInstant('advanceTo', target);
      if (instant < now) {
        const [requested, present] = [instant, now].map((at) => new Date(at).toISOString());
        throw new Error(`advanceTo: ${requested} has passed; it is ${present}.`);
      }
      await moveTo(instant);
    },
    runNext: async () => {
      await quiesce();
      const ran = runDue(maxInstant, 1);
      if (ran) await quiesce();
      return ran;
    },
  };
  sharedOn(clock, timeSetter, () => (time: number) => {
    now = time;
  });
  return clock;
}
