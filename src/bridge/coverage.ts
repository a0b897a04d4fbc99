import { type Coverable, type Coverage, measureCoverage } from '../history/coverage.js';
import type { EventHistory } from '../history/history.js';
import type { OperationContext } from '../operations/operation-context.js';

/** Counted when it is asked for, out of the history: PutEvents does nothing for it. */
export function coverage({ store, routes }: OperationContext, history: EventHistory): Coverage {
  const all = Array.from(store.buses.values(), ({ Name: bus }): Coverable[] => [
    ...Array.from(store.rules(bus).values(), (record) => ({ kind: 'rule', bus, record }) as const),
    ...Array.from(routes.subscriptions(bus), (route) => ({ kind: 'subscription', bus, route }) as const),
  ]);
  return measureCoverage(all.flat(), history.facts(), history.forgotten);
}
