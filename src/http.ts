import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { nextTurn, startTimer } from './base/clock/real-timers.js';
import { asyncDispose, onAbort } from './base/disposable.js';
import { Signal } from './base/signal.js';
import type { Bridge } from './bridge/bridge.js';
import { signal as abortSignal, readCallOptions } from './core/call-options.js';
import { isLoopbackName } from './server/access.js';
import type { HttpRequest, HttpResponse } from './server/http-message.js';
import { createRequestHandler, type RequestHandler } from './server/request-handler.js';
import { type FetchHandlerOptions, readSettings, settingsChecks, settingsDefaults } from './server/server-options.js';

/// <reference lib="esnext.disposable" preserve="true" />

export { connectBridge } from './remote/connect-bridge.js';
export type { ConnectOptions, Registered, RemoteBridge, RemoteSubscriptionOptions } from './remote/remote-bridge.js';
export type { FetchHandlerOptions, RejectedRequest } from './server/server-options.js';

/** Options of `serve`. */
export interface ServeOptions extends FetchHandlerOptions {
  /**
   * From 0 to 65,535; 0 takes any free port.
   *
   * @defaultValue 4010
   */
  readonly port?: number | undefined;
  /**
   * The address to listen on. The default can be reached from this machine only. With any other, whoever can reach it may do
   * everything; then the server also responds to its IP addresses as `Host`, and to the names of `hosts`.
   *
   * @defaultValue '127.0.0.1'
   */
  readonly host?: string | undefined;
}

/** A running server. */
export interface Server {
  /** The endpoint for clients, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** The port. */
  readonly port: number;
  /**
   * Accepts no more connections, responds to the requests it has, ends event streams, lets connected processes settle what they
   * were sent, and closes. The bridge stays as it is.
   *
   * @param options - What has not ended when `signal` aborts is cut off, as it is after 5 s.
   * @returns The same promise for every call.
   * @throws {ValidationException} when `signal` is not an AbortSignal; then the server stays open.
   */
  close(options?: { readonly signal?: AbortSignal | undefined }): Promise<void>;
  /** `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

const defaults = { ...settingsDefaults, port: 4010, host: '127.0.0.1' };
const checks = {
  ...settingsChecks,
  port: [
    (value: unknown) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 65_535,
    'must be a whole number from 0 to 65535',
  ],
  host: [(value: unknown) => typeof value === 'string' && value !== '', 'must be an address such as "127.0.0.1"'],
} as const;

const closeTimeout = 5000;
/** How long the rest of a body is read that nothing needs, so that the client reads the response instead of an error. */
const lingerTimeout = 1000;
/** Many clients may connect at once. */
const backlog = 4096;
/** Longer than clients keep idle connections, so that the clients close them. */
const keepAlive = 65_000;

/**
 * Serves a bridge over HTTP, as EventBridge's endpoint does.
 *
 * Below `/_footbridge/` are `health`, `events`, `explain`, `reset`, and what `connectBridge` uses.
 *
 * @param bridge - The bridge, from `createBridge` or `sharedBridge`.
 * @param options - Where to listen, and who may use it.
 * @returns The running server.
 * @throws {Error} when an option is invalid, or the server cannot listen there.
 * @example
 * ```ts
 * await using server = await serve(bridge, { port: 4010 });
 * // aws events put-events --endpoint-url http://127.0.0.1:4010 --entries …
 * ```
 */
export async function serve(bridge: Bridge, options?: ServeOptions): Promise<Server> {
  const { port, host, ...settings } = readSettings('serve', options, checks, defaults);
  const isLoopback = isLoopbackName(host.toLowerCase());
  const hosts = [...settings.hosts, host];
  const handler = createRequestHandler('serve', bridge, { ...settings, hosts }, isLoopback ? 'known' : 'literal');
  let closed: Promise<void> | undefined;
  // Not imported: bundlers for browsers do not know the module, and `connectBridge` does not need it.
  const node = globalThis.process?.getBuiltinModule?.('node:http');
  if (node === undefined) throw new Error('serve: only Node can listen. Use fetchHandler elsewhere.');
  const server = node.createServer({ keepAliveTimeout: keepAlive }, (incoming, response) => {
    // A connection that becomes idle while the server closes would stay until the client closes it.
    response.on('close', () => closed && nextTurn(() => server.closeIdleConnections()));
    void respond(handler, incoming, response);
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('clientError', rejectMalformedRequest);
  await new Promise<void>((resolve, reject) => {
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (server.listening) console.warn(`footbridge: a connection could not be accepted: ${error.message}`);
      reject(new Error(`serve: cannot listen on ${host} port ${port}: ${reasons[error.code ?? ''] ?? error.message}.`));
    });
    server.listen({ port, host, backlog }, resolve);
  });

  const address = server.address() as AddressInfo;
  const closeAll = async (signal: AbortSignal | undefined): Promise<void> => {
    const timeout = new AbortController();
    const end = () => timeout.abort();
    const cancelTimer = startTimer(closeTimeout, end);
    const stopListening = onAbort(signal, end);
    // First, while connected processes can still report.
    await handler.end(timeout.signal);
    const done = new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    // Node takes those without a request yet for busy. Clients open some in advance.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    onAbort(timeout.signal, () => server.closeAllConnections());
    await done;
    cancelTimer();
    stopListening();
  };
  const close: Server['close'] = (how) => {
    try {
      closed ??= closeAll(readCallOptions('close', how, { signal: abortSignal }).signal);
      return closed;
    } catch (error) {
      return Promise.reject(error);
    }
  };
  return { url: urlOf(address), port: address.port, close, [asyncDispose]: () => close() };
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is in use. Choose another port, or 0 for any free one',
  EACCES: 'this user may not use the port',
  EADDRNOTAVAIL: 'this machine does not have the address',
};

async function respond(handler: RequestHandler, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const disconnected = new AbortController();
  response.on('close', () => disconnected.abort());
  // The client learns of errors by other means, or is gone.
  incoming.on('error', () => {});
  response.on('error', () => {});
  const { status, headers, body } = await handler.respond(readRequest(incoming, disconnected.signal));
  // A client that follows the date of a virtual clock would sign, and retry, by it.
  response.sendDate = false;
  try {
    if (typeof body !== 'string') {
      response.writeHead(status, headers);
      await write(body, response);
    } else if (incoming.complete) {
      response.writeHead(status, headers);
      response.end(incoming.method === 'HEAD' ? undefined : body);
    } else {
      // Nobody reads the rest of the body, so no other request can follow on this connection.
      response.writeHead(status, { ...headers, connection: 'close' });
      if (incoming.method !== 'HEAD') response.write(body);
      await discard(incoming);
      response.end();
    }
  } catch {
    response.destroy();
  }
}

/** Reads what is left of a body, but not for long. */
function discard(incoming: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      cancelTimer();
      resolve();
    };
    const cancelTimer = startTimer(lingerTimeout, end);
    for (const event of ['end', 'close']) incoming.on(event, end);
    incoming.resume();
  });
}

