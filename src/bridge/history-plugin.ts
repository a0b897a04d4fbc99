import type { BridgeAccess, Plugin } from '../core/plugin.js';
import { EventHistory, type History } from '../history/history.js';
import { describeNearestInHistory } from './nearest-in-history.js';

/** The history of a bridge. */
export interface HistoryAccess {
  /** What was accepted, rejected, dropped, matched and delivered. */
  readonly history: History;
  /** Empties the history and starts counting deliveries anew. */
  resetHistory(): void;
}

/**
 * Keeps what happens on the bridge.
 *
 * @param events - How many events are kept, and as many calls; 0 keeps none, Infinity all.
 */
export function history(events = 10_000): Plugin<object, HistoryAccess> {
  return {
    name: 'history',
    members: ({ host, resetHistory, setHistory }: BridgeAccess): HistoryAccess => {
      const recorded = new EventHistory(
        events,
        () => Object.values(host().inFlight.list()).flat(),
        () => Object.keys(host().operations),
      );
      setHistory(recorded, (pattern) => describeNearestInHistory(recorded, pattern));
      return { history: recorded, resetHistory };
    },
  };
}
