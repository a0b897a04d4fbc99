import { requestIds } from '../base/random.js';
import type { Bridge, OperationName, Operations } from '../bridge/bridge.js';

import type { Invokable } from '../wire/json-protocol.js';
import { assertBridge, type ClientConfig, clientConfig } from './client-config.js';
import { requestHandlerOf } from './request-handler.js';
import { clientBase, retargetedClient, type SdkClient, type Sender } from './retargeted-client.js';

/** What the SDK adds to an output. */
export interface ResponseMetadata {
  /** Always 200, because errors are thrown. */
  readonly httpStatusCode: number;
  /** Unique. */
  readonly requestId: string;
  /** Always 1. */
  readonly attempts: number;
  /** Always 0, in milliseconds. */
  readonly totalRetryDelay: number;
}

/** Performs one operation on a bridge, and returns what an SDK client does: `Date`s for times, and `$metadata`. */
export type MockResponder<Name extends OperationName> = (
  input?: Operations[Name]['input'],
  getClient?: () => unknown,
) => Promise<Operations[Name]['output'] & { readonly $metadata: ResponseMetadata }>;

/**
 * Creates the function for a command of a mocked client, as aws-sdk-client-mock takes it.
 *
 * An error is thrown as the SDK's own class, which the client that the mock passes on creates; without such a client, as a
 * `ServiceError` of the same name and message.
 *
 * @param bridge - The bridge, from `createBridge` or `sharedBridge`.
 * @param name - The operation, such as `PutEvents`.
 * @returns The function for `callsFake`.
 * @throws {Error} when `bridge` is not a bridge.
 * @example
 * ```ts
 * mockClient(EventBridgeClient).on(PutEventsCommand).callsFake(mockResponder(bridge, 'PutEvents'));
 * ```
 */
export function mockResponder<Name extends OperationName>(bridge: Bridge, name: Name): MockResponder<Name> {
  assertBridge(bridge, 'mockResponder');
  const config = clientConfig(bridge);
  return async (input, getClient) => {
    try {
      const output = await bridge.invoke(name, input);
      const $metadata = { httpStatusCode: 200, requestId: requestIds(), attempts: 1, totalRetryDelay: 0 };
      return { ...output, $metadata };
    } catch (error) {
      throw await sdkError(error, input, getClient?.() as never, config);
    }
  };
}

/** A client whose `send` is a stub of Sinon's. */
interface MockedClient extends SdkClient {
  readonly send: Sender['send'] & { readonly args?: readonly (readonly { readonly input?: unknown }[])[] };
}

/**
 * Returns an error as the SDK's own class: sends the command that the mocked client was given through the client's real pipeline, to
 * a request handler that returns nothing but the error. Returns the error as it is where there is no such client.
 */
async function sdkError(
  error: unknown,
  input: unknown,
  client: MockedClient | undefined,
  config: ClientConfig,
): Promise<unknown> {
  const [command] = client?.send?.args?.findLast(([given]) => given?.input === input) ?? [];
  if (client === undefined || command === undefined) return error;
  const failing: Invokable = { invoke: () => Promise.reject(error) };
  const offline = retargetedClient(client, { ...config, requestHandler: requestHandlerOf(failing) });
  try {
    await clientBase(client).send.call(offline, command);
    return error;
  } catch (thrown) {
    return thrown;
  }
}
