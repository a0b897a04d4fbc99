import { noId } from '../base/random.js';
import { busNameOf } from '../core/bus-names.js';
import type { OperationContext } from '../core/old-context.js';
import type { BusEvent } from '../events/bus-event.js';
import { completeEvent, type PartialEnvelope } from '../events/partial-envelope.js';
import { type Coverable, type Coverage, measureCoverage } from '../history/coverage.js';
import { type EventExplanation, type Explained, explainEvent } from '../history/explain-event.js';
import type { EventHistory } from '../history/history.js';
import type { Core } from './core.js';

/** Counted when it is asked for, out of the history: PutEvents does nothing for it. */
export function coverage({ store, routes }: OperationContext, history: EventHistory): Coverage {
  const all = Array.from(store.buses.values(), ({ Name: bus }): Coverable[] => [
    ...Array.from(store.rules(bus).values(), (record) => ({ kind: 'rule', bus, record }) as const),
    ...Array.from(routes.subscriptions(bus), (route) => ({ kind: 'subscription', bus, route }) as const),
  ]);
  return measureCoverage(all.flat(), history.facts(), history.forgotten);
}

/** Explains an event on the bus where the history has it, unless another is named. */
export function explain(
  { context, targetNames }: Core,
  history: EventHistory,
  input: PartialEnvelope,
  bus: string | undefined,
): EventExplanation {
  const { clock, home, store, routes } = context;
  const complete = completeEvent({ clock, home, ids: noId }, busNameOf(home, bus) ?? String(bus), input);
  const isKnown = ({ id, bus: its }: BusEvent) => id === complete.id && (bus === undefined || its === complete.bus);
  const event = history.accepted().find(isKnown) ?? complete;
  if (store.buses.get(event.bus) === undefined) return explainEvent(event, undefined);
  const explained: Explained[] = [
    ...Array.from(store.rules(event.bus).values(), (record) => {
      return { kind: 'rule', record, place: targetNames.get(record.Arn)?.place } as const;
    }),
    ...routes.subscriptions(event.bus),
  ];
  return explainEvent(event, explained);
}
