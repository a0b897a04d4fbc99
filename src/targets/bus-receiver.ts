import { TargetError } from '../base/target-error.js';
import { failedBy, makeFailure } from '../delivery/outcome.js';
import type { Receiver } from '../delivery/recipient.js';
import type { Ingest } from '../events/ingest.js';
import { unbounded } from './handler-options.js';

/** Where a bus target finds its bus. */
export interface BusFinder {
  /** The name of the bus of this ARN, `undefined` if there is none here. */
  find(arn: string): string | undefined;
  readonly ingest: Ingest;
}

/** Delivers to another bus of this bridge. An event may go from bus to bus once only, as on AWS. */
export function busReceiver(arn: string, { find, ingest }: BusFinder): Receiver {
  return {
    refuse: () =>
      find(arn) === undefined
        ? makeFailure('unhandled', 'NO_RESOURCE', `The event bus ${arn} does not exist on this bridge.`)
        : undefined,
    terms: () => unbounded,
    attempt: ({ event }) => {
      if (event.hasHopped) throw secondHop(event.id);
      ingest(event.hop(find(arn) as string), 'bus');
    },
    judge: failedBy,
  };
}

/** The sentence as recorded. */
export function secondHop(id: string): TargetError {
  return new TargetError('THIRD_ACCOUNT_HOP_DETECTED', {
    message: `Event ingestion rejected for event ${id} because an event can be sent to an event bus target only once. This event was previously delivered to an event bus target.`,
  });
}
