const inspect = Symbol.for('nodejs.util.inspect.custom');

/** Gives an object a text: for `String`, and for the `inspect` of Node, which would show what is inside. Both stay out of sight. */
export function printable<Value extends object>(value: Value, print: () => string): Value {
  const member = { value: print, enumerable: false, configurable: true, writable: true };
  return Object.defineProperties(value, { toString: member, [inspect]: member });
}
