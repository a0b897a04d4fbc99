import { isBridge } from '../bridge/internals.js';

/** Throws, in the name of the function that was called, for what is no bridge. */
export function expectBridge(bridge: unknown, asker: string): void {
  if (!isBridge(bridge)) throw new Error(`${asker} needs a bridge, made by createBridge or sharedBridge.`);
}
