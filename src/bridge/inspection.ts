import type { Dispatcher } from '../delivery/dispatcher.js';
import type { EventHistory } from '../history/history.js';
import type { Observers } from '../history/observers.js';
import type { Routes } from '../routing/routes.js';
import type { Store } from '../state/store.js';
import type { LogGroups } from '../targets/log-group.js';
import type { Queues } from '../targets/queue.js';
import type { Citation } from '../targets/target-kind.js';

/** Found by symbol, so that it is no part of what people type, and so that a second copy of the package finds it too. */
const inspection = Symbol.for('footbridge.inspection');

/** What assertions read of a bridge or of one of its buses, at one moment. */
export interface Inspection {
  readonly history: EventHistory;
  /** False if the history keeps nothing. */
  readonly isRecorded: boolean;
  readonly observers: Observers;
  readonly store: Store;
  readonly routes: Routes;
  readonly inFlight: Dispatcher;
  readonly queues: Queues;
  readonly logGroups: LogGroups;
  /** What handles targets, by ARN. */
  readonly functions: ReadonlyMap<string, unknown>;
  /** What templates say, by ARN. */
  readonly citations: ReadonlyMap<string, Citation>;
  /** Name of the bus, if it is one. */
  readonly bus: string | undefined;
}

export function inspectable<Inspected extends object>(inspected: Inspected, inspect: () => Inspection): Inspected {
  return Object.defineProperty(inspected, inspection, { value: inspect });
}

/** `undefined` for what is neither a bridge of this process nor one of its buses. */
export function inspect(value: unknown): Inspection | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const look: unknown = Reflect.get(value, inspection);
  return typeof look === 'function' ? (look() as Inspection) : undefined;
}
