import type { Home } from '../base/arn.js';
import { BusEvent } from '../events/bus-event.js';
import { formatTime } from '../events/envelope.js';
import type { RuleRecord } from '../resources/rules/rule-record.js';

/** What a schedule puts on the default bus (recorded), at the time its rule was due, in epoch milliseconds. */
export function scheduledEvent(
  { home, ids }: { readonly home: Home; readonly ids: () => string },
  rule: RuleRecord,
  due: number,
): BusEvent {
  const head = {
    version: '0',
    id: ids(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: home.account,
    time: formatTime(due / 1000),
    region: home.region,
    resources: [rule.Arn],
  };
  return new BusEvent(rule.EventBusName, head, { text: '{}', value: {} }, undefined, false, rule.Name);
}
