import { envelopeMembers } from '../events/envelope.js';
import type { GivenEvent } from './read-given-events.js';

/** What there is beside an envelope when an event is given: `publish` has these. */
const besides = ['bus', 'traceHeader'];
const eventMembers = [...envelopeMembers, ...besides];
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
export function readMembers({ kind, value }: GivenEvent): ReadMembers {
  const given = Object.entries(JSON.parse(value.text) as Record<string, unknown>);
  const known = kind === 'entry' ? entryMembers : eventMembers;
  const members = new Map(given.filter(([name]) => known.includes(name)));
  const guesses: string[] = [];
  const leftOut: string[] = [];
  for (const [name, found] of given) {
    if (known.includes(name)) continue;
    const meant = kind === 'entry' ? undefined : meantBy(name);
    if (meant === undefined || members.has(meant)) leftOut.push(name);
    else {
      members.set(meant, found);
      guesses.push(`"${name}" taken for "${meant}"`);
    }
  }
  return { members: Object.fromEntries(members), guesses, leftOut };
}

function meantBy(name: string): string | undefined {
  const spelled = plain(name);
  return spelled === 'eventbusname' ? 'bus' : eventMembers.find((known) => plain(known) === spelled);
}

/** Without case and what stands between words. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, '');
}
