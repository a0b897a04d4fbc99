import type { Plugin } from '../../core/plugin.js';
import { ruleRecords, type ScheduleExpressions } from '../rules/rule-record.js';
import { readSchedule } from './schedule-expression.js';
import { Scheduler, scheduledEvent } from './schedules.js';

interface ScheduleService extends ScheduleExpressions {
  readonly scheduler: Scheduler;
}

/** Rules with a ScheduleExpression. */
export function schedules(): Plugin {
  return {
    name: 'schedules',
    requires: ['rules'],
    install: (host) => {
      const { safeClock, capture } = host;
      const scheduler = new Scheduler(
        { ...safeClock, schedule: (time, callback) => safeClock.schedule(time, () => capture(callback)) },
        (rule, due) => host.ingest(scheduledEvent(host, rule, due), 'schedule'),
      );
      host.store.onChange(ruleRecords, (before, after) => scheduler.onRuleChange(before, after));
      const service: ScheduleService = {
        check: (expression) => {
          readSchedule(expression);
        },
        scheduler,
      };
      return {
        service,
        pause: () => scheduler.pause(),
        handOverTo: (next) => scheduler.handOverTo((next.service as ScheduleService).scheduler),
      };
    },
  };
}
