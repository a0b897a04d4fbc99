import type { Home } from '../../base/arn.js';
import { systemClock } from '../../base/clock/clock.js';
import { isServiceError } from '../../base/service-error.js';
import { defaultLimits } from '../../bridge/create-bridge.js';
import { busNameOf } from '../../core/bus-names.js';

import { BusEvent } from '../../events/bus-event.js';
import { isTooLarge, type PutEventsRequestEntry } from '../../events/entry.js';
import { completeEvent, type PartialEnvelope } from '../../events/partial-envelope.js';
import { type Detail, type EntryIssue, readDetail, validateEntry } from '../../events/validate-entry.js';

import { UsageError } from '../command-io.js';
import { detailText, type InputEvent } from '../input-events.js';
import { readMembers, toEntry } from '../to-entry.js';

/** An event as its rules would see it, and how it was read. */
export interface ExplainInput {
  readonly place: string;
  /** What it was read as: `an event in body`. */
  readonly form: string;
  /** The members that were not there. */
  readonly filledIn: readonly string[];
  /** What was taken for something else, each in a sentence. */
  readonly guesses: readonly string[];
  /** The names of members that nothing is made of. */
  readonly leftOut: readonly string[];
  readonly bus: string;
  readonly busIsNamed: boolean;
  /** Why PutEvents refuses the entry, instead of the event. */
  readonly refusal: EntryIssue | undefined;
  readonly event: BusEvent | undefined;
}

const placeholderId = () => '00000000-0000-0000-0000-000000000000';
const defaultableMembers = ['id', 'time', 'account', 'region', 'resources'];

/**
 * Reads an entry or event, which gets what it lacks of `home`. `bus` is the one that the command line names. Throws an
 * UnusableInput for an event that cannot be.
 */
export function toExplainInput(given: InputEvent, home: Home, bus: string | undefined): ExplainInput {
  const entry = toEntry(given);
  for (const name of ['Source', 'DetailType', 'EventBusName'] as const) {
    const value: unknown = entry[name];
    if (value === undefined || typeof value === 'string') continue;
    throw new UsageError(`${given.place}: ${name} must be a string, but is ${JSON.stringify(value)?.slice(0, 60)}`);
  }
  const named = bus ?? entry.EventBusName ?? undefined;
  const busName = busNameOf(home, named) ?? String(named).replace(/^.*event-bus\//, '');
  const { members, leftOut, guesses: taken } = readMembers(given);
  const common = { place: given.place, bus: busName, busIsNamed: named !== undefined, leftOut };
  const written = given.value.members;
  const found = given.within.length === 0 ? '' : ` in ${given.within.join('.')}`;

  if (given.kind === 'entry') {
    const isObject = written.get('Detail')?.text.startsWith('{') === true;
    const guesses = isObject ? ['Detail taken for its JSON text'] : [];
    const form = `an entry of PutEvents${found}`;
    const detail = sizeIssue(entry) ?? validateEntry(entry);
    if ('ErrorCode' in detail) {
      return { ...common, form, guesses, filledIn: [], refusal: detail, event: undefined };
    }
    const { Source, DetailType, Resources, Time } = entry;
    const parts = { source: Source, 'detail-type': DetailType, resources: Resources, time: Time } as PartialEnvelope;
    return {
      ...common,
      form,
      guesses,
      filledIn: [],
      refusal: undefined,
      event: createEvent({ ...common, home }, parts, detail),
    };
  }

  const text = detailText(given) ?? '{}';
  const detail = readDetail(text);
  if (detail === undefined) {
    throw new UsageError(`${given.place}: detail must be a JSON object, but is ${text.slice(0, 60)}`);
  }
  const { detail: own, ...parts } = members;
  const guesses = [...taken, ...(typeof own === 'string' ? ['detail taken for the object that its text holds'] : [])];
  const filledIn = ['detail', ...defaultableMembers].filter((name) => !Object.hasOwn(members, name));
  const form = `${filledIn.length > 0 ? 'a short event' : 'an event'}${found}`;
  const tooLarge = sizeIssue(entry);
  if (tooLarge !== undefined) return { ...common, form, guesses, filledIn, refusal: tooLarge, event: undefined };
  return {
    ...common,
    form,
    guesses,
    filledIn,
    refusal: undefined,
    event: createEvent({ ...common, home }, parts as unknown as PartialEnvelope, detail),
  };
}

/** Why the entry that an event comes of is refused however few are put with it. */
function sizeIssue({ Source, DetailType, Detail }: PutEventsRequestEntry): EntryIssue | undefined {
  if (!isTooLarge([{ Source, DetailType, Detail }], defaultLimits.requestBytes)) return undefined;
  const ErrorMessage = 'Total size of the entries in the request is over the limit.';
  return { ErrorCode: 'ValidationException', ErrorMessage };
}

/** With the detail's own text. */
function createEvent(
  { place, bus, home }: { place: string; bus: string; home: Home },
  parts: PartialEnvelope,
  detail: Detail,
): BusEvent {
  try {
    return new BusEvent(bus, completeEvent({ home, clock: systemClock, ids: placeholderId }, bus, parts).head, detail);
  } catch (error) {
    if (isServiceError(error)) throw new UsageError(`${place}: ${error.message}`);
    throw error;
  }
}
