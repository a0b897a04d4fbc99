import { formatTime } from '../events/envelope.js';
import type { Shape } from './shape.js';

/** The service says of such a value what is wrong with it, and not what it is. */
export function isSecret(shape: Shape): boolean {
  return 'isSecret' in shape && shape.isSecret === true;
}

/** What the service prints in place of a secret. */
export const redacted = '***Sensitive Data Redacted***';

/** A value as the service prints it inside a sentence: `[PutEventsRequestEntry(time=null, source=a, …)]`. */
export function showValue(shape: Shape, value: unknown): string {
  if (value === undefined) return 'null';
  if (isSecret(shape)) return redacted;
  switch (shape.kind) {
    case 'timestamp':
      return formatTime(value as number);
    case 'list':
      return `[${(value as unknown[]).map((item) => showValue(shape.of, item)).join(', ')}]`;
    case 'structure': {
      const members = shape.inOrder.map((member) => {
        return `${member.label}=${showValue(member.shape, (value as Record<string, unknown>)[member.name])}`;
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
