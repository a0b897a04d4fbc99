import { describeError } from '../base/describe.js';
import { requestIds } from '../base/random.js';
import { isServiceError } from '../base/service-error.js';
import { utf8Encoder } from '../base/utf8.js';
import { jsonHeaders } from '../wire/json-protocol.js';

/** A request, from `fetchHandler` or from `serve`. */
export interface HttpRequest {
  /** Upper case. */
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly isSecure: boolean;
  /** Each `Host` header: the name that the client used, with the port if there is one. */
  readonly hosts: readonly string[];
  /** Returns a header by its lower-case name. */
  header(name: string): string | undefined;
  readonly body: AsyncIterable<Uint8Array>;
  /** Aborts when the client is gone. */
  readonly signal: AbortSignal;
}

/** The response to it. */
export interface HttpResponse {
  readonly status: number;
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** A stream has no known length. */
  readonly body: string | ReadableStream<Uint8Array>;
}

/** Rejects a request before any operation is called. */
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

export function accessDenied(message: string): HttpError {
  return new HttpError(403, 'AccessDeniedException', message);
}

export function wrongMethod(method: string, allowed: readonly string[]): HttpError {
  return new HttpError(
    405,
    'UnknownOperationException',
    `The method must be ${allowed.join(' or ')}, but is ${method.slice(0, 40)}.`,
    { allow: [...allowed, 'OPTIONS'].join(', ') },
  );
}

/** Returns a response of JSON text. */
export function jsonResponse(status: number, body: string, contentType = 'application/json'): HttpResponse {
  return { status, headers: jsonHeaders(body, contentType), body };
}

/** Returns any error in the form in which AWS returns errors. */
export function errorResponse(error: unknown, contentType?: string): HttpResponse {
  if (error instanceof HttpError) {
    const response = jsonResponse(error.status, errorBody(error.name, error.message), contentType);
    return { ...response, headers: { ...response.headers, ...error.headers } };
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
 * Returns a response that is written chunk by chunk, each when the reader has room for it. `next` returns the next chunk, or
 * `undefined` at the end. `ending` aborts to end the stream, and is aborted when it has ended or the reader has left.
 */
export function streamResponse(
  contentType: string,
  next: () => Promise<string | undefined>,
  ending: AbortController,
): HttpResponse {
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const chunk = ending.signal.aborted ? undefined : await next();
      if (chunk !== undefined) controller.enqueue(utf8Encoder().encode(chunk));
      else {
        ending.abort();
        controller.close();
      }
    },
    cancel: () => ending.abort(),
  });
  const headers = {
    'x-amzn-requestid': requestIds(),
    'content-type': contentType,
    'cache-control': 'no-store',
    // Keeps proxies from buffering.
    'x-accel-buffering': 'no',
  };
  return { status: 200, headers, body };
}
