/** Describes the type of a value for a message: `a number`, `null`, `an array`. Never throws. */
export function describeValue(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'object') return isArray(value) ? 'an array' : 'an object';
  if (value === undefined) return 'undefined';
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : `a ${typeof value}`;
}

/** The same, but strings and numbers are quoted: `"eu"`, `-1`. */
export function quoteValue(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? JSON.stringify(value) : describeValue(value);
}

/** `Array.isArray` throws on a revoked Proxy. */
export function isArray(value: unknown): value is unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

/**
 * A value whose type only the caller knows: what a detail holds is between its sender and its handler, and `unknown`
 * would make every handler cast.
 */
// biome-ignore lint/suspicious/noExplicitAny: this is the one place.
export type Anything = any;

const isOwn = Object.prototype.hasOwnProperty;

/** Freezes a value made by `JSON.parse` and everything in it, however deep. */
export function deepFreeze<Value>(value: Value): Value {
  if (!isObject(value)) return value;
  const open: object[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    Object.freeze(next);
    if (Array.isArray(next)) {
      for (let i = 0; i < next.length; i++) if (isObject(next[i])) open.push(next[i]);
      continue;
    }
    // The fastest way through an object, but it also visits what was added to Object.prototype.
    for (const key in next) {
      const inner = (next as Record<string, unknown>)[key];
      if (isObject(inner) && isOwn.call(next, key)) open.push(inner);
    }
  }
  return value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** A copy of plain JSON data. `structuredClone` is missing from jsdom and React Native. */
export function copyJson<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value));
}
