import type { Bridge } from './bridge/bridge.js';
import type { HttpRequest, HttpResponse } from './server/http-message.js';
import { createRequestHandler } from './server/request-handler.js';
import { type FetchHandlerOptions, readSettings, settingsChecks, settingsDefaults } from './server/server-options.js';

export type { FetchHandlerOptions, RejectedRequest } from './server/server-options.js';

/**
 * Answers a bridge's requests as the service's endpoint does, wherever a platform hands a `Request` over: in a service
 * worker, in Hono (`app.all('*', (c) => handler(c.req.raw))`), in a mock of the network. The URL's host and path do not
 * matter, but for what stands behind `/_footbridge/`. The promise never rejects: each refusal is a response in AWS's form.
 * Throws an Error for options that are wrong.
 */
export function fetchHandler(bridge: Bridge, options?: FetchHandlerOptions): (request: Request) => Promise<Response> {
  const settings = readSettings('fetchHandler', options, settingsChecks, settingsDefaults);
  const handler = createRequestHandler(bridge, settings, 'any');
  return async (request) => toResponse(await handler.answer(readRequest(request)), request.method);
}

function readRequest(request: Request): HttpRequest {
  const { method, headers, signal } = request;
  const url = new URL(request.url);
  return {
    method,
    path: url.pathname,
    query: url.searchParams,
    isSecure: url.protocol === 'https:',
    host: url.host,
    header: (name) => headers.get(name) ?? undefined,
    body: chunksOf(request),
    signal,
  };
}

/** Not by `for await`, which streams do not have everywhere. */
async function* chunksOf({ body }: Request): AsyncGenerator<Uint8Array> {
  if (body === null) return;
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
