import type { Invokable } from '../wire/json-protocol.js';
import { clientBase, type Sender } from './client-base.js';
import type { ClientConfig } from './client-config.js';
import { requestHandlerOf } from './request-handler.js';
import { retargetedClient, type SdkClient } from './retargeted-client.js';

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
