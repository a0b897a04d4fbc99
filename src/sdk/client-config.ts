import type { Bridge } from '../bridge/bridge.js';
import { isBridge } from '../bridge/internals.js';
import { requestHandlerOf, type SdkRequestHandler } from './request-handler.js';

/** The configuration of an SDK client whose calls go to a bridge. It sets everything that a client would look up in the environment or in `~/.aws`. */
export interface ClientConfig {
  /** The bridge's region. Without one the SDK throws. */
  region: string;
  /** Dummies. Without any the SDK looks for some, also on the network. */
  credentials: { accessKeyId: string; secretAccessKey: string };
  /** Responds to each request within the process; there is no socket. */
  requestHandler: SdkRequestHandler;
  /** Signs nothing. SDKs before 2025 use it; with `EndpointId` all of them need one. */
  signer: { sign<Request>(request: Request): Promise<Request> };
  /** One, because a retry would wait on a real timer. SDKs from 3.226 to 3.369 miscount, and make two attempts. */
  maxAttempts: number;
  /** That of the region. Nothing connects to it. */
  endpoint: string;
  /** No authentication, for SDKs since 2025, whose signing is more than `signer`. */
  httpAuthSchemes: {
    schemeId: string;
    identityProvider(): () => Promise<Record<never, never>>;
    signer: { sign<Request>(request: Request): Promise<Request> };
  }[];
  /** Selects that scheme for every operation. */
  httpAuthSchemeProvider: () => { schemeId: string }[];
  /** None, so that the SDK does not look it up. */
  authSchemePreference: () => Promise<string[]>;
  /** The SDK's default. */
  retryMode: string;
  /** False, so that the SDK does not look it up. */
  useDualstackEndpoint: boolean;
  /** False, so that the SDK does not look it up. */
  useFipsEndpoint: boolean;
  /** Fixed, because older SDKs look up the application's id in it. */
  defaultUserAgentProvider: () => Promise<[string, string][]>;
  /** None, so that the SDK does not look it up. */
  userAgentAppId: () => Promise<string | undefined>;
}

const schemeId = 'smithy.api#noAuth';
const signer = { sign: async <Request>(request: Request) => request };

/**
 * Returns the configuration of an AWS SDK v3 client whose calls go to a bridge.
 *
 * The client is the real one, and its errors are its own classes; nothing leaves the process, and no file is read. It works by
 * structure with `EventBridgeClient`, `EventBridge` and `CloudWatchEventsClient` of every v3 SDK since 2022.
 *
 * @param bridge - The bridge, from `createBridge` or `sharedBridge`.
 * @returns The configuration. Spread it to change a part: `{ ...clientConfig(bridge), maxAttempts: 3 }`.
 * @throws {Error} when `bridge` is not a bridge.
 * @example
 * ```ts
 * const client = new EventBridgeClient(clientConfig(bridge));
 * ```
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

/** Throws an Error, which names the function that was called, for what is not a bridge. */
export function assertBridge(bridge: unknown, caller: string): void {
  if (!isBridge(bridge)) throw new Error(`${caller} needs a bridge, made by createBridge or sharedBridge.`);
}
