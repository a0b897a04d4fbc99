import { type ArchivedEvent, archivedEvent, chooseEvents, replayedEvent } from '../archives/archived-event.js';
import { nextTurn } from '../base/clock/real-timers.js';
import { invalid, isServiceError, ServiceError } from '../base/service-error.js';
import { describeValue, isArray } from '../base/unknown-value.js';
import { completeEvent, type PartialEnvelope } from '../events/partial-envelope.js';
import { findBus } from '../operations/find-record.js';
import type { OperationContext } from '../operations/operation-context.js';
import type { Core } from './core.js';
import { readCallOptions, text } from './read-call-options.js';

/** How `replay` lets events in. */
export interface ReplayOptions {
  /** Name or ARN of the bus. `default`. */
  readonly bus?: string | undefined;
  /** The `replay-name` in the events: 1 to 64 letters, digits, dots, dashes and underscores. `replay`. */
  readonly name?: string | undefined;
}

const checks = {
  bus: text,
  name: {
    holds: (value: unknown) => typeof value === 'string' && /^[.\-_A-Za-z0-9]{1,64}$/.test(value),
    wanted: 'a name of 1 to 64 letters, digits, dots, dashes and underscores',
  },
};
const eventsPerTurn = 100;

/** As a replay of an archive that holds these events. `openCore` throws if the bridge is closed meanwhile. */
export async function replay(
  openCore: () => Core,
  events: readonly PartialEnvelope[],
  options: ReplayOptions | undefined,
): Promise<string[]> {
  const { context } = openCore();
  const { bus: place, name = 'replay' } = readCallOptions('replay', options, checks);
  const bus = findBus(context, place).Name;
  if (!isArray(events)) throw invalid(`replay takes a list of events, but was given ${describeValue(events)}.`);
  const recorded = Array.from(events, (event, index) => ({
    ...recordedEvent(context, bus, event as PartialEnvelope, index),
    index,
  }));
  const chosen = chooseEvents(recorded, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  const ids: string[] = [];
  for (const [place, event] of chosen.entries()) {
    const { context } = openCore();
    const id = context.ids();
    context.ingest(replayedEvent(event, bus, name, id), 'replay');
    ids[event.index] = id;
    if ((place + 1) % eventsPerTurn === 0) await (context.inFlight.nextDispatchTurn() ?? new Promise<void>(nextTurn));
  }
  return ids;
}

function recordedEvent(context: OperationContext, bus: string, input: PartialEnvelope, index: number): ArchivedEvent {
  try {
    const event = completeEvent({ ...context, ids: () => '' }, bus, input);
    return archivedEvent(event, context.clock.now());
  } catch (error) {
    if (!isServiceError(error)) throw error;
    throw new ServiceError(error.name, error.message.replace(/^The event/, `Event ${index}`));
  }
}
