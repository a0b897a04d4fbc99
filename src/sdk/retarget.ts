import { sharedOn } from '../base/copies.js';
import { type Handle, makeHandle } from '../base/disposable.js';
import type { Bridge } from '../bridge/bridge.js';
import { assertBridge, type ClientConfig, clientConfig } from './client-config.js';
import { clientBase, isRetargeted, retargetedClient, type SdkClient, type Sender } from './retargeted-client.js';

/** A class of SDK clients, such as `EventBridgeClient` or a class that extends it. */
export interface ClientClass {
  /** Where `send` is found. */
  readonly prototype: { send(...input: never[]): unknown };
}

interface Retarget {
  readonly prototype: object;
  readonly config: ClientConfig;
}

/** The retargets of one class that has `send`, shared by all copies of the package. */
interface Retargets {
  /** Those in force, oldest first. */
  readonly all: Retarget[];
  /** Restores the class's own `send`; defined while ours is in place. */
  restore: (() => void) | undefined;
}

/**
 * Sends what every client of a class sends to a bridge, until disposed: `using _ = retarget(EventBridgeClient, bridge)`.
 * For code that builds its client itself, also if it did so before. Clients of classes that extend it are of the class
 * too; another copy of the SDK has a class of its own. Where several apply, the last that was made and not disposed wins.
 * Calls under way at disposal end on the bridge they were sent to.
 *
 * The clients keep their middleware, options and error classes; what is of the network is left out: endpoint, region,
 * credentials, signing. A call is attempted once, whatever the client's `maxAttempts`: a refusal of the bridge is meant,
 * and a retry would wait on a real timer, or for ever on a fake one. Where the environment has no region or no access key
 * (`AWS_REGION`, `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, unless `AWS_PROFILE` names some) it has the bridge's
 * region and a key of no account until the last retarget is disposed.
 *
 * Throws an Error for what is no class of SDK clients or no bridge.
 */
export function retarget(clientClass: ClientClass, bridge: Bridge): Handle {
  assertBridge(bridge, 'retarget');
  const prototype = prototypeOf(clientClass);
  const entry = { prototype, config: clientConfig(bridge) };
  const base = clientBase(prototype);
  const retargets = sharedOn<Retargets>(base, 'retargets', () => ({ all: [], restore: undefined }));
  patchSend(base, retargets);
  const returnEnvironment = setEnvironmentFallback(bridge.region);
  retargets.all.push(entry);
  return makeHandle(() => {
    const position = retargets.all.indexOf(entry);
    if (position === -1) return;
    retargets.all.splice(position, 1);
    returnEnvironment();
    if (retargets.all.length === 0) retargets.restore?.();
  });
}

function prototypeOf(clientClass: unknown): Sender {
  const prototype = typeof clientClass === 'function' ? clientClass.prototype : undefined;
  if (typeof prototype?.send === 'function') return prototype;
  throw new Error(
    'retarget needs a class of AWS SDK v3 clients, such as EventBridgeClient. One client ends in a bridge by clientConfig.',
  );
}

function patchSend(base: Sender, retargets: Retargets): void {
  if (retargets.restore !== undefined) return;
  const original = base.send;
  const send = function (this: object, ...input: unknown[]): unknown {
    const config = isRetargeted(this) ? undefined : configFor(this, retargets.all);
    const client = config === undefined ? this : retargetedClient(this as SdkClient, config);
    return original.apply(client, input);
  };
  base.send = send;
  retargets.restore = () => {
    // Code that patched `send` after us restores ours later, which then passes every call on.
    if (base.send !== send) return;
    base.send = original;
    retargets.restore = undefined;
  };
}

function configFor(client: object, retargets: readonly Retarget[]): ClientConfig | undefined {
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

const key = 'footbridge';
/** There is one environment for all copies of the package. */
const state = (): { readonly overrides: Override[]; users: number } =>
  sharedOn(globalThis, 'environment', () => ({ overrides: [], users: 0 }));

/**
 * Puts a region and an access key of no account into the environment where it has none. What it answers takes them out
 * again, once all who asked for them have called it, unless somebody has changed them since. Without an environment, as
 * in a browser, it does nothing.
 */
export function setEnvironmentFallback(region: string): () => void {
  const shared = state();
  if (shared.users === 0) setFallback(region);
  shared.users++;
  return () => {
    shared.users--;
    if (shared.users === 0) restoreEnvironment();
  };
}

function setFallback(region: string): void {
  const environment = currentEnvironment();
  if (environment === undefined) return;
  const wanted: Record<string, string> = { AWS_REGION: region };
  if (!environment.AWS_PROFILE) Object.assign(wanted, { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: key });
  for (const [name, value] of Object.entries(wanted)) {
    const before = environment[name];
    if (before) continue;
    environment[name] = value;
    state().overrides.push({ name, value, before });
  }
}

function restoreEnvironment(): void {
  const environment = currentEnvironment();
  for (const { name, value, before } of state().overrides.splice(0)) {
    if (environment?.[name] !== value) continue;
    if (before === undefined) delete environment[name];
    else environment[name] = before;
  }
}

function currentEnvironment(): Environment | undefined {
  const { process } = globalThis as { process?: { env?: Environment } };
  return typeof process?.env === 'object' ? process.env : undefined;
}
