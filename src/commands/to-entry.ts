import type { PutEventsRequestEntry } from '../events/entry.js';
import { envelopeMembers, readTime } from '../events/envelope.js';
import { type CommandIo, UsageError } from './command-io.js';
import { detailText, type InputEvent } from './input-events.js';
import { plainText } from './terminal.js';

/** An event as it is delivered or as `publish` takes it; nothing of it is checked yet. */
interface InputValue {
  readonly source?: string;
  readonly 'detail-type'?: string;
  readonly resources?: readonly string[];
  readonly bus?: string;
  readonly time?: unknown;
  readonly traceHeader?: string;
}

/** The entry that puts an event; a Detail that is an object keeps its spelling. Throws an UnusableInput for a time that is none. */
export function toEntry(event: InputEvent): PutEventsRequestEntry {
  const given = readMembers(event).members as InputValue;
  const entry = event.kind === 'entry' ? (JSON.parse(event.value.text) as PutEventsRequestEntry) : undefined;
  const time = entry === undefined ? given.time : entry.Time;
  const Time = time === undefined ? undefined : readTime(time);
  if (time !== undefined && Time === undefined) {
    throw new UsageError(`${event.place}: its time is ${JSON.stringify(time)}, no time such as "2026-01-02T03:04:05Z"`);
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

/** What there is beside an envelope when an event is given: `publish` has these. */
const extraMembers = ['bus', 'traceHeader'];
const eventMembers = [...envelopeMembers, ...extraMembers];
const entryMembers = ['Source', 'DetailType', 'Detail', 'Resources', 'Time', 'EventBusName', 'TraceHeader'];

/** The members of an event or entry, and what was made of those that have another name. */
export interface ReadMembers {
  /** By the names of an envelope, `bus` and `traceHeader`, or by those of an entry. */
  readonly members: Readonly<Record<string, unknown>>;
  /** Each in a sentence. */
  readonly guesses: readonly string[];
  /** The names of what nothing is made of. */
  readonly leftOut: readonly string[];
}

/**
 * Reads the members of an event; what is spelled almost like one that is not there is taken for it: `detailType`,
 * `EventBusName`. An entry goes to the service as it is, so nothing is guessed of it.
 */
export function readMembers({ kind, value }: InputEvent): ReadMembers {
  const given = Object.entries(JSON.parse(value.text) as Record<string, unknown>);
  const known = kind === 'entry' ? entryMembers : eventMembers;
  const members = new Map(given.filter(([name]) => known.includes(name)));
  const guesses: string[] = [];
  const leftOut: string[] = [];
  for (const [name, found] of given) {
    if (known.includes(name)) continue;
    const meant = kind === 'entry' ? undefined : intendedName(name);
    if (meant === undefined || members.has(meant)) leftOut.push(name);
    else {
      members.set(meant, found);
      guesses.push(`"${name}" taken for "${meant}"`);
    }
  }
  return { members: Object.fromEntries(members), guesses, leftOut };
}

function intendedName(name: string): string | undefined {
  const spelled = plain(name);
  return spelled === 'eventbusname' ? 'bus' : eventMembers.find((known) => plain(known) === spelled);
}

/** Without case and what stands between words. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, '');
}

/** Says on standard error what is made of the members of events, each thing once. Entries are as the service takes them. */
export function warnAboutMembers(given: readonly InputEvent[], io: CommandIo): void {
  const told = new Set<string>();
  for (const event of given) {
    if (event.kind === 'entry') continue;
    const { guesses, leftOut } = readMembers(event);
    for (const what of [...guesses, ...leftOut.map((name) => `${JSON.stringify(name)} left out`)]) {
      if (told.has(what)) continue;
      told.add(what);
      io.writeError(`footbridge: ${plainText(`${event.place}: ${what}`)}\n`);
    }
  }
}
