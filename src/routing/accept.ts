import type { Clock } from '../base/clock/clock.js';
import type { BusEvent } from '../events/bus-event.js';
import type { Origin } from '../events/ingest.js';
import { type Entrance, findPassage, takePassage, throwObjection } from './passage.js';
import type { Routes } from './routes.js';

/**
 * Lets one event in: what stands behind the port Ingest. Throws what strictness objects to; that the rules it is meant for
 * do not match it is no objection.
 */
export function accept(
  context: Entrance & { readonly clock: Clock; readonly routes: Routes },
  event: BusEvent,
  origin: Origin,
  rules?: ReadonlySet<string>,
): void {
  const passage = findPassage(context.routes, event, rules);
  const now = context.clock.now();
  if (rules === undefined || passage.routes === undefined) throwObjection([passage], now, context.report);
  takePassage(passage, origin, now, context);
}
