import { answerJson, type Invokable } from '../wire/json-protocol.js';
import { abortable } from './abortable.js';

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

/** Answers an SDK client's requests in process. */
export interface SdkRequestHandler {
  /**
   * Answers a request; every refusal is an answer too. Rejects with an `AbortError` as soon as the signal aborts; what
   * the bridge has taken by then stays.
   */
  handle(
    request: SdkRequest,
    options?: { readonly abortSignal?: { readonly aborted: boolean } | undefined },
  ): Promise<{ response: SdkResponse }>;
}

export function requestHandlerOf(bridge: Invokable): SdkRequestHandler {
  return {
    handle: ({ headers, body }, options) =>
      abortable(async () => {
        const answer = await answerJson(bridge, headers['x-amz-target'], textOf(body));
        return { response: { ...answer, body: new TextEncoder().encode(answer.body) } };
      }, options?.abortSignal),
  };
}

/** Newer SDKs send bytes that warn when they are used as a string, older ones a string. */
function textOf(body: unknown): string {
  if (body === undefined || typeof body === 'string') return body ?? '';
  return new TextDecoder().decode(body as Uint8Array);
}
