import { sharedOn } from '../base/copies.js';
import { type Handle, makeHandle } from '../base/disposable.js';
import type { Bridge } from '../bridge/bridge.js';
import { clientBase, type Sender } from './client-base.js';
import { type ClientConfig, clientConfig } from './client-config.js';
import { lendEnvironment } from './environment.js';
import { expectBridge } from './expect-bridge.js';
import { isRetargeted, retargetedClient, type SdkClient } from './retargeted-client.js';

/** A class of SDK clients, such as `EventBridgeClient` or a class that extends it. */
export interface ClientClass {
  readonly prototype: { send(...input: never[]): unknown };
}

interface Retarget {
  readonly prototype: object;
  readonly config: ClientConfig;
}

/** What is known of the class that has `send`. */
interface Retargets {
  /** Those in force, oldest first. */
  readonly all: Retarget[];
  /** Puts its own `send` back; there while it is ours. */
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
  expectBridge(bridge, 'retarget');
  const prototype = prototypeOf(clientClass);
  const entry = { prototype, config: clientConfig(bridge) };
  const base = clientBase(prototype);
  const retargets = sharedOn<Retargets>(base, 'retargets', () => ({ all: [], restore: undefined }));
  takeOver(base, retargets);
  const returnEnvironment = lendEnvironment(bridge.region);
  retargets.all.push(entry);
  return makeHandle(() => {
    const place = retargets.all.indexOf(entry);
    if (place === -1) return;
    retargets.all.splice(place, 1);
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

function takeOver(base: Sender, retargets: Retargets): void {
  if (retargets.restore !== undefined) return;
  const original = base.send;
  const send = function (this: object, ...input: unknown[]): unknown {
    const config = isRetargeted(this) ? undefined : configFor(this, retargets.all);
    const client = config === undefined ? this : retargetedClient(this as SdkClient, config);
    return original.apply(client, input);
  };
  base.send = send;
  retargets.restore = () => {
    // Who has taken it over in turn will put ours back, which then passes everything on.
    if (base.send !== send) return;
    base.send = original;
    retargets.restore = undefined;
  };
}

function configFor(client: object, retargets: readonly Retarget[]): ClientConfig | undefined {
  return retargets.findLast(({ prototype }) => Object.prototype.isPrototypeOf.call(prototype, client))?.config;
}
