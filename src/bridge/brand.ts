import { invalid } from '../base/service-error.js';
import type { Citation } from '../targets/target-kind.js';
import type { Overview } from './overview.js';
import type { Chaos, ChaosOptions } from './start-chaos.js';

/** Marks a bridge, also one of a second copy of the package. */
export const brand = Symbol.for('footbridge.bridge');

/** What functions beside the bridge can do with it. Other copies of the package call these: members are only added. */
export interface Inside {
  readonly overview: () => Overview;
  /** The options were checked before. */
  readonly disturb: (options: ChaosOptions) => Chaos;
  /** Gives a queue, a topic or a function a resource-based policy, which deliveries to it then need. */
  readonly setPolicy: (arn: string, policy: string | object) => void;
  /** Cites a template for what has an ARN: see `nameTarget`. */
  readonly nameTarget: (arn: string, citation: Citation) => void;
}

export function isBridge(value: unknown): boolean {
  try {
    return typeof value === 'object' && value !== null && brand in value;
  } catch {
    return false;
  }
}

/** Throws a ValidationException for what is no bridge. */
export function inside(value: unknown, asker: string): Inside {
  const found: unknown = isBridge(value) ? (value as { [brand]: unknown })[brand] : undefined;
  if (typeof found === 'object' && found !== null) return found as Inside;
  throw invalid(`${asker}: a bridge is needed, made by createBridge or sharedBridge.`);
}
