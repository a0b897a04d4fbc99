import type { Delivery } from '../delivery/delivery.js';
import { count, paragraph } from './layout.js';
import { type Call, failing, type MatcherResult } from './matcher.js';
import type { Subject } from './subject.js';

/**
 * Why nothing can be said yet of what has not happened: deliveries are under way, and what they do may still make it happen.
 * `to` names those that concern the assertion.
 */
export function notYet(
  call: Call,
  { inFlight, observers }: Subject,
  to?: { readonly name: string; readonly concerns: (delivery: Delivery) => boolean },
): MatcherResult | undefined {
  const { active, waiting } = inFlight.unfinished;
  if (active.length === 0 && !observers.isBehind) return undefined;
  const named = to === undefined ? active : active.filter(to.concerns);
  const isNamed = to !== undefined && named.length > 0;
  const shown = isNamed ? named : active;
  const whom = isNamed ? ` to ${JSON.stringify(to.name)}` : '';
  const late = (isNamed ? waiting.filter(to.concerns) : waiting).length;
  return failing(
    call,
    paragraph(
      `Can't say yet: ${count(shown.length, 'delivery', 'deliveries')}${whom} ${shown.length === 1 ? 'is' : 'are'} in flight, ` +
        `${late} ${late === 1 ? 'is' : 'are'} waiting for a retry. Add \`await bridge.idle()\` before this line.`,
    ),
  );
}

/** Why nothing can be said of what has not happened: the history does not know everything. */
export function notAnyMore(call: Call, { history, isRecorded }: Subject): MatcherResult | undefined {
  if (!isRecorded) return unrecorded(call);
  if (history.evicted === 0) return undefined;
  return failing(
    call,
    paragraph(
      `Can't say: the history has evicted its ${count(history.evicted, 'oldest event')}. Let it keep more: \`createBridge({ history: … })\`.`,
    ),
  );
}

/** What every assertion about the past needs. */
export function unrecorded(call: Call): MatcherResult {
  return failing(
    call,
    paragraph("Can't say: this bridge keeps no history. Leave `history: 0` out of the options of createBridge."),
  );
}

/** What may yet come of deliveries that wait for their time. */
export function describeWaiting(waiting: number): string[] {
  if (waiting === 0) return [];
  const who = count(waiting, 'delivery waits', 'deliveries wait');
  return [paragraph(`${who} for a retry: \`await bridge.drain()\` makes them all.`)];
}
