import type { AccountRegion } from '../../base/arn.js';
import { systemClock } from '../../base/clock/clock.js';
import { isServiceError } from '../../base/service-error.js';
import { defaultLimits } from '../../bridge/create-bridge.js';
import { busNameOf } from '../../core/bus-names.js';

import { BusEvent } from '../../events/bus-event.js';
import { isTooLarge, type PutEventsRequestEntry } from '../../events/entry.js';
import { completeEnvelope, type PartialEnvelope } from '../../events/partial-envelope.js';
import { type Detail, type EntryError, parseDetail, validateEntry } from '../../events/validate-entry.js';

import { UsageError } from '../command-io.js';
import { detailText, type InputEvent } from '../input-events.js';
import { readMembers, toEntry } from '../to-entry.js';

/** An event as rules see it, and how it was read. */
export interface ExplainInput {
  readonly location: string;
  /** What it is: `an event in body`. */
  readonly form: string;
  /** Names of members that were missing and got a default. */
  readonly defaulted: readonly string[];
  /** How misspelled names were read, each as a phrase. */
  readonly guesses: readonly string[];
  /** Names of members that are not used. */
  readonly ignored: readonly string[];
  readonly bus: string;
  readonly busIsNamed: boolean;
  /** Why PutEvents rejects the entry. Then there is no event. */
  readonly rejection: EntryError | undefined;
  readonly event: BusEvent | undefined;
}

const placeholderId = () => '00000000-0000-0000-0000-000000000000';
const defaultableMembers = ['id', 'time', 'account', 'region', 'resources'];

/**
 * Reads an entry or event, which gets what it lacks from `home`. `bus` is the one on the command line. Throws a UsageError for an
 * event that cannot exist.
 */
export function toExplainInput(given: InputEvent, home: AccountRegion, bus: string | undefined): ExplainInput {
  const entry = toEntry(given);
  for (const name of ['Source', 'DetailType', 'EventBusName'] as const) {
    const value: unknown = entry[name];
    if (value === undefined || typeof value === 'string') continue;
    throw new UsageError(`${given.location}: ${name} must be a string, but is ${JSON.stringify(value)?.slice(0, 60)}`);
  }
  const named = bus ?? entry.EventBusName ?? undefined;
  const busName = busNameOf(home, named) ?? String(named).replace(/^.*event-bus\//, '');
  const { members, ignored, guesses: corrected } = readMembers(given);
  const common = { location: given.location, bus: busName, busIsNamed: named !== undefined, ignored };
  const { members: inputMembers } = given.value;
  const found = given.within.length === 0 ? '' : ` in ${given.within.join('.')}`;

  if (given.kind === 'entry') {
    const isObject = inputMembers.get('Detail')?.text.startsWith('{') === true;
    const guesses = isObject ? ['Detail taken for its JSON text'] : [];
    const form = `an entry of PutEvents${found}`;
    const detail = sizeIssue(entry) ?? validateEntry(entry);
    if ('ErrorCode' in detail) {
      return { ...common, form, guesses, defaulted: [], rejection: detail, event: undefined };
    }
    const { Source, DetailType, Resources, Time } = entry;
    const parts = { source: Source, 'detail-type': DetailType, resources: Resources, time: Time } as PartialEnvelope;
    return {
      ...common,
      form,
      guesses,
      defaulted: [],
      rejection: undefined,
      event: createEvent({ ...common, home }, parts, detail),
    };
  }

  const text = detailText(given) ?? '{}';
  const detail = parseDetail(text);
  if (detail === undefined) {
    throw new UsageError(`${given.location}: detail must be a JSON object, but is ${text.slice(0, 60)}`);
  }
  const { detail: own, ...parts } = members;
  const guesses = [...corrected, ...(typeof own === 'string' ? ['detail taken for the object in its text'] : [])];
  const defaulted = ['detail', ...defaultableMembers].filter((name) => !Object.hasOwn(members, name));
  const form = `${defaulted.length > 0 ? 'a short event' : 'an event'}${found}`;
  const tooLarge = sizeIssue(entry);
  if (tooLarge !== undefined) return { ...common, form, guesses, defaulted, rejection: tooLarge, event: undefined };
  return {
    ...common,
    form,
    guesses,
    defaulted,
    rejection: undefined,
    event: createEvent({ ...common, home }, parts as unknown as PartialEnvelope, detail),
  };
}

/** Returns why PutEvents rejects the entry even if it is alone in a request. */
function sizeIssue({ Source, DetailType, Detail }: PutEventsRequestEntry): EntryError | undefined {
  if (!isTooLarge([{ Source, DetailType, Detail }], defaultLimits.requestBytes)) return undefined;
  const ErrorMessage = 'Total size of the entries in the request is over the limit.';
  return { ErrorCode: 'ValidationException', ErrorMessage };
}

function createEvent(
  { location, bus, home }: { location: string; bus: string; home: AccountRegion },
  parts: PartialEnvelope,
  detail: Detail,
): BusEvent {
  try {
    return new BusEvent(
      bus,
      completeEnvelope({ home, clock: systemClock, ids: placeholderId }, bus, parts).fields,
      detail,
    );
  } catch (error) {
    if (isServiceError(error)) throw new UsageError(`${location}: ${error.message}`);
    throw error;
  }
}
