import { nextTurn } from '../../base/clock/real-timers.js';
import { invalid, isServiceError, ServiceError } from '../../base/service-error.js';
import { describeValue, isArray } from '../../base/unknown-value.js';
import { readCallOptions, text } from '../../core/call-options.js';
import type { BridgeAccess, Host } from '../../core/plugin.js';
import { completeEnvelope, type PartialEnvelope } from '../../events/partial-envelope.js';
import { type ArchivedEvent, archivedEvent, replayedEvent, selectEvents } from '../archives/archive-contents.js';
import { findBus } from '../event-buses/event-bus-record.js';

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

/** The replay of recorded events. */
export interface RecordedReplay {
  /**
   * Replays recorded envelopes, as StartReplay does with those of an archive. It is not StartReplay: it makes no replay to describe.
   *
   * They come by the minutes of their times, each with a new id and a `replay-name`, and are never archived. What an envelope lacks
   * is filled in as by `inject`. Nothing is replayed if one of them is invalid; an `'error'` of the violation policies throws when
   * its event is reached.
   *
   * @returns The new ids, in the order of the events given.
   * @throws {ValidationException} when an event is invalid.
   * @throws {ResourceNotFoundException} when the bus does not exist.
   */
  replay(events: readonly PartialEnvelope[], options?: ReplayOptions): Promise<string[]>;
}

export function recordedReplay({ openHost }: BridgeAccess): RecordedReplay {
  return { replay: (events, options) => replay(openHost, events, options) };
}

/** `openHost` throws if the bridge is closed meanwhile. */
async function replay(
  openHost: () => Host,
  events: readonly PartialEnvelope[],
  options: ReplayOptions | undefined,
): Promise<string[]> {
  const host = openHost();
  const { bus: place, name = 'replay' } = readCallOptions('replay', options, checks);
  const bus = findBus(host, place).Name;
  if (!isArray(events)) throw invalid(`replay takes a list of events, but was given ${describeValue(events)}.`);
  const recorded = Array.from(events, (event, index) => ({
    ...recordedEvent(host, bus, event as PartialEnvelope, index),
    index,
  }));
  const chosen = selectEvents(recorded, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  const ids: string[] = [];
  for (const [place, event] of chosen.entries()) {
    const host = openHost();
    const id = host.ids();
    host.ingest(replayedEvent(event, bus, name, id), 'replay');
    ids[event.index] = id;
    if ((place + 1) % eventsPerTurn === 0) await (host.inFlight.nextDispatchTurn() ?? new Promise<void>(nextTurn));
  }
  return ids;
}

function recordedEvent(host: Host, bus: string, input: PartialEnvelope, index: number): ArchivedEvent {
  try {
    const event = completeEnvelope({ ...host, ids: () => '' }, bus, input);
    return archivedEvent(event, host.clock.now());
  } catch (error) {
    if (!isServiceError(error)) throw error;
    throw new ServiceError(error.name, error.message.replace(/^The event/, `Event ${index}`));
  }
}
