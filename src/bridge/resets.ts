import { type Handle, makeHandle } from '../base/disposable.js';

/** Who puts something back on a bridge after each of its resets. */
const listeners = new WeakMap<object, Set<() => void>>();

/** Called after each reset of this bridge, until disposed. */
export function onReset(bridge: object, listener: () => void): Handle {
  const own = listeners.get(bridge) ?? new Set();
  listeners.set(bridge, own);
  own.add(listener);
  return makeHandle(() => own.delete(listener));
}

export function tellReset(bridge: object): void {
  for (const listener of listeners.get(bridge) ?? []) listener();
}
