import { findShared, sharedOn } from '../base/copies.js';
import { createDisposable, type DisposableHandle } from '../base/disposable.js';
import { invalid } from '../base/service-error.js';
import type { Collection } from '../core/collections.js';
import type { RoutingTable } from '../core/routing-table.js';
import type { Dispatcher } from '../delivery/dispatcher.js';
import type { EventHistory } from '../history/history.js';
import type { Observers } from '../history/observers.js';
import type { BusRecord } from '../resources/event-buses/event-bus-record.js';
import type { RuleRecord } from '../resources/rules/rule-record.js';
import type { LogGroups } from '../targets/log-group.js';
import type { Queues } from '../targets/queue.js';
import type { Citation } from '../targets/target-kind.js';
import type { BridgeOverview } from './overview.js';

/** Marks a bridge, also one of a second copy of the package. */
export const bridgeBrand = Symbol.for('footbridge.bridge');

/** What functions beside the bridge can do with it. Other copies of the package call these: members are only added. */
export interface BridgeInternals {
  readonly overview: () => BridgeOverview;
  /** Starts chaos; absent without the plugin `faults`. The options were checked before. */
  readonly disturb?: (options: object) => never;
  /** Gives a queue, a topic or a function a resource-based policy; absent without the plugin `resourcePolicies`. */
  readonly setPolicy?: (arn: string, policy: string | object) => void;
  /** Cites a template for what has an ARN: see `nameTarget`. */
  readonly nameTarget: (arn: string, citation: Citation) => void;
}

export function isBridge(value: unknown): boolean {
  try {
    return typeof value === 'object' && value !== null && bridgeBrand in value;
  } catch {
    return false;
  }
}

/** Throws a ValidationException for what is no bridge. */
export function internalsOf(value: unknown, asker: string): BridgeInternals {
  const found: unknown = isBridge(value) ? (value as { [bridgeBrand]: unknown })[bridgeBrand] : undefined;
  if (typeof found === 'object' && found !== null) return found as BridgeInternals;
  throw invalid(`${asker}: a bridge is needed, made by createBridge or sharedBridge.`);
}

/** Found by symbol, so that it is no part of what people type, and so that a second copy of the package finds it too. */
const inspection = Symbol.for('footbridge.inspection');

/** The records that assertions read. */
export interface InspectedStore {
  readonly buses: Collection<BusRecord>;
  /** The rules of a bus, which must exist. */
  rules(bus: string): Collection<RuleRecord>;
}

/** What assertions read of a bridge or of one of its buses, at one moment. */
export interface Inspection {
  readonly history: EventHistory;
  /** False if the history keeps nothing. */
  readonly isRecorded: boolean;
  readonly observers: Observers;
  readonly store: InspectedStore;
  readonly routes: RoutingTable;
  readonly inFlight: Dispatcher;
  readonly queues: Pick<Queues, 'arns' | 'get'>;
  readonly logGroups: Pick<LogGroups, 'arns'>;
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

/** Who puts something back on a bridge after each of its resets. */
const listeners = 'resetListeners';

/** Called after each reset of this bridge, until disposed. */
export function onReset(bridge: object, listener: () => void): DisposableHandle {
  const own = sharedOn(bridge, listeners, () => new Set<() => void>());
  own.add(listener);
  return createDisposable(() => own.delete(listener));
}

export function emitReset(bridge: object): void {
  for (const listener of findShared<Set<() => void>>(bridge, listeners) ?? []) listener();
}

/** Lets a bridge, and assertions about it, cite a template where they speak of what has this ARN. */
export function registerTemplateSource(bridge: object, arn: string, citation: Citation): void {
  internalsOf(bridge, 'loadTemplate').nameTarget(arn, citation);
}
