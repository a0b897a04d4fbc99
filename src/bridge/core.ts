import { describeError } from '../base/describe-error.js';
import type { Delivery } from '../delivery/delivery.js';
import { InFlight } from '../delivery/in-flight.js';
import type { Outcome } from '../delivery/outcome.js';
import type { Fact } from '../history/fact.js';
import type { EventHistory } from '../history/history.js';
import type { Observers } from '../history/observers.js';
import { addBus } from '../operations/event-buses.js';
import type { OperationContext } from '../operations/operation-context.js';
import { accept } from '../routing/accept.js';
import { Routes } from '../routing/routes.js';
import { Store } from '../state/store.js';
import { functionReceiver, type TargetFunction } from '../targets/target-function.js';
import { checkedClock, checkedIds } from './checked-readings.js';
import { Failures } from './failures.js';
import { Objections } from './objections.js';
import type { Settings } from './options.js';

/** Everything of a bridge that `reset` makes anew. */
export interface Core {
  readonly context: OperationContext;
  /** By ARN. */
  readonly functions: Map<string, TargetFunction>;
  /** How many deliveries have ended, by outcome. */
  readonly tally: { delivered: number; failed: number };
  /** A name for a subscription that has none. */
  readonly nextName: () => string;
  /** What the next `idle` or `close` rejects with. */
  readonly failures: Failures;
}

/** Composition only: routing and delivery report here, and history, observers and strictness hear of it. */
export function makeCore(settings: Settings, history: EventHistory, observers: Observers): Core {
  const { limits } = settings;
  const clock = checkedClock(settings.clock);
  const ids = checkedIds(settings.ids);
  const home = { account: settings.account, region: settings.region };
  const functions = new Map<string, TargetFunction>();
  const objections = new Objections(settings);
  const tally = { delivered: 0, failed: 0 };
  const failures = new Failures();
  let unnamed = 0;

  const note = (fact: Fact): void => {
    const at = clock.now();
    history.add(fact, at);
    observers.tell(fact, at);
  };
  const noteFailure = (fact: Parameters<Objections['toFailure']>[0]): void => {
    note(fact);
    const error = objections.toFailure(fact);
    if (error !== undefined) failures.add(error);
  };
  const noteEnd = (delivery: Delivery, outcome: Outcome): void => {
    if (outcome.kind === 'failed') {
      noteFailure({ kind: 'failed', delivery, outcome });
      return;
    }
    note({ kind: 'delivered', delivery });
    const { functionError } = outcome;
    if (functionError !== undefined) noteFailure({ kind: 'function-error', delivery, error: functionError.error });
  };

  const ended = (delivery: Delivery, outcome: Outcome): void => {
    tally[outcome.kind]++;
    try {
      noteEnd(delivery, outcome);
    } catch (error) {
      // No call is there to throw it: the clock is broken, or console.warn throws, as test set-ups make it.
      failures.add(error instanceof Error ? error : new Error(describeError(error)));
    }
  };

  const routes = new Routes((address) => functionReceiver(address, functions, clock));
  const store = new Store(routes);
  const context: OperationContext = {
    home,
    clock,
    ids,
    limits,
    routes,
    store,
    inFlight: new InFlight(ended),
    ingest: (event, origin) => accept(context, event, origin),
    report: {
      accepted: (event, origin) => note({ kind: 'accepted', event, origin }),
      rejected: (bus, index, entry, issue) => note({ kind: 'rejected', bus, index, entry, issue }),
      dropped: (event) => note({ kind: 'dropped', event }),
      matched: (event, matching) => note({ kind: 'matched', event, routes: matching }),
      unmatched: (event, isRefused) => note({ kind: 'unmatched', event, isRefused }),
      objection: (passage) => objections.toPassage(passage),
    },
  };
  for (const name of new Set(['default', ...settings.buses])) addBus(context, name);
  return { context, functions, tally, nextName: () => `subscription-${++unnamed}`, failures };
}
