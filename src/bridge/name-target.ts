import type { Citation } from '../targets/citation.js';
import type { Bridge } from './bridge.js';

/** Found on a bridge, also on one of a second copy of the package. */
export const targetNamer = Symbol.for('footbridge.targetNamer');

type NameTarget = (arn: string, citation: Citation) => void;

/** Lets a bridge, and assertions about it, cite a template where they speak of what has this ARN. */
export function nameTarget(bridge: Bridge, arn: string, citation: Citation): void {
  (bridge as Partial<Record<typeof targetNamer, NameTarget>>)[targetNamer]?.(arn, citation);
}
