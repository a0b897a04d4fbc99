const inspect = Symbol.for('nodejs.util.inspect.custom');

/**
 * Gives an object a text: for `String`, and for the `inspect` of Node, which would show what is inside. Both stay out of sight.
 * `data` does the same for `JSON.stringify` and the snapshots of test runners, where the object's members say nothing.
 */
export function printable<Value extends object>(value: Value, print: () => string, data?: () => object): Value {
  const hidden = (member: () => unknown) => ({ value: member, enumerable: false, configurable: true, writable: true });
  return Object.defineProperties(value, {
    toString: hidden(print),
    [inspect]: hidden(print),
    ...(data === undefined ? {} : { toJSON: hidden(data) }),
  });
}
