import type { OperationContext } from '../core/old-context.js';
import { completeEvent, type PartialEnvelope } from '../events/partial-envelope.js';
import { findBus } from '../resources/event-buses/find-record.js';

/** Fills an event in and lets it in. Answers its id. */
export function inject(context: OperationContext, input: PartialEnvelope, bus: string | undefined): string {
  const event = completeEvent(context, findBus(context, bus).Name, input);
  context.ingest(event, 'inject');
  return event.id;
}
