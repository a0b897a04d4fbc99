import { describeError } from '../base/describe.js';
import { utf8Decoder, utf8Encoder } from '../base/utf8.js';
import { handleAwsJson, type Invokable } from '../wire/json-protocol.js';

/** A request as the SDK passes it to its request handler. */
export interface SdkRequest {
  /** The headers, with `x-amz-target`. */
  readonly headers: Record<string, string>;
  /** JSON text, as a string or bytes. */
  readonly body?: unknown;
}

/** A response as the SDK expects it from its request handler. */
export interface SdkResponse {
  /** The status. */
  readonly statusCode: number;
  /** The headers, with lower-case names. */
  readonly headers: Record<string, string>;
  /** JSON text. */
  readonly body: Uint8Array;
}

/** Responds to an SDK client's requests within the process. */
export interface SdkRequestHandler {
  /**
   * Responds to a request; every error of the bridge is a response too.
   *
   * @throws {AbortError} as soon as the signal aborts. What the bridge has accepted by then stays.
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
        const response = await handleAwsJson(bridge, headers['x-amz-target'], textOf(body));
        return { response: { ...response, body: utf8Encoder().encode(response.body) } };
      }, options?.abortSignal),
  };
}

/** Newer SDKs pass bytes that warn when they are used as a string, older ones a string. */
function textOf(body: unknown): string {
  if (body === undefined || typeof body === 'string') return body ?? '';
  return utf8Decoder().decode(body as Uint8Array);
}

/** What is used of a signal: the platform's, or that of SDKs before 2023, which has only `onabort`. */
interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  onabort?: unknown;
  addEventListener?(type: 'abort', listener: () => void): void;
  removeEventListener?(type: 'abort', listener: () => void): void;
}

/** Does the work unless the signal aborts first, and then rejects at once as the SDK's own request handlers do. */
async function abortable<Result>(work: () => Promise<Result>, signal: object | undefined): Promise<Result> {
  if (signal === undefined || signal === null) return work();
  const given = signal as AbortSignalLike;
  if (given.aborted) throw abortError(given);
  let stopListening = () => {};
  const aborted = new Promise<never>((_, reject) => {
    const abort = () => reject(abortError(given));
    if (typeof given.addEventListener === 'function') {
      given.addEventListener('abort', abort);
      stopListening = () => given.removeEventListener?.('abort', abort);
    } else {
      given.onabort = abort;
    }
  });
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    stopListening();
  }
}

function abortError({ reason }: AbortSignalLike): Error {
  const cause = reason instanceof Error ? { cause: reason } : undefined;
  const message = !reason || cause !== undefined ? 'Request aborted' : describeError(reason);
  return Object.assign(new Error(message, cause), { name: 'AbortError' });
}
