import { describeError } from '../base/describe.js';
import { randomIds } from '../base/random.js';
import { isServiceError } from '../base/service-error.js';
import { jsonHeaders } from '../wire/json-protocol.js';

/** A request, whichever way it came: what `fetchHandler` and `serve` have in common. */
export interface HttpRequest {
  /** Upper case. */
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly isSecure: boolean;
  /** The name, and the port if there is one, that the client has asked. */
  readonly host: string | undefined;
  /** By its lower-case name. */
  header(name: string): string | undefined;
  readonly body: AsyncIterable<Uint8Array>;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** An answer, whichever way it goes. */
export interface HttpResponse {
  readonly status: number;
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** A stream has no length that could be told before. */
  readonly body: string | ReadableStream<Uint8Array>;
}

/** What a request is refused for before any operation hears of it. */
export class HttpError extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, name: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = name;
    this.status = status;
    this.headers = headers;
  }
}

/** An answer of JSON text. */
export function jsonResponse(status: number, body: string, contentType = 'application/json'): HttpResponse {
  return { status, headers: jsonHeaders(body, contentType), body };
}

/** Any error in the form in which AWS answers errors. */
export function errorResponse(error: unknown, contentType?: string): HttpResponse {
  if (error instanceof HttpError) {
    const answer = jsonResponse(error.status, errorBody(error.name, error.message), contentType);
    return { ...answer, headers: { ...answer.headers, ...error.headers } };
  }
  if (isServiceError(error)) {
    return jsonResponse(error.$metadata.httpStatusCode, errorBody(error.name, error.message), contentType);
  }
  return jsonResponse(500, errorBody('InternalException', describeError(error)), contentType);
}

function errorBody(name: string, message: string): string {
  return JSON.stringify({ __type: name, message });
}

/**
 * An answer that is written piece by piece, each when the reader has room for it. `next` makes the next piece; `undefined`
 * ends it. `ending` aborts to end it, and is aborted when it has ended or the reader has left.
 */
export function streamResponse(
  contentType: string,
  next: () => Promise<string | undefined>,
  ending: AbortController,
): HttpResponse {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const piece = ending.signal.aborted ? undefined : await next();
      if (piece !== undefined) controller.enqueue(encoder.encode(piece));
      else {
        ending.abort();
        controller.close();
      }
    },
    cancel: () => ending.abort(),
  });
  const headers = {
    'x-amzn-requestid': randomIds(),
    'content-type': contentType,
    'cache-control': 'no-store',
    // Proxies are not to gather it.
    'x-accel-buffering': 'no',
  };
  return { status: 200, headers, body };
}
