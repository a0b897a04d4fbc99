import { isBusArn } from '../base/arn.js';
import { TargetError } from '../base/target-error.js';
import { attemptResult, createFailure } from '../delivery/outcome.js';
import { type Receiver, unlimited } from '../delivery/recipient.js';
import type { Ingest } from '../events/ingest.js';
import { preferHandler } from './function.js';
import type { TargetKind } from './target-kind.js';

/** Where a bus target finds its bus. */
export interface BusFinder {
  /** Returns the name of the bus of this ARN, `undefined` if this bridge has none. */
  find(arn: string): string | undefined;
  readonly ingest: Ingest;
}

/** Other buses of this bridge. */
export function busTargets(buses: BusFinder): TargetKind {
  return {
    accepts: isBusArn,
    receiver: (target, host) => preferHandler(busReceiver(target.arn, buses), target, host),
  };
}

function busReceiver(arn: string, { find, ingest }: BusFinder): Receiver {
  return {
    attemptOptions: unlimited,
    attempt: ({ event }) => {
      const bus = find(arn);
      if (bus === undefined) {
        const message = `The event bus ${arn} does not exist on this bridge.`;
        return { kind: 'failure', failure: createFailure('unhandled', 'NO_RESOURCE', message) };
      }
      return attemptResult(() => {
        if (event.hasHopped) throw secondHop(event.id);
        ingest(event.hop(bus), 'bus');
      });
    },
  };
}

/** An event may be forwarded once only. The sentence is AWS's, recorded. */
export function secondHop(id: string): TargetError {
  return new TargetError('THIRD_ACCOUNT_HOP_DETECTED', {
    message: `Event ingestion rejected for event ${id} because an event can be sent to an event bus target only once. This event was previously delivered to an event bus target.`,
  });
}
