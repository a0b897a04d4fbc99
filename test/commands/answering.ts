import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** What a server was asked. */
export interface Asked {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How it answers. */
export interface Answered {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A server on a free port, until the test ends, that answers as it is told. */
export async function listening(answer: (asked: Asked) => Answered | Promise<Answered>): Promise<{ url: string }> {
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const {
      status,
      headers = {},
      body: answered = '',
    } = await answer({
      path: request.url ?? '',
      headers: request.headers,
      body,
    });
    response.writeHead(status, headers).end(answered);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** The same with JSON for JSON, and a list of the paths that were asked. */
// biome-ignore lint/suspicious/noExplicitAny: it is what the test sends.
export async function answering(answer: (input: any) => unknown): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const { url } = await listening(({ path, body }) => {
    asked.push(path);
    return { status: 200, body: JSON.stringify(answer(JSON.parse(body))) };
  });
  return { url, asked };
}
