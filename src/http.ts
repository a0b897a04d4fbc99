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

/** Where a server listens, and how it answers. */
export interface ServeOptions extends FetchHandlerOptions {
  /** From 0 to 65,535; 0 takes any that is free. 4010. */
  readonly port?: number | undefined;
  /**
   * The address it listens on. `127.0.0.1`: only this machine can reach it. Any other opens it to others, who may do
   * everything; it can then be asked by its IP addresses too, and by the names of `hosts`.
   */
  readonly host?: string | undefined;
}

/** A running server. */
export interface Server {
  /** What clients are given as endpoint, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** The port it listens on. */
  readonly port: number;
  /**
   * Takes no new connection, answers what has been asked, ends event streams, lets connected processes settle what they
   * were sent, and closes. What has not ended after 5 s, or when `signal` aborts, is cut off. The bridge stays as it is.
   * A second call answers the same promise. Rejects with `ValidationException` for a signal that is none, and closes nothing.
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

const patience = 5000;
/** Many clients may come at once. */
const backlog = 4096;
/** Longer than clients keep what they do not use, so that it is they who close. */
const keepAlive = 65_000;

/**
 * Serves a bridge over HTTP as the service's endpoint does: `aws events put-events --endpoint-url http://127.0.0.1:4010`.
 * Below `/_footbridge/` it says more: `health`, `events`, `explain`, `reset`, and what `connectBridge` uses. Rejects with an
 * Error if it cannot listen there; throws one for options that are wrong.
 */
export async function serve(bridge: Bridge, options?: ServeOptions): Promise<Server> {
  const { port, host, ...settings } = readSettings('serve', options, checks, defaults);
  const isNear = isLoopbackName(host.toLowerCase());
  const hosts = [...settings.hosts, host];
  const handler = createRequestHandler(bridge, { ...settings, hosts }, isNear ? 'known' : 'literal');
  let closed: Promise<void> | undefined;
  // Not imported: bundlers for a browser do not know it, and `connectBridge` does not need it.
  const node = globalThis.process?.getBuiltinModule?.('node:http');
  if (node === undefined) throw new Error('serve: only Node can listen; elsewhere there is fetchHandler.');
  const server = node.createServer({ keepAliveTimeout: keepAlive }, (incoming, response) => {
    // A connection that has become idle while the server closes would hold it until the client closes it.
    response.on('close', () => closed && nextTurn(() => server.closeIdleConnections()));
    void answer(handler, incoming, response);
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('clientError', refuseBadHttp);
  await new Promise<void>((resolve, reject) => {
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (server.listening) console.warn(`footbridge: a connection could not be accepted: ${error.message}`);
      reject(new Error(`serve: cannot listen on ${host} port ${port}: ${reasons[error.code ?? ''] ?? error.message}.`));
    });
    server.listen({ port, host, backlog }, resolve);
  });

  const address = server.address() as AddressInfo;
  const shut = async (signal: AbortSignal | undefined): Promise<void> => {
    const over = new AbortController();
    const end = () => over.abort();
    const stopTimer = startTimer(patience, end);
    const stopListening = onAbort(signal, end);
    // First, while the processes that are connected can still be heard.
    await handler.end(over.signal);
    const done = new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    // Node takes those that have not asked anything yet for busy. Clients open some in advance.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    onAbort(over.signal, () => server.closeAllConnections());
    await done;
    stopTimer();
    stopListening();
  };
  const close: Server['close'] = (how) => {
    try {
      closed ??= shut(readCallOptions('close', how, { signal: abortSignal }).signal);
      return closed;
    } catch (error) {
      return Promise.reject(error);
    }
  };
  return { url: urlOf(address), port: address.port, close, [asyncDispose]: () => close() };
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'it is taken. Give another port, or 0 for any that is free',
  EACCES: 'this user may not',
  EADDRNOTAVAIL: 'this machine has no such address',
};

async function answer(handler: RequestHandler, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  // The client is told by other ways, or it is not there any more.
  incoming.on('error', () => {});
  response.on('error', () => {});
  const { status, headers, body } = await handler.answer(readRequest(incoming, gone.signal));
  // A client that goes by the date of a bridge's clock would sign, and retry, by it.
  response.sendDate = false;
  try {
    response.writeHead(status, headers);
    if (typeof body !== 'string') await write(body, response);
    else response.end(incoming.method === 'HEAD' ? undefined : body);
  } catch {
    response.destroy();
  }
}

function readRequest(incoming: IncomingMessage, signal: AbortSignal): HttpRequest {
  const { method = 'GET', headers, url = '/' } = incoming;
  // Proxies ask by the whole URL.
  const target = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  const [path = '/', ...query] = target.split('?');
  return {
    method,
    path,
    query: new URLSearchParams(query.join('?')),
    isSecure: false,
    host: headers.host,
    header: (name) => {
      const value = headers[name];
      return typeof value === 'object' ? value.join(', ') : value;
    },
    body: incoming,
    signal,
  };
}

/** Takes from the stream only what the client takes. */
async function write(body: HttpResponse['body'] & object, response: ServerResponse): Promise<void> {
  const reader = body.getReader();
  response.flushHeaders();
  const room = new Signal();
  const wake = () => room.notifyAll();
  response.on('drain', wake);
  response.on('close', () => {
    wake();
    reader.cancel().catch(() => {});
  });
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (!response.write(part.value) && !response.destroyed) await room.wait();
  }
  response.end();
}

/** What is no HTTP at all, or took too long to become a request. */
function refuseBadHttp(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, message] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? ['431 Request Header Fields Too Large', 'The headers are too large.']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? ['408 Request Timeout', 'The request took too long to arrive.']
        : ['400 Bad Request', 'This is no HTTP request.'];
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
