import type { SchedulingClock } from '../base/clock/clock.js';
import type { RoutingReport } from '../core/routing-plan.js';
import type { DeliveryEvents } from '../delivery/dispatcher.js';
import type { EventHistory } from '../history/history.js';
import type { HistoryEntry } from '../history/history-entry.js';
import type { Observers } from '../history/observers.js';
import { DetailValidator } from './detail-validator.js';
import { InvalidDetailError } from './invalid-detail-error.js';
import type { Settings } from './options.js';
import { type DeferredErrors, type FailureEntry, PolicyEnforcer } from './violations.js';

/** What hears of everything that happens on a bridge. */
export interface Listeners {
  /** Absent without the plugin `history`. */
  readonly history: EventHistory | undefined;
  readonly observers: Observers;
}

/** Where each part of a bridge reports what happens in it: the listeners are told, and strictness is carried out. */
export interface Reports {
  readonly routing: RoutingReport;
  readonly deliveries: DeliveryEvents;
  readonly details: DetailValidator;
  /** How many deliveries have ended, by outcome. */
  readonly counts: OutcomeCounts;
}

export interface OutcomeCounts {
  delivered: number;
  deadLettered: number;
  failed: number;
}

export const zeroCounts: Readonly<OutcomeCounts> = { delivered: 0, deadLettered: 0, failed: 0 };

const countKeys = { delivered: 'delivered', 'dead-lettered': 'deadLettered', failed: 'failed' } as const;

/** What strictness objects to and no call can throw goes to `failures`. */
export function createReporter(
  settings: Settings,
  clock: Pick<SchedulingClock, 'now'>,
  listeners: Listeners,
  failures: DeferredErrors,
): Reports {
  const objections = new PolicyEnforcer(settings);
  const counts = { ...zeroCounts };
  const note = (fact: HistoryEntry, at = clock.now()): void => {
    listeners.history?.add(fact, at);
    listeners.observers.notify(fact, at);
  };
  const keep = (error: Error | undefined): void => {
    if (error !== undefined) failures.add(error);
  };
  const noteFailure = (fact: FailureEntry): void => {
    note(fact);
    failures.capture(() => keep(objections.checkFailure(fact)));
  };
  const details = new DetailValidator(settings.events, settings, {
    refused: (facts, invalid) => {
      for (const fact of facts) note(fact);
      if (settings.onInvalidDetail === 'error') throw new InvalidDetailError(invalid);
      const errors = facts.map((fact) => objections.checkDetail(fact));
      const first = errors.find((error) => error !== undefined);
      if (first !== undefined) throw first;
    },
    entered: (fact) =>
      failures.capture(() => {
        note(fact);
        keep(objections.checkDetail(fact));
      }),
  });
  return {
    counts,
    routing: {
      accepted: (event, origin, at, isChecked) => {
        note({ kind: 'accepted', event, origin }, at);
        // One that comes from another bus was checked there.
        if (isChecked !== true && origin !== 'bus' && origin !== 'restore') details.checkAccepted(event);
      },
      rejected: (bus, index, entry, issue, at) => note({ kind: 'rejected', bus, index, entry, issue }, at),
      dropped: (event, at) => note({ kind: 'dropped', event }, at),
      matched: (event, matching, at) => note({ kind: 'matched', event, routes: matching }, at),
      unmatched: (event, isRefused, at) => note({ kind: 'unmatched', event, isRefused }, at),
      violationOf: (plan) => objections.checkPlan(plan),
    },
    deliveries: {
      onEnd: (delivery, outcome) => {
        counts[countKeys[outcome.kind]]++;
        const { attempts } = delivery;
        if (outcome.kind === 'delivered') note({ kind: 'delivered', delivery, attempts });
        else noteFailure({ kind: outcome.kind, delivery, attempts, outcome } as FailureEntry);
      },
      onRetry: (delivery, failure, at) =>
        note({ kind: 'retrying', delivery, attempts: delivery.attempts, failure, error: failure.error, at }),
      onFunctionError: (delivery, error, at) => {
        const { attempts } = delivery;
        if (at === undefined) noteFailure({ kind: 'function-error', delivery, attempts, error });
        else note({ kind: 'retrying', delivery, attempts, failure: undefined, error, at });
      },
    },
    details,
  };
}
