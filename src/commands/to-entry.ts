import { escapeLine } from '../base/escape-controls.js';
import type { PutEventsRequestEntry } from '../events/entry.js';
import { envelopeMembers, readTime } from '../events/envelope.js';
import { normalizeName } from '../testing/expectations/pattern-mistake.js';
import { type CommandIo, UsageError } from './command-io.js';
import { detailText, type InputEvent } from './input-events.js';

/** An envelope, or an event for `publish`. Nothing of it has been checked. */
interface InputValue {
  readonly source?: string;
  readonly 'detail-type'?: string;
  readonly resources?: readonly string[];
  readonly bus?: string;
  readonly time?: unknown;
  readonly traceHeader?: string;
}

/** Returns the PutEvents entry for an event. A detail keeps its own JSON text. Throws a UsageError for an invalid time. */
export function toEntry(event: InputEvent): PutEventsRequestEntry {
  const given = readMembers(event).members as InputValue;
  const entry = event.kind === 'entry' ? (JSON.parse(event.value.text) as PutEventsRequestEntry) : undefined;
  const time = entry === undefined ? given.time : entry.Time;
  const Time = time === undefined ? undefined : readTime(time);
  if (time !== undefined && Time === undefined) {
    throw new UsageError(
      `${event.location}: time must be such as "2026-01-02T03:04:05Z", but is ${JSON.stringify(time)}`,
    );
  }
  const Detail = detailText(event);
  if (entry !== undefined) return { ...entry, Detail, Time };
  return {
    Source: given.source,
    DetailType: given['detail-type'],
    Detail,
    Resources: given.resources,
    EventBusName: given.bus,
    TraceHeader: given.traceHeader,
    Time,
  };
}

/** Members that an event for `publish` has in addition to those of an envelope. */
const extraMembers = ['bus', 'traceHeader'];
const eventMembers = [...envelopeMembers, ...extraMembers];
const entryMembers = ['Source', 'DetailType', 'Detail', 'Resources', 'Time', 'EventBusName', 'TraceHeader'];

/** The members of an event or entry. */
export interface ReadMembers {
  /** By the names of an entry, or of an envelope, `bus` and `traceHeader`. */
  readonly members: Readonly<Record<string, unknown>>;
  /** How misspelled names were read, each as a phrase. */
  readonly guesses: readonly string[];
  /** Names of members that are not used. */
  readonly ignored: readonly string[];
}

/**
 * Reads the members of an event. A name that is spelled differently is read as the one that is missing: `detailType`,
 * `EventBusName`. Entries go to the service as they are, so their names are not corrected.
 */
export function readMembers({ kind, value: json }: InputEvent): ReadMembers {
  const given = Object.entries(JSON.parse(json.text) as Record<string, unknown>);
  const known = kind === 'entry' ? entryMembers : eventMembers;
  const members = new Map(given.filter(([name]) => known.includes(name)));
  const guesses: string[] = [];
  const ignored: string[] = [];
  for (const [name, value] of given) {
    if (known.includes(name)) continue;
    const intended = kind === 'entry' ? undefined : intendedName(name);
    if (intended === undefined || members.has(intended)) ignored.push(name);
    else {
      members.set(intended, value);
      guesses.push(`"${name}" taken for "${intended}"`);
    }
  }
  return { members: Object.fromEntries(members), guesses, ignored };
}

function intendedName(name: string): string | undefined {
  const normalized = normalizeName(name);
  return normalized === 'eventbusname' ? 'bus' : eventMembers.find((known) => normalizeName(known) === normalized);
}

/** Logs how the members of events were read, each phrase once. */
export function warnAboutMembers(given: readonly InputEvent[], io: CommandIo): void {
  const logged = new Set<string>();
  for (const event of given) {
    if (event.kind === 'entry') continue;
    const { guesses, ignored } = readMembers(event);
    for (const what of [...guesses, ...ignored.map((name) => `${JSON.stringify(name)} ignored`)]) {
      if (logged.has(what)) continue;
      logged.add(what);
      io.writeError(`footbridge: ${escapeLine(`${event.location}: ${what}`)}\n`);
    }
  }
}
