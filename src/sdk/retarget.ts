import { sharedOn } from '../base/copies.js';
import { createDisposable, type DisposableHandle } from '../base/disposable.js';
import type { Bridge } from '../bridge/bridge.js';
import { assertBridge, type ClientConfig, clientConfig } from './client-config.js';
import { clientBase, isRetargeted, retargetedClient, type SdkClient, type Sender } from './retargeted-client.js';

/** A class of SDK clients, such as `EventBridgeClient` or a class that extends it. */
export interface ClientClass {
  /** Has the method `send` of every client. */
  readonly prototype: { send(...input: never[]): unknown };
}

interface Retarget {
  readonly prototype: object;
  readonly config: ClientConfig;
}

/** What hangs on a patched base of clients, for every copy of this package. */
interface PatchedSend {
  /** Those in force, oldest first. */
  readonly retargets: Retarget[];
  /** Absent while `send` is the original. */
  restore?: (() => void) | undefined;
}

/**
 * Sends what every client of a class sends to a bridge, until disposed: `using _ = retarget(EventBridgeClient, bridge)`.
 *
 * For code that creates its client itself, also if it did so before. It includes clients of classes that extend it; another copy of
 * the SDK has its own class. Where several apply, the newest that is not disposed wins. Pending calls end on the bridge they were
 * sent to.
 *
 * Clients keep their middleware, options and error classes; endpoint, region, credentials and signing are left out. A call is
 * attempted once, whatever the client's `maxAttempts`, because a retry would wait on a real timer, or for ever on a fake one. Where
 * the environment has no region or no access key (`AWS_REGION`, `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, unless
 * `AWS_PROFILE` is set), it has the bridge's region and a dummy key until the last retarget is disposed.
 *
 * @param clientClass - The class.
 * @param bridge - The bridge, from `createBridge` or `sharedBridge`.
 * @returns A handle that ends it.
 * @throws {Error} when `clientClass` is not a class of SDK clients, or `bridge` not a bridge.
 */
export function retarget(clientClass: ClientClass, bridge: Bridge): DisposableHandle {
  assertBridge(bridge, 'retarget');
  const prototype = prototypeOf(clientClass);
  const entry = { prototype, config: clientConfig(bridge) };
  const patched = patchSend(clientBase(prototype));
  const restoreEnvironment = setEnvironmentFallback(bridge.region);
  patched.retargets.push(entry);
  return createDisposable(() => {
    const index = patched.retargets.indexOf(entry);
    if (index === -1) return;
    patched.retargets.splice(index, 1);
    restoreEnvironment();
    if (patched.retargets.length === 0) patched.restore?.();
  });
}

function prototypeOf(clientClass: unknown): Sender {
  const prototype = typeof clientClass === 'function' ? clientClass.prototype : undefined;
  if (typeof prototype?.send === 'function') return prototype;
  throw new Error(
    'retarget needs a class of AWS SDK v3 clients, such as EventBridgeClient. For a single client use clientConfig.',
  );
}

function patchSend(base: Sender): PatchedSend {
  const patched = sharedOn<PatchedSend>(base, 'patchedSend', () => ({ retargets: [] }));
  if (patched.restore !== undefined) return patched;
  const original = base.send;
  const send = function (this: object, ...input: unknown[]): unknown {
    const config = isRetargeted(this) ? undefined : configFor(patched, this);
    const client = config === undefined ? this : retargetedClient(this as SdkClient, config);
    return original.apply(client, input);
  };
  base.send = send;
  patched.restore = () => {
    // Whoever has patched it since will restore ours, which then passes everything through.
    if (base.send !== send) return;
    base.send = original;
    patched.restore = undefined;
  };
  return patched;
}

function configFor({ retargets }: PatchedSend, client: object): ClientConfig | undefined {
  return retargets.findLast(({ prototype }) => Object.prototype.isPrototypeOf.call(prototype, client))?.config;
}

interface Environment {
  [name: string]: string | undefined;
  AWS_PROFILE?: string;
}

interface Override {
  readonly name: string;
  readonly value: string;
  /** Empty, or absent. */
  readonly before: string | undefined;
}

/** One for all copies of this package: what one copy has set, another would take for the user's. */
interface EnvironmentFallback {
  readonly overrides: Override[];
  users: number;
}

const dummyKey = 'footbridge';

/**
 * Sets a region and a dummy access key in the environment where it has none. The returned function removes them once all users have
 * called it, unless they were changed since. Does nothing where there is no environment, as in a browser.
 */
function setEnvironmentFallback(region: string): () => void {
  const fallback = sharedOn<EnvironmentFallback>(globalThis, 'environmentFallback', () => ({
    overrides: [],
    users: 0,
  }));
  if (fallback.users === 0) fallback.overrides.push(...overrideEnvironment(region));
  fallback.users++;
  return () => {
    fallback.users--;
    if (fallback.users === 0) restoreEnvironment(fallback.overrides.splice(0));
  };
}

function overrideEnvironment(region: string): Override[] {
  const environment = currentEnvironment();
  if (environment === undefined) return [];
  const values: Record<string, string> = { AWS_REGION: region };
  if (!environment.AWS_PROFILE) Object.assign(values, { AWS_ACCESS_KEY_ID: dummyKey, AWS_SECRET_ACCESS_KEY: dummyKey });
  const overrides: Override[] = [];
  for (const [name, value] of Object.entries(values)) {
    const before = environment[name];
    if (before) continue;
    environment[name] = value;
    overrides.push({ name, value, before });
  }
  return overrides;
}

function restoreEnvironment(overrides: readonly Override[]): void {
  const environment = currentEnvironment();
  for (const { name, value, before } of overrides) {
    if (environment?.[name] !== value) continue;
    if (before === undefined) delete environment[name];
    else environment[name] = before;
  }
}

function currentEnvironment(): Environment | undefined {
  const { process } = globalThis as { process?: { env?: Environment } };
  return typeof process?.env === 'object' ? process.env : undefined;
}
