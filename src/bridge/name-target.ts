import type { Bridge } from './bridge.js';

/** Found on a bridge, also on one of a second copy of the package. */
export const targetNamer = Symbol.for('footbridge.targetNamer');

/** Lets a bridge call what stands behind an ARN by other words, where it says that nothing handles it. */
export function nameTarget(bridge: Bridge, arn: string, words: string): void {
  (bridge as Partial<Record<typeof targetNamer, (arn: string, words: string) => void>>)[targetNamer]?.(arn, words);
}
