import type { TimedClock } from '../base/clock/clock.js';
import type { DeliveryEvents } from '../delivery/dispatcher.js';
import type { Fact } from '../history/fact.js';
import type { EventHistory } from '../history/history.js';
import type { Observers } from '../history/observers.js';
import type { RoutingReport } from '../routing/passage.js';
import type { DetailReport } from './detail-checks.js';
import type { Failures } from './failures.js';
import { InvalidDetailError } from './invalid-detail-error.js';
import { type FailureFact, Objections } from './objections.js';
import type { Settings } from './options.js';

/** What hears of everything that happens on a bridge. */
export interface Listeners {
  readonly history: EventHistory;
  readonly observers: Observers;
}

/** Where each part of a bridge reports what happens in it: the listeners are told, and strictness is carried out. */
export interface Reports {
  readonly routing: RoutingReport;
  readonly deliveries: DeliveryEvents;
  readonly details: DetailReport;
  /** How many deliveries have ended, by outcome. */
  readonly tally: Tally;
}

export interface Tally {
  delivered: number;
  deadLettered: number;
  failed: number;
}

export const noneEnded: Readonly<Tally> = { delivered: 0, deadLettered: 0, failed: 0 };

const tallied = { delivered: 'delivered', 'dead-lettered': 'deadLettered', failed: 'failed' } as const;

/** What strictness objects to and no call can throw goes to `failures`. */
export function makeReports(
  settings: Settings,
  clock: Pick<TimedClock, 'now'>,
  { history, observers }: Listeners,
  failures: Failures,
): Reports {
  const objections = new Objections(settings);
  const tally = { ...noneEnded };
  const note = (fact: Fact, at = clock.now()): void => {
    history.add(fact, at);
    observers.tell(fact, at);
  };
  const keep = (error: Error | undefined): void => {
    if (error !== undefined) failures.add(error);
  };
  const noteFailure = (fact: FailureFact): void => {
    note(fact);
    failures.guard(() => keep(objections.toFailure(fact)));
  };
  return {
    tally,
    routing: {
      accepted: (event, origin, at) => note({ kind: 'accepted', event, origin }, at),
      rejected: (bus, index, entry, issue, at) => note({ kind: 'rejected', bus, index, entry, issue }, at),
      dropped: (event, at) => note({ kind: 'dropped', event }, at),
      matched: (event, matching, at) => note({ kind: 'matched', event, routes: matching }, at),
      unmatched: (event, isRefused, at) => note({ kind: 'unmatched', event, isRefused }, at),
      objection: (passage) => objections.toPassage(passage),
    },
    deliveries: {
      onEnd: (delivery, outcome) => {
        tally[tallied[outcome.kind]]++;
        const { attempts } = delivery;
        if (outcome.kind === 'delivered') note({ kind: 'delivered', delivery, attempts });
        else noteFailure({ kind: outcome.kind, delivery, attempts, outcome } as FailureFact);
      },
      onRetry: (delivery, failure, at) =>
        note({ kind: 'retrying', delivery, attempts: delivery.attempts, failure, error: failure.error, at }),
      onFunctionError: (delivery, error, at) => {
        const { attempts } = delivery;
        if (at === undefined) noteFailure({ kind: 'function-error', delivery, attempts, error });
        else note({ kind: 'retrying', delivery, attempts, failure: undefined, error, at });
      },
    },
    details: {
      refused: (facts, invalid) => {
        for (const fact of facts) note(fact);
        if (settings.onInvalidDetail === 'error') throw new InvalidDetailError(invalid);
        const errors = facts.map((fact) => objections.toInvalidDetail(fact));
        const first = errors.find((error) => error !== undefined);
        if (first !== undefined) throw first;
      },
      entered: (fact) =>
        failures.guard(() => {
          note(fact);
          keep(objections.toInvalidDetail(fact));
        }),
    },
  };
}
