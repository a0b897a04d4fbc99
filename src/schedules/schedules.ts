import type { TimedClock } from '../base/clock/clock.js';
import type { RuleRecord } from '../resources/rules/rule-record.js';
import { readSchedule } from './read-schedule.js';
import type { Schedule } from './schedule.js';

interface Running {
  readonly rule: RuleRecord;
  readonly schedule: Schedule;
  readonly since: number;
  runs: Iterator<number, undefined>;
  cancel: () => void;
}

/**
 * The schedules of all enabled rules that have one: derived from the records, and changed with them. When a clock jumps, as
 * after a laptop's sleep, the run it was waiting for comes late, with the time it was due; others that were missed never come.
 */
export class Schedules {
  readonly #clock: TimedClock;
  readonly #fire: (rule: RuleRecord, due: number) => void;
  readonly #running = new Map<string, Running>();
  /** As long as there is one, nothing runs. */
  readonly #pauses = new Set<object>();
  #heirs: Schedules | undefined;

  /** `fire` is called when a rule is due, with that time in epoch milliseconds. */
  constructor(clock: TimedClock, fire: (rule: RuleRecord, due: number) => void) {
    this.#clock = clock;
    this.#fire = fire;
  }

  /** A rule is added if there is none `before`, and deleted if there is none `after`. */
  ruleChanging(before: RuleRecord | undefined, after: RuleRecord | undefined): void {
    const expression = after?.ScheduleExpression;
    const since = after?.ScheduledSince;
    if (before?.ScheduleExpression === expression && before?.ScheduledSince === since) return;
    if (before !== undefined) {
      this.#running.get(before.Name)?.cancel();
      this.#running.delete(before.Name);
    }
    if (after === undefined || since === undefined) return;
    const schedule = readSchedule(expression);
    const running = { rule: after, schedule, since, runs: schedule.runs(since, this.#clock.now()), cancel: () => {} };
    this.#running.set(after.Name, running);
    if (this.#pauses.size === 0) this.#wait(running);
  }

  /** Until the answer is called nothing runs; what is due meanwhile never does. */
  pause(): () => void {
    const pause = {};
    this.#beginPause(pause);
    return () => this.#endPause(pause);
  }

  /** Nothing runs here any more, and what pauses these pauses those that take their place. */
  giveWay(heirs: Schedules): void {
    for (const pause of this.#pauses) heirs.#beginPause(pause);
    this.#heirs = heirs;
    this.#beginPause({});
  }

  #beginPause(pause: object): void {
    this.#pauses.add(pause);
    for (const { cancel } of this.#running.values()) cancel();
  }

  #endPause(pause: object): void {
    if (this.#heirs !== undefined) this.#heirs.#endPause(pause);
    if (!this.#pauses.delete(pause) || this.#pauses.size > 0) return;
    for (const running of this.#running.values()) {
      running.runs = running.schedule.runs(running.since, this.#clock.now());
      this.#wait(running);
    }
  }

  #wait(running: Running): void {
    const { rule, schedule, since } = running;
    const now = this.#clock.now();
    let due = running.runs.next().value;
    if (due !== undefined && due <= now) {
      running.runs = schedule.runs(since, now);
      due = running.runs.next().value;
    }
    if (due === undefined) return;
    const time = due;
    running.cancel = this.#clock.schedule(time, () => {
      // Before anybody hears of the event, who may change this rule or end everything.
      this.#wait(running);
      this.#fire(rule, time);
    });
  }
}
