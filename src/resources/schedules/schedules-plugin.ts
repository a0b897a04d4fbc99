import type { Plugin } from '../../core/plugin.js';
import { readSchedule } from '../../schedules/read-schedule.js';
import { scheduledEvent } from '../../schedules/scheduled-event.js';
import { Schedules } from '../../schedules/schedules.js';
import { ruleRecords, type ScheduleExpressions } from '../rules/rule-record.js';

/** Rules with a ScheduleExpression. */
export function schedules(): Plugin {
  return {
    name: 'schedules',
    requires: ['rules'],
    install: (host) => {
      const { safeClock, capture } = host;
      const scheduler = new Schedules(
        { ...safeClock, schedule: (time, callback) => safeClock.schedule(time, () => capture(callback)) },
        (rule, due) => host.ingest(scheduledEvent(host, rule, due), 'schedule'),
      );
      host.store.onChange(ruleRecords, (before, after) => scheduler.ruleChanging(before, after));
      const service: ScheduleExpressions & { readonly scheduler: Schedules } = {
        check: (expression) => {
          readSchedule(expression);
        },
        scheduler,
      };
      return {
        service,
        pause: () => scheduler.pause(),
        handOverTo: (next) => scheduler.giveWay((next.service as typeof service).scheduler),
      };
    },
  };
}
