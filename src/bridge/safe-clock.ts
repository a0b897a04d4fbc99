import { type Clock, type SchedulingClock, scheduleWithTimers } from '../base/clock/clock.js';
import { asError, describeError } from '../base/describe.js';
import { describeValue } from '../base/unknown-value.js';
import { formatTime, readTime } from '../events/envelope.js';

/** A clock of which every reading is a time that an envelope can hold; one that is not throws an Error that says so. */
export function validatedClock(clock: Clock): SchedulingClock {
  return {
    schedule: (time, callback) =>
      clock.schedule === undefined ? scheduleWithTimers(clock, time, callback) : clock.schedule(time, callback),
    now: () => {
      const now: unknown = clock.now();
      if (typeof now === 'number' && readTime(now / 1000) !== undefined) return now;
      const last = formatTime(253_402_300_799);
      throw new Error(`clock.now() must answer milliseconds since 1970, up to ${last}, but answered ${show(now)}.`);
    },
  };
}

/** A source of ids that answers texts; anything else throws an Error that says so. */
export function validatedIds(ids: () => string): () => string {
  return () => {
    const id: unknown = ids();
    if (typeof id === 'string' && id !== '') return id;
    throw new Error(
      `ids() must answer a text that is not empty, but answered ${id === '' ? '""' : describeValue(id)}.`,
    );
  };
}

/**
 * What deliveries go by once no call is there to throw an error at: a clock that stands where it last told the time and
 * waits by the timers of the runtime, and a random number that is 1, where the given ones fail, which is told by `report`.
 */
export function safeClockAndRandom(
  clock: SchedulingClock,
  random: () => number,
  report: (error: Error) => void,
): { readonly clock: SchedulingClock; readonly random: () => number } {
  let last = clock.now();
  const now = () => {
    try {
      last = clock.now();
    } catch (error) {
      report(asError(error));
    }
    return last;
  };
  const schedule: SchedulingClock['schedule'] = (time, callback) => {
    let isOver = false;
    const once = () => {
      if (isOver) return;
      isOver = true;
      callback();
    };
    const cancel = startTimer(time, once);
    return () => {
      isOver = true;
      try {
        cancel();
      } catch (error) {
        report(new Error(`What clock.schedule() answered threw ${describeError(error)}.`));
      }
    };
  };
  /** Never calls back before it returns. */
  const startTimer = (time: number, callback: () => void): (() => void) => {
    let isEarly = true;
    try {
      const cancel: unknown = clock.schedule(time, () => (isEarly ? Promise.resolve().then(callback) : callback()));
      if (typeof cancel === 'function') return cancel as () => void;
      report(new Error(`clock.schedule() must answer a function, but answered ${describeValue(cancel)}.`));
      return () => {};
    } catch (error) {
      report(new Error(`clock.schedule() threw ${describeError(error)}.`));
      return scheduleWithTimers({ now }, time, callback);
    } finally {
      isEarly = false;
    }
  };
  return {
    clock: { now, schedule },
    random: () => {
      try {
        const part: unknown = random();
        if (typeof part === 'number' && part >= 0 && part <= 1) return part;
        report(new Error(`random() must answer a number from 0 up to 1, but answered ${show(part)}.`));
      } catch (error) {
        report(new Error(`random() must answer a number from 0 up to 1, but threw ${describeError(error)}.`));
      }
      return 1;
    },
  };
}

function show(value: unknown): string {
  return typeof value === 'number' ? String(value) : describeValue(value);
}
