import { requestIds } from '../base/random.js';
import type { Bridge } from '../bridge/bridge.js';
import type { OperationName, Operations } from '../operations/operations.js';
import type { Invokable } from '../wire/json-protocol.js';
import { assertBridge, type ClientConfig, clientConfig } from './client-config.js';
import { requestHandlerOf } from './request-handler.js';
import { clientBase, retargetedClient, type SdkClient, type Sender } from './retargeted-client.js';

/** What the SDK says about an answer, beside the answer. */
export interface ResponseMetadata {
  /** Always 200: what is refused is thrown. */
  readonly httpStatusCode: number;
  /** Another for each answer. */
  readonly requestId: string;
  /** Always 1. */
  readonly attempts: number;
  /** Always 0, in milliseconds. */
  readonly totalRetryDelay: number;
}

/** Performs one operation on a bridge, and answers as an SDK client does: `Date`s for times, and `$metadata`. */
export type MockResponder<Name extends OperationName> = (
  input?: Operations[Name]['input'],
  getClient?: () => unknown,
) => Promise<Operations[Name]['output'] & { readonly $metadata: ResponseMetadata }>;

/**
 * The function behind a command of a mocked client, as aws-sdk-client-mock takes it:
 * `mock.on(PutEventsCommand).callsFake(answer(bridge, 'PutEvents'))`. A refusal is thrown as the SDK's own class, which
 * the client that the mock passes on makes of it; a call without such a client throws a `ServiceError` of the same name
 * and sentence. Throws an Error for what is no bridge.
 */
export function mockResponder<Name extends OperationName>(bridge: Bridge, name: Name): MockResponder<Name> {
  assertBridge(bridge, 'answer');
  const config = clientConfig(bridge);
  return async (input, getClient) => {
    try {
      const output = await bridge.invoke(name, input);
      const $metadata = { httpStatusCode: 200, requestId: requestIds(), attempts: 1, totalRetryDelay: 0 };
      return { ...output, $metadata };
    } catch (refusal) {
      throw await sdkError(refusal, input, getClient?.() as never, config);
    }
  };
}

/** A client whose `send` is a stub of sinon's. */
interface MockedClient extends SdkClient {
  readonly send: Sender['send'] & { readonly args?: readonly (readonly { readonly input?: unknown }[])[] };
}

/**
 * A refusal as the SDK's own class: the command that the mocked client was given goes through the client's real pipeline
 * after all, to a request handler that knows nothing but the refusal. Where there is no such client, the refusal as it is.
 */
export async function sdkError(
  refusal: unknown,
  input: unknown,
  client: MockedClient | undefined,
  config: ClientConfig,
): Promise<unknown> {
  const [command] = client?.send?.args?.findLast(([given]) => given?.input === input) ?? [];
  if (client === undefined || command === undefined) return refusal;
  const refusing: Invokable = { invoke: () => Promise.reject(refusal) };
  const offline = retargetedClient(client, { ...config, requestHandler: requestHandlerOf(refusing) });
  try {
    await clientBase(client).send.call(offline, command);
    return refusal;
  } catch (error) {
    return error;
  }
}
