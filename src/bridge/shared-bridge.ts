import equal from 'fast-deep-equal';
import type { Clock } from '../base/clock/clock.js';
import { invalid } from '../base/service-error.js';
import type { DefinedEvent, PublishEventOf } from '../contracts/event-definition.js';
import type { Bridge } from './bridge.js';
import { makeBridge } from './create-bridge.js';
import type { BridgeOptions } from './options.js';

const version = 1;

interface Shared {
  readonly bridge: Bridge;
  readonly options: BridgeOptions | undefined;
}

/**
 * The bridge of this name in this process: made by the first call, found by all others, also by those of a second copy
 * of the package. `close` removes it. Throws an Error if a later call gives other options than the first, or if another
 * major version of the package holds the name; `ValidationException` for a name that is none; and what `createBridge` throws.
 */
export function sharedBridge<Event extends DefinedEvent = DefinedEvent, Time extends Clock = Clock>(
  name: string,
  options?: BridgeOptions<Event, Time>,
): Bridge<PublishEventOf<Event>, Time> {
  if (typeof name !== 'string' || name === '') throw invalid('A shared bridge needs a name.');
  refuseOtherVersions(name);
  const bridges = registry(version) ?? new Map<string, Shared>();
  Reflect.set(globalThis, keyOf(version), bridges);
  const known = bridges.get(name);
  if (known !== undefined) {
    if (options === undefined || equal(options, known.options ?? {}))
      return known.bridge as Bridge<PublishEventOf<Event>, Time>;
    throw new Error(`sharedBridge: "${name}" was made with other options.`);
  }
  const bridge = makeBridge(options, () => {
    if (bridges.get(name)?.bridge === bridge) bridges.delete(name);
  });
  bridges.set(name, { bridge, options });
  return bridge as Bridge<PublishEventOf<Event>, Time>;
}

function keyOf(major: number): symbol {
  return Symbol.for(`footbridge/${major}`);
}

function registry(major: number): Map<string, Shared> | undefined {
  return Reflect.get(globalThis, keyOf(major));
}

function refuseOtherVersions(name: string): void {
  for (const key of Object.getOwnPropertySymbols(globalThis)) {
    const major = /^footbridge\/(\d+)$/.exec(Symbol.keyFor(key) ?? '')?.[1];
    if (major === undefined || Number(major) === version || registry(Number(major))?.has(name) !== true) continue;
    throw new Error(
      `sharedBridge: "${name}" is held by version ${major} of footbridge, and this is version ${version}.`,
    );
  }
}
