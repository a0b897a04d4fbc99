import { isDeeperThan } from '../base/json-depth.js';

/** A Detail that is the text of a JSON object, and the object: parsed once, to prove it and for all subscribers. */
export interface Detail {
  /** As it was given, white space and all. */
  readonly text: string;
  readonly value: object;
}

const deepest = 1000;

/** `undefined` for a text that is no JSON object, or in which something stands more than 1,000 levels deep. */
export function readDetail(text: string): Detail | undefined {
  // Measured before it is parsed: not every runtime's JSON.parse survives a hundred thousand levels.
  if (isDeeperThan(text, deepest)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { text, value } : undefined;
  } catch {
    return undefined;
  }
}
