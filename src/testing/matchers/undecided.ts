import { pluralize } from '../../base/describe.js';
import type { Delivery } from '../../delivery/delivery.js';
import { deliveries, isOrAre, paragraph } from '../layout.js';
import { fail, type MatcherCall, type MatcherResult } from '../matcher-call.js';
import type { Subject } from '../subject.js';

/**
 * Fails while deliveries are in flight: what they do may still make happen what is asserted not to have happened. `to` selects
 * the deliveries that concern the assertion.
 */
export function failIfInFlight(
  call: MatcherCall,
  { inFlight, observers }: Subject,
  to?: { readonly name: string; readonly concerns: (delivery: Delivery) => boolean },
): MatcherResult | undefined {
  const { inFlight: active, waiting } = inFlight.pending;
  if (active.length === 0 && !observers.hasBacklog) return undefined;
  const concerned = to === undefined ? active : active.filter(to.concerns);
  const isNamed = to !== undefined && concerned.length > 0;
  const shown = isNamed ? concerned : active;
  const recipient = isNamed ? ` to ${JSON.stringify(to.name)}` : '';
  const retries = (isNamed ? waiting.filter(to.concerns) : waiting).length;
  return fail(
    call,
    paragraph(
      `Can't say yet: ${deliveries(shown.length)}${recipient} ${isOrAre(shown.length)} in flight, ` +
        `${retries} ${isOrAre(retries)} waiting for a retry. Add \`await bridge.idle()\` before this line.`,
    ),
  );
}

/** Fails if the history does not have everything that happened. */
export function failIfEvicted(call: MatcherCall, { history, isRecorded }: Subject): MatcherResult | undefined {
  if (!isRecorded) return failWithoutHistory(call);
  if (history.evicted === 0) return undefined;
  return fail(
    call,
    paragraph(
      `Can't say: the ${pluralize(history.evicted, 'oldest event')} left the history. Keep more: \`createBridge({ history: … })\`.`,
    ),
  );
}

/** Fails because every assertion about the past needs a history. */
export function failWithoutHistory(call: MatcherCall): MatcherResult {
  return fail(
    call,
    paragraph("Can't say: this bridge keeps no history. Remove `history: 0` from the options of createBridge."),
  );
}

/** Says that retries are due, which may change what failed. */
export function describeWaitingRetries(waiting: number): string[] {
  if (waiting === 0) return [];
  const verb = waiting === 1 ? 'waits' : 'wait';
  return [paragraph(`${deliveries(waiting)} ${verb} for a retry: \`await bridge.drain()\` runs all retries.`)];
}