function readRequest(incoming: IncomingMessage, signal: AbortSignal): HttpRequest {
  const { method = 'GET', headers, rawHeaders, url = '/' } = incoming;
  // Proxies send the whole URL.
  const target = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  const [path = '/', ...query] = target.split('?');
  return {
    method,
    path,
    query: new URLSearchParams(query.join('?')),
    isSecure: false,
    hosts: rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === 'host'),
    header: (name) => {
      const value = headers[name];
      return typeof value === 'object' ? value.join(', ') : value;
    },
    // A reader that stops early must not destroy the connection before the response.
    body: { [Symbol.asyncIterator]: () => incoming.iterator({ destroyOnReturn: false }) },
    signal,
  };
}

/** Reads from the stream only as fast as the client reads. */
async function write(body: HttpResponse['body'] & object, response: ServerResponse): Promise<void> {
  const reader = body.getReader();
  response.flushHeaders();
  const drained = new Signal();
  const notify = () => drained.notifyAll();
  response.on('drain', notify);
  response.on('close', () => {
    notify();
    reader.cancel().catch(() => {});
  });
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (!response.write(part.value) && !response.destroyed) await drained.wait();
  }
  response.end();
}

/** For what is not HTTP, or took too long to become a request. */
function rejectMalformedRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, message] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? ['431 Request Header Fields Too Large', 'The headers are too large.']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? ['408 Request Timeout', 'The request took too long to arrive.']
        : ['400 Bad Request', 'This is not an HTTP request.'];
  const body = JSON.stringify({ __type: 'SerializationException', message });
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/x-amz-json-1.1\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
  );
}

function urlOf({ address, port, family }: AddressInfo): string {
  if (address === '0.0.0.0') return `http://127.0.0.1:${port}`;
  if (address === '::') return `http://[::1]:${port}`;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
