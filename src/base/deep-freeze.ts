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
    // The fastest way through an object, but it also leads to what somebody has put on Object.prototype.
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
