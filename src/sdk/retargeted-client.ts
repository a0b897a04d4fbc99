import { findShared, sharedOn } from '../base/copies.js';
import type { ClientConfig } from './client-config.js';

/** A client or its prototype. */
export interface Sender {
  send(this: object, ...input: unknown[]): unknown;
}

/** Returns the object that has the `send` of the SDK's base class, which subclasses and mocks may override. */
export function clientBase(client: Sender): Sender {
  let base = client;
  for (let next = client; next !== null && 'send' in next; next = Object.getPrototypeOf(next)) {
    if (Object.hasOwn(next, 'send')) base = next;
  }
  return base;
}

/** What is used of an SDK client; every v3 client has it. */
export interface SdkClient {
  readonly config: object;
  readonly middlewareStack: MiddlewareStack;
}

interface MiddlewareStack {
  clone(): MiddlewareStack;
  remove(name: string): boolean;
  add(middleware: Middleware, options: object): void;
}

const isRetargetedMark = 'isRetargeted';

type Middleware = (next: Next) => Next;
type Next = (args: object) => Promise<{ output: object }>;

/**
 * Returns the client as one call sees it: with its middleware and settings, but a bridge instead of the network. It stands in for the
 * client for that call only, so the client itself never changes, and pending calls keep their bridge.
 *
 * The steps that would look up credentials, sign, wait between attempts and read files for the user agent are replaced by steps of
 * the same names, because middleware may be placed before or after a name. An SDK with other names finds the credentials in the
 * environment and signs.
 */
export function retargetedClient(client: SdkClient, { region, endpoint, requestHandler }: ClientConfig): SdkClient {
  const { protocol, hostname } = new URL(endpoint);
  const config = {
    ...client.config,
    requestHandler,
    region: async () => region,
    useFipsEndpoint: async () => false,
    useDualstackEndpoint: async () => false,
    endpoint: async () => ({ protocol, hostname, path: '/' }),
    // Or newer SDKs look for one in files.
    isCustomEndpoint: true,
  };
  const retargeted = Object.create(client, {
    config: { value: config },
    middlewareStack: { value: offline(client.middlewareStack) },
    // An SDK told to keep its middleware has kept the network with it.
    handlers: { value: undefined, writable: true, configurable: true },
  });
  sharedOn(retargeted, isRetargetedMark, () => true);
  return retargeted;
}

/** Whether a client is one of these: it has its bridge already. */
export function isRetargeted(client: object): boolean {
  return findShared(client, isRetargetedMark) === true;
}

function offline(original: MiddlewareStack): MiddlewareStack {
  const stack = original.clone();
  const replaced = new Set<string>();
  for (const { middleware, ...place } of replacements) {
    // Newer SDKs remove by an alias too, and it would be the replacement that goes.
    if (replaced.has(place.name) || !stack.remove(place.name)) continue;
    stack.add(middleware, { ...place, priority: 'high', override: true });
    for (const alias of place.aliases) replaced.add(alias);
  }
  return stack;
}

const passThrough: Middleware = (next) => next;

/** Says of the answer what the SDK's own step says. */
const sendOnce: Middleware = (next) => async (args) => {
  try {
    const result = await next(args);
    Object.assign(metadataOf(result.output), { attempts: 1, totalRetryDelay: 0 });
    return result;
  } catch (error) {
    if (error instanceof Error) Object.assign(metadataOf(error), { attempts: 1, totalRetryDelay: 0 });
    throw error;
  }
};

function metadataOf(answer: object): object {
  return (answer as { $metadata?: object }).$metadata ?? {};
}

const replacements: readonly { name: string; step: string; aliases: readonly string[]; middleware: Middleware }[] = [
  { name: 'retryMiddleware', step: 'finalizeRequest', aliases: [], middleware: sendOnce },
  { name: 'httpAuthSchemeMiddleware', step: 'serialize', aliases: [], middleware: passThrough },
  {
    name: 'httpSigningMiddleware',
    step: 'finalizeRequest',
    aliases: ['apiKeyMiddleware', 'tokenMiddleware', 'awsAuthMiddleware'],
    middleware: passThrough,
  },
  { name: 'awsAuthMiddleware', step: 'finalizeRequest', aliases: [], middleware: passThrough },
  { name: 'getUserAgentMiddleware', step: 'build', aliases: [], middleware: passThrough },
];
