import type { Shape } from './shape.js';
import { isSecret, redacted } from './show-value.js';

const secretive = new WeakMap<Shape, boolean>();

/** The value with what the model marks as sensitive written over: itself, where the model marks nothing, else a copy. */
export function maskSecrets(shape: Shape, value: unknown): unknown {
  if (value === undefined || !holdsSecrets(shape)) return value;
  if (isSecret(shape)) return redacted;
  if (shape.kind === 'list') return Array.isArray(value) ? value.map((item) => maskSecrets(shape.of, item)) : value;
  if (shape.kind !== 'structure' || typeof value !== 'object' || value === null) return value;
  const masked: Record<string, unknown> = { ...value };
  for (const { name, shape: of } of shape.inOrder) {
    if (Object.hasOwn(masked, name)) masked[name] = maskSecrets(of, masked[name]);
  }
  return masked;
}

/** Asked once a shape: PutEvents, which has none, is not to be walked through. */
function holdsSecrets(shape: Shape): boolean {
  const known = secretive.get(shape);
  if (known !== undefined) return known;
  const holds =
    isSecret(shape) ||
    (shape.kind === 'list' && holdsSecrets(shape.of)) ||
    (shape.kind === 'structure' && shape.inOrder.some(({ shape: of }) => holdsSecrets(of)));
  secretive.set(shape, holds);
  return holds;
}
