import { findShared, sharedOn } from '../base/copies.js';
import { type Handle, makeHandle } from '../base/disposable.js';

/** Who puts something back on a bridge after each of its resets. */
const listeners = 'resetListeners';

/** Called after each reset of this bridge, until disposed. */
export function onReset(bridge: object, listener: () => void): Handle {
  const own = sharedOn(bridge, listeners, () => new Set<() => void>());
  own.add(listener);
  return makeHandle(() => own.delete(listener));
}

export function tellReset(bridge: object): void {
  for (const listener of findShared<Set<() => void>>(bridge, listeners) ?? []) listener();
}
