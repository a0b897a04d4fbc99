import { completeEvent, type PartialEnvelope } from '../events/partial-envelope.js';
import { type EventExplanation, type Explained, explainEvent } from '../history/explain-event.js';
import type { EventHistory } from '../history/history.js';
import type { OperationContext } from '../operations/operation-context.js';
import { busNameOf } from '../state/bus-name.js';

const noId = () => '00000000-0000-0000-0000-000000000000';

/** Explains an event on the bus where the history has it, unless another is named. */
export function explain(
  context: OperationContext,
  history: EventHistory,
  input: PartialEnvelope,
  bus: string | undefined,
): EventExplanation {
  const { clock, home, store, routes } = context;
  const known = history.accepted().find((event) => event.head.id === input?.id && (bus ?? event.bus) === event.bus);
  const event = known ?? completeEvent({ clock, home, ids: noId }, busNameOf(home, bus) ?? String(bus), input);
  if (store.bus(event.bus) === undefined) return explainEvent(event, undefined);
  const explained: Explained[] = [
    ...Array.from(store.rules(event.bus).values(), (record) => ({ kind: 'rule', record }) as const),
    ...routes.subscriptions(event.bus),
  ];
  return explainEvent(event, explained);
}
