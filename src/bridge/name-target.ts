import { inside } from './brand.js';
import type { Bridge } from './bridge.js';

/** Lets a bridge call what stands behind an ARN by other words, where it says that nothing handles it. */
export function nameTarget(bridge: Bridge, arn: string, words: string): void {
  inside(bridge, 'loadTemplate').nameTarget(arn, words);
}
