import { isBusArn, parseArn } from '../base/arn.js';
import { TargetError } from '../base/target-error.js';
import { attemptResult, createFailure, type Failure } from '../delivery/outcome.js';
import { type Receiver, unlimited } from '../delivery/recipient.js';
import type { Ingest } from '../events/ingest.js';
import { preferHandler } from './function.js';
import type { RuleTarget, TargetKind } from './target-kind.js';

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
    receiver: (target, host) => preferHandler(busReceiver(target, buses), target, host),
  };
}

function busReceiver({ arn, ruleArn }: RuleTarget, { find, ingest }: BusFinder): Receiver {
  return {
    attemptOptions: unlimited,
    attempt: ({ event }) => {
      const bus = find(arn);
      if (bus === undefined) return { kind: 'failure', failure: noBus(arn, ruleArn) };
      return attemptResult(() => {
        if (event.isForwarded) throw secondHop(event.id);
        ingest(event.forwardTo(bus), 'bus');
      });
    },
  };
}

/** Captured: a bus of another account gives this code and sentence; one of the own account that does not exist gives nothing. */
function noBus(arn: string, ruleArn: string): Failure {
  if (parseArn(arn)?.account !== parseArn(ruleArn)?.account) {
    return createFailure('unhandled', 'NO_PERMISSIONS', 'Lack of permissions to invoke cross account target.');
  }
  const message = `The event bus ${arn} does not exist on this bridge.`;
  const hint = 'On AWS nothing reports this: there is no dead letter either.';
  return { ...createFailure('unhandled', 'NO_RESOURCE', message), hint, isSilent: true };
}

/** An event may be forwarded once only. The sentence is AWS's, recorded. */
export function secondHop(id: string): TargetError {
  return new TargetError('THIRD_ACCOUNT_HOP_DETECTED', {
    message: `Event ingestion rejected for event ${id} because an event can be sent to an event bus target only once. This event was previously delivered to an event bus target.`,
  });
}
