/** Marks a bridge, also one of a second copy of the package. */
export const brand = Symbol.for('footbridge.bridge');

export function isBridge(value: unknown): boolean {
  try {
    return typeof value === 'object' && value !== null && brand in value;
  } catch {
    return false;
  }
}
