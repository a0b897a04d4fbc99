/** Freezes a value made by `JSON.parse` and everything in it, however deep. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  const open: object[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    Object.freeze(next);
    const keys = Object.keys(next);
    for (let i = 0; i < keys.length; i++) {
      const inner = (next as Record<string, unknown>)[keys[i] as string];
      if (typeof inner === 'object' && inner !== null) open.push(inner);
    }
  }
  return value;
}
