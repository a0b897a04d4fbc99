import { randomIds } from '../base/random.js';
import type { Bridge, OperationName, Operations } from '../bridge/bridge.js';

import { clientConfig } from './client-config.js';
import { expectBridge } from './expect-bridge.js';
import { sdkError } from './sdk-error.js';

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
export type Answer<Name extends OperationName> = (
  input?: Operations[Name]['input'],
  getClient?: () => unknown,
) => Promise<Operations[Name]['output'] & { readonly $metadata: ResponseMetadata }>;

/**
 * The function behind a command of a mocked client, as aws-sdk-client-mock takes it:
 * `mock.on(PutEventsCommand).callsFake(answer(bridge, 'PutEvents'))`. A refusal is thrown as the SDK's own class, which
 * the client that the mock passes on makes of it; a call without such a client throws a `ServiceError` of the same name
 * and sentence. Throws an Error for what is no bridge.
 */
export function answer<Name extends OperationName>(bridge: Bridge, name: Name): Answer<Name> {
  expectBridge(bridge, 'answer');
  const config = clientConfig(bridge);
  return async (input, getClient) => {
    try {
      const output = await bridge.invoke(name, input);
      const $metadata = { httpStatusCode: 200, requestId: randomIds(), attempts: 1, totalRetryDelay: 0 };
      return { ...output, $metadata };
    } catch (refusal) {
      throw await sdkError(refusal, input, getClient?.() as never, config);
    }
  };
}
