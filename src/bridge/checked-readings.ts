import type { Clock } from '../base/clock.js';
import { describeValue } from '../base/describe-value.js';
import { formatTime, readTime } from '../events/event-time.js';

/** A clock of which every reading is a time that an envelope can hold; one that is not throws an Error that says so. */
export function checkedClock(clock: Clock): Clock {
  return {
    now: () => {
      const now: unknown = clock.now();
      if (typeof now === 'number' && readTime(now / 1000) !== undefined) return now;
      const found = typeof now === 'number' ? String(now) : describeValue(now);
      const last = formatTime(253_402_300_799);
      throw new Error(`clock.now() must answer milliseconds since 1970, up to ${last}, but answered ${found}.`);
    },
  };
}

/** A source of ids that answers texts; anything else throws an Error that says so. */
export function checkedIds(ids: () => string): () => string {
  return () => {
    const id: unknown = ids();
    if (typeof id === 'string' && id !== '') return id;
    throw new Error(
      `ids() must answer a text that is not empty, but answered ${id === '' ? '""' : describeValue(id)}.`,
    );
  };
}
