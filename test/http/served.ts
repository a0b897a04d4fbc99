import { type IncomingHttpHeaders, request } from 'node:http';
import { onTestFinished } from 'vitest';
import { type ServeOptions, type Server, serve } from '../../src/http.js';
import type { Bridge } from '../../src/index.js';

/** A server on a free port that is closed when the test ends. */
export async function served(bridge: Bridge, options?: ServeOptions): Promise<Server> {
  const server = await serve(bridge, { port: 0, ...options });
  onTestFinished(() => server.close({ signal: AbortSignal.abort() }));
  return server;
}

export interface Question {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Asks over a socket of its own, with exactly these headers beside host and length. */
export function ask(url: string, { method = 'POST', path = '/', headers = {}, body }: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const outgoing = request({ hostname, port, method, path, headers, agent: false }, (incoming) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const { statusCode: status = 0, headers: answered } = incoming;
        resolve({ status, headers: answered, body: Buffer.concat(parts).toString('utf8') });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** The headers that make a request one of an operation. */
export function to(operation: string): Record<string, string> {
  return { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `AWSEvents.${operation}` };
}

export const oneEntry = JSON.stringify({
  Entries: [{ Source: 'com.shop', DetailType: 'Order Placed', Detail: '{"n":1}' }],
});
