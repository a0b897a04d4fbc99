import { UnusableInput } from './unusable-input.js';

/** What is said of a text that is not JSON, with its place. */
export function notJson(origin: string, reason: string, place: { line: number; column: number }): UnusableInput {
  const file = origin === '' ? '' : `${origin.replace(/: $/, '')}:`;
  return new UnusableInput(`${file}${place.line}:${place.column}: this is not JSON: ${reason}`);
}
