/**
 * Copies of the package may run in one process: its ES modules beside its CommonJS, or two that are installed. What they must share
 * hangs on the object that it is about, under a symbol that all of them know; a map in a module would be another one in each copy.
 */
export function sharedOn<Value>(owner: object, name: string, make: () => Value): Value {
  const found = findShared<Value>(owner, name);
  if (found !== undefined) return found;
  const value = make();
  Object.defineProperty(owner, symbolOf(name), { value });
  return value;
}

/** What any copy has put there, if one has. */
export function findShared<Value>(owner: object, name: string): Value | undefined {
  return Reflect.get(owner, symbolOf(name));
}

/** The symbol of this name in every copy. */
export function symbolOf(name: string): symbol {
  return Symbol.for(`footbridge.${name}`);
}

/**
 * `Symbol.hasInstance` of a class whose instances bear a mark: `instanceof` holds for those of every copy too. A class derived from it is
 * asked as ever.
 */
export function isInstance(value: unknown, asked: object, marked: object, mark: symbol): boolean {
  if (asked !== marked) return Function.prototype[Symbol.hasInstance].call(asked as () => void, value);
  return typeof value === 'object' && value !== null && mark in value;
}
