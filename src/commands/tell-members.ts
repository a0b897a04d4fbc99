import type { CommandIo } from './command-io.js';
import { readMembers } from './event-members.js';
import { plainText } from './plain-text.js';
import type { GivenEvent } from './read-given-events.js';

/** Says on standard error what is made of the members of events, each thing once. Entries are as the service takes them. */
export function tellMembers(given: readonly GivenEvent[], io: CommandIo): void {
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
