/**
 * Returns a value that all copies of the package in one process share, such as its ES modules and its CommonJS. It is stored on
 * the object that it is about, under a global symbol; a map in a module would be another map in each copy.
 */
export function sharedOn<Value>(owner: object, name: string, make: () => Value): Value {
  const found = findShared<Value>(owner, name);
  if (found !== undefined) return found;
  const value = make();
  Object.defineProperty(owner, symbolOf(name), { value });
  return value;
}

/** Returns the value that any copy has stored, if one has. */
export function findShared<Value>(owner: object, name: string): Value | undefined {
  return Reflect.get(owner, symbolOf(name));
}

/** The symbol of this name in every copy. */
export function symbolOf(name: string): symbol {
  return Symbol.for(`footbridge.${name}`);
}

/**
 * `Symbol.hasInstance` of a class whose instances bear a mark: `instanceof` holds for those of every copy too. Derived
 * classes keep the usual check.
 */
export function isInstance(value: unknown, asked: object, marked: object, mark: symbol): boolean {
  if (asked !== marked) return Function.prototype[Symbol.hasInstance].call(asked as () => void, value);
  return typeof value === 'object' && value !== null && mark in value;
}
