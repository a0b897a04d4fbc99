import type { Bridge } from './bridge/bridge.js';
import type { HttpRequest, HttpResponse } from './server/http-message.js';
import { createRequestHandler } from './server/request-handler.js';
import { type FetchHandlerOptions, readSettings, settingsChecks, settingsDefaults } from './server/server-options.js';

export type { FetchHandlerOptions, RejectedRequest } from './server/server-options.js';

/**
 * Creates a function that responds to a `Request` for a bridge, as EventBridge's endpoint does.
 *
 * It works wherever a platform hands a `Request` over: in a service worker, in Hono (`app.all('*', (c) => handler(c.req.raw))`), in
 * Cloudflare Workers. Only paths below `/_footbridge/` have a meaning. The returned promise never rejects: every error is a
 * response in AWS's form.
 *
 * @param bridge - The bridge, from `createBridge` or `sharedBridge`.
 * @param options - Who may use it, and the limit of request bodies.
 * @returns A function from a `Request` to its `Response`.
 * @throws {Error} when an option is invalid, or `bridge` is not a bridge.
 * @example
 * ```ts
 * const handler = fetchHandler(createBridge());
 * self.addEventListener('fetch', (event) => event.respondWith(handler(event.request)));
 * ```
 */
export function fetchHandler(bridge: Bridge, options?: FetchHandlerOptions): (request: Request) => Promise<Response> {
  const settings = readSettings('fetchHandler', options, settingsChecks, settingsDefaults);
  const handler = createRequestHandler('fetchHandler', bridge, settings, 'any');
  return async (request) => toResponse(await handler.respond(readRequest(request)), request.method);
}

function readRequest(request: Request): HttpRequest {
  const { method, headers, signal } = request;
  const url = new URL(request.url);
  return {
    method,
    path: url.pathname,
    query: url.searchParams,
    isSecure: url.protocol === 'https:',
    hosts: [url.host],
    header: (name) => headers.get(name) ?? undefined,
    body: chunksOf(request),
    // Some platforms give a request none.
    signal: signal ?? new AbortController().signal,
  };
}

/** Not by `for await`, because not every platform's streams can be iterated. Firefox has no stream: the body comes whole. */
async function* chunksOf(request: Request): AsyncGenerator<Uint8Array> {
  const { body } = request;
  if (body === null) return;
  if (body === undefined) {
    yield new Uint8Array(await request.arrayBuffer());
    return;
  }
  const reader = body.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    reader.cancel().catch(() => {});
  }
}

function toResponse({ status, headers, body }: HttpResponse, method: string): Response {
  return new Response(method === 'HEAD' || body === '' ? null : body, { status, headers });
}
