import { isBridge } from './bridge/brand.js';
import type { Bridge } from './bridge/bridge.js';
import { answerJson } from './wire/json-protocol.js';

/** A request as the SDK hands it to its request handler. */
export interface SdkRequest {
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

/** A response as the SDK takes it from its request handler. */
export interface SdkResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** The part of an SDK client's configuration that makes it talk to a bridge. */
export interface ClientConfig {
  /** The bridge's region: without one the SDK refuses to start. */
  region: string;
  /** Of no account: without any the SDK looks for some, also on the network. */
  credentials: { accessKeyId: string; secretAccessKey: string };
  /** Answers each request in process; there is no socket. */
  requestHandler: {
    handle(
      request: SdkRequest,
      options?: { readonly abortSignal?: { readonly aborted: boolean } | undefined },
    ): Promise<{ response: SdkResponse }>;
  };
  /** Signs nothing. It also spares `EndpointId` the signer it would otherwise need and not find. */
  signer: { sign<Request>(request: Request): Promise<Request> };
  /** One: a refusal of the bridge is meant, and a retry would wait on a real timer. */
  maxAttempts: number;
}

/**
 * The configuration of an AWS SDK v3 client that ends in a bridge:
 * `new EventBridgeClient(clientConfig(bridge))`. The client is the real one, its errors are its own classes; nothing
 * leaves the process. Works by structure with every v3 SDK since 2022.
 */
export function clientConfig(bridge: Bridge): ClientConfig {
  if (!isBridge(bridge)) throw new Error('clientConfig needs a bridge, made by createBridge or sharedBridge.');
  return {
    region: bridge.region,
    credentials: { accessKeyId: 'footbridge', secretAccessKey: 'footbridge' },
    requestHandler: {
      handle: async ({ headers, body }, options) => {
        if (options?.abortSignal?.aborted) throw abortError();
        const answer = await answerJson(bridge, headers['x-amz-target'], textOf(body));
        return { response: { ...answer, body: new TextEncoder().encode(answer.body) } };
      },
    },
    signer: { sign: async (request) => request },
    maxAttempts: 1,
  };
}

/** Newer SDKs send bytes that warn when they are used as a string, older ones a string. */
function textOf(body: unknown): string {
  if (body === undefined || typeof body === 'string') return body ?? '';
  return new TextDecoder().decode(body as Uint8Array);
}

/** As the SDK's own request handlers say it. */
function abortError(): Error {
  return Object.assign(new Error('Request aborted'), { name: 'AbortError' });
}
