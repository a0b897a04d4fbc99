import type { Bridge } from '../bridge/bridge.js';
import { isBridge } from '../bridge/internals.js';
import { requestHandlerOf, type SdkRequestHandler } from './request-handler.js';

/**
 * The configuration of an SDK client that makes it talk to a bridge. Whatever a client would look up in the environment
 * or in `~/.aws` is given, so that it looks nothing up.
 */
export interface ClientConfig {
  /** The bridge's region: without one the SDK refuses to start. */
  region: string;
  /** Of no account: without any the SDK looks for some, also on the network. */
  credentials: { accessKeyId: string; secretAccessKey: string };
  /** Answers each request in process; there is no socket. */
  requestHandler: SdkRequestHandler;
  /** Signs nothing. SDKs before 2025 use it; it also spares `EndpointId` the signer it would otherwise need and not find. */
  signer: { sign<Request>(request: Request): Promise<Request> };
  /**
   * One: a refusal of the bridge is meant, and a retry would wait on a real timer. SDKs from 3.226 to 3.369 miscount, and
   * make two attempts.
   */
  maxAttempts: number;
  /** The region's own. Nothing connects to it. */
  endpoint: string;
  /** The only way to authenticate: not at all. For SDKs since 2025, whose signing is more than `signer`. */
  httpAuthSchemes: {
    schemeId: string;
    identityProvider(): () => Promise<Record<never, never>>;
    signer: { sign<Request>(request: Request): Promise<Request> };
  }[];
  /** Chooses it for every operation. */
  httpAuthSchemeProvider: () => { schemeId: string }[];
  /** None, and so not looked for. */
  authSchemePreference: () => Promise<string[]>;
  /** The SDK's default. */
  retryMode: string;
  /** No, and so not looked for. */
  useDualstackEndpoint: boolean;
  /** No, and so not looked for. */
  useFipsEndpoint: boolean;
  /** Older SDKs look for the application's id in it. */
  defaultUserAgentProvider: () => Promise<[string, string][]>;
  /** None, and so not looked for. */
  userAgentAppId: () => Promise<string | undefined>;
}

const schemeId = 'smithy.api#noAuth';
const signer = { sign: async <Request>(request: Request) => request };

/**
 * The configuration of an AWS SDK v3 client that ends in a bridge:
 * `new EventBridgeClient(clientConfig(bridge))`. The client is the real one, its errors are its own classes; nothing
 * leaves the process, and no file is read. Works by structure with `EventBridgeClient`, `EventBridge` and
 * `CloudWatchEventsClient` of every v3 SDK since 2022. Spread it to change a part:
 * `{ ...clientConfig(bridge), maxAttempts: 3 }`. Throws an Error for what is no bridge.
 */
export function clientConfig(bridge: Bridge): ClientConfig {
  assertBridge(bridge, 'clientConfig');
  return {
    region: bridge.region,
    credentials: { accessKeyId: 'footbridge', secretAccessKey: 'footbridge' },
    requestHandler: requestHandlerOf(bridge),
    signer,
    maxAttempts: 1,
    endpoint: `https://events.${bridge.region}.amazonaws.com`,
    httpAuthSchemes: [{ schemeId, identityProvider: () => async () => ({}), signer }],
    httpAuthSchemeProvider: () => [{ schemeId }],
    authSchemePreference: async () => [],
    retryMode: 'standard',
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    defaultUserAgentProvider: async () => [['footbridge', '1']],
    userAgentAppId: async () => undefined,
  };
}

/** Throws, in the name of the function that was called, for what is no bridge. */
export function assertBridge(bridge: unknown, asker: string): void {
  if (!isBridge(bridge)) throw new Error(`${asker} needs a bridge, made by createBridge or sharedBridge.`);
}
