import type { Citation } from '../targets/target-kind.js';
import { inside } from './brand.js';
import type { Bridge } from './bridge.js';

/** Lets a bridge, and assertions about it, cite a template where they speak of what has this ARN. */
export function nameTarget(bridge: Bridge, arn: string, citation: Citation): void {
  inside(bridge, 'loadTemplate').nameTarget(arn, citation);
}
