/** Freezes a value made by `JSON.parse` and everything in it, however deep. */
export function deepFreeze<Value>(value: Value): Value {
  const open: object[] = [];
  push(open, value);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    Object.freeze(next);
    if (Array.isArray(next)) for (const item of next) push(open, item);
    else for (const key of Object.keys(next)) push(open, (next as Record<string, unknown>)[key]);
  }
  return value;
}

function push(open: object[], value: unknown): void {
  if (typeof value === 'object' && value !== null) open.push(value);
}
