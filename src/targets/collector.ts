import { failedBy } from '../delivery/outcome.js';
import type { Receiver } from '../delivery/recipient.js';
import { unbounded } from './handler-options.js';

/** What takes every event at once and without fail, as queues and log groups do. */
export function collector(take: (body: string) => void): Receiver {
  return { refuse: () => undefined, terms: () => unbounded, attempt: ({ body }) => take(body), judge: failedBy };
}
