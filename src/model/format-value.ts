import { formatTime } from '../events/envelope.js';
import type { Shape } from './shape.js';

/** The service says of such a value what is wrong with it, and not what it is. */
export function isSecret(shape: Shape): boolean {
  return 'isSecret' in shape && shape.isSecret === true;
}

/** What the service prints in place of a secret. */
export const redacted = '***Sensitive Data Redacted***';

/** A value as the service prints it inside a sentence: `[PutEventsRequestEntry(time=null, source=a, …)]`. */
export function formatValue(shape: Shape, value: unknown): string {
  if (value === undefined) return 'null';
  if (isSecret(shape)) return redacted;
  switch (shape.kind) {
    case 'timestamp':
      return formatTime(value as number);
    case 'list':
      return `[${(value as unknown[]).map((item) => formatValue(shape.of, item)).join(', ')}]`;
    case 'structure': {
      const members = shape.inOrder.map((member) => {
        return `${member.label}=${formatValue(member.shape, (value as Record<string, unknown>)[member.name])}`;
      });
      return `${shape.name}(${[...members, ...shape.hidden.map((name) => `${name}=null`)].join(', ')})`;
    }
    case 'map':
      return `{${Object.entries(value as object)
        .map(([key, item]) => `${key}=${item}`)
        .join(', ')}}`;
    default:
      return String(value);
  }
}

const redactedShapes = new WeakMap<Shape, boolean>();

/** The value with what the model marks as sensitive written over: itself, where the model marks nothing, else a copy. */
export function redactSecrets(shape: Shape, value: unknown): unknown {
  if (value === undefined || !containsSecrets(shape)) return value;
  if (isSecret(shape)) return redacted;
  if (shape.kind === 'list') return Array.isArray(value) ? value.map((item) => redactSecrets(shape.of, item)) : value;
  if (shape.kind !== 'structure' || typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = { ...value };
  for (const { name, shape: of } of shape.inOrder) {
    if (Object.hasOwn(copy, name)) copy[name] = redactSecrets(of, copy[name]);
  }
  return copy;
}

/** Asked once a shape: PutEvents, which has none, is not to be walked through. */
function containsSecrets(shape: Shape): boolean {
  const cached = redactedShapes.get(shape);
  if (cached !== undefined) return cached;
  const isContained =
    isSecret(shape) ||
    (shape.kind === 'list' && containsSecrets(shape.of)) ||
    (shape.kind === 'structure' && shape.inOrder.some(({ shape: of }) => containsSecrets(of)));
  redactedShapes.set(shape, isContained);
  return isContained;
}
