import type { AccountRegion } from '../../base/arn.js';
import type { SchedulingClock } from '../../base/clock/clock.js';
import { BusEvent } from '../../events/bus-event.js';
import { formatTime } from '../../events/envelope.js';
import type { RuleRecord } from '../rules/rule-record.js';
import type { Schedule } from './cron.js';
import { readSchedule } from './schedule-expression.js';

interface ActiveSchedule {
  readonly rule: RuleRecord;
  readonly schedule: Schedule;
  readonly since: number;
  runs: Iterator<number, undefined>;
  cancel: () => void;
}

/**
 * Runs the schedules of all enabled rules: derived from the records, and changed with them. After a jump of the clock, such
 * as a laptop's sleep, the run that was next comes late, with the time it was due; other missed runs are skipped.
 */
export class Scheduler {
  readonly #clock: SchedulingClock;
  readonly #onDue: (rule: RuleRecord, due: number) => void;
  readonly #active = new Map<string, ActiveSchedule>();
  /** Nothing runs while it holds any. */
  readonly #pauseTokens = new Set<object>();
  #successor: Scheduler | undefined;

  /** `onDue` is called when a rule is due, with that time in epoch milliseconds. */
  constructor(clock: SchedulingClock, onDue: (rule: RuleRecord, due: number) => void) {
    this.#clock = clock;
    this.#onDue = onDue;
  }

  /** `before` is absent for a rule that is added, `after` for one that is deleted. */
  onRuleChange(before: RuleRecord | undefined, after: RuleRecord | undefined): void {
    const expression = after?.ScheduleExpression;
    const since = after?.ScheduledSince;
    if (before?.ScheduleExpression === expression && before?.ScheduledSince === since) return;
    if (before !== undefined) {
      this.#active.get(before.Name)?.cancel();
      this.#active.delete(before.Name);
    }
    if (after === undefined || since === undefined) return;
    const schedule = readSchedule(expression);
    const active = { rule: after, schedule, since, runs: schedule.runs(since, this.#clock.now()), cancel: () => {} };
    this.#active.set(after.Name, active);
    if (this.#pauseTokens.size === 0) this.#wait(active);
  }

  /** Stops all runs until the returned function is called; runs that are due meanwhile are skipped. */
  pause(): () => void {
    const token = {};
    this.#beginPause(token);
    return () => this.#endPause(token);
  }

  /** Stops for good. Pauses that are not over continue in the successor. */
  handOverTo(successor: Scheduler): void {
    for (const token of this.#pauseTokens) successor.#beginPause(token);
    this.#successor = successor;
    this.#beginPause({});
  }

  #beginPause(token: object): void {
    this.#pauseTokens.add(token);
    for (const { cancel } of this.#active.values()) cancel();
  }

  #endPause(token: object): void {
    if (this.#successor !== undefined) this.#successor.#endPause(token);
    if (!this.#pauseTokens.delete(token) || this.#pauseTokens.size > 0) return;
    for (const active of this.#active.values()) {
      active.runs = active.schedule.runs(active.since, this.#clock.now());
      this.#wait(active);
    }
  }

  #wait(active: ActiveSchedule): void {
    const { rule, schedule, since } = active;
    const now = this.#clock.now();
    let due = active.runs.next().value;
    if (due !== undefined && due <= now) {
      active.runs = schedule.runs(since, now);
      due = active.runs.next().value;
    }
    if (due === undefined) return;
    const time = due;
    active.cancel = this.#clock.schedule(time, () => {
      // Before the event is delivered, because its handlers may change this rule or close the bridge.
      this.#wait(active);
      this.#onDue(rule, time);
    });
  }
}

/** Creates the event of one run, as recorded from the service. `due` is in epoch milliseconds. */
export function scheduledEvent(
  { home, ids }: { readonly home: AccountRegion; readonly ids: () => string },
  rule: RuleRecord,
  due: number,
): BusEvent {
  const fields = {
    version: '0',
    id: ids(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: home.account,
    time: formatTime(due / 1000),
    region: home.region,
    resources: [rule.Arn],
  };
  return new BusEvent(rule.EventBusName, fields, { text: '{}', value: {} }, undefined, false, rule.Name);
}
