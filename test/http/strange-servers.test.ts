import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectBridge } from '../../src/http.js';
import { readJsonLines } from '../../src/remote/messages.js';
import { gate } from '../gate.js';
import { connected, placed } from './connected.js';

const soon = { reconnectDelay: 1, timeout: 500 };
const nothingDone = {
  name: 'ServerUnreachableException',
  message: expect.stringContaining('the request was not sent'),
};

/** Welcomes whoever connects; what is called then is answered by `answer`. Counts the connections. */
async function strangeServer(
  answer: (incoming: IncomingMessage, response: ServerResponse, connections: ServerResponse[]) => void,
) {
  const connections: ServerResponse[] = [];
  const server = createServer((incoming, response) => {
    incoming.resume();
    if (incoming.url !== '/_footbridge/connections') return answer(incoming, response, connections);
    connections.push(response);
    response.write(`{"kind":"welcome","connection":"c${connections.length}","account":"1","region":"r"}\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return { connections, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('A connection to a strange server', () => {
  test('that is always busy, says that nothing was done', async () => {
    const { url } = await strangeServer((_, response) => response.writeHead(503).end('busy'));
    const remote = await connected(url, soon);
    await expect(remote.invoke('ListRules')).rejects.toMatchObject(nothingDone);
    await expect(remote.on({ source: ['a'] }, () => {})).rejects.toMatchObject(nothingDone);
  });

  test('that never knows its own connections, does not try for ever', async () => {
    const { url, connections } = await strangeServer((_, response) => {
      response.writeHead(404).end('{"__type":"UnknownConnectionException","message":"There is no such connection."}');
    });
    const remote = await connected(url, { ...soon, timeout: 20_000 });
    await expect(remote.publish(placed)).rejects.toMatchObject({
      failures: [{ errorCode: 'ServerUnreachableException' }],
    });
    await expect(remote.handle('bill', () => {})).rejects.toMatchObject({
      message: expect.stringContaining('There is no such connection.'),
    });
    expect(connections.length).toBeLessThan(50);
  });

  test('that is slow to take the registrations again, ends with close', async () => {
    const [asked, over] = [gate(), gate()];
    const { url, connections } = await strangeServer((_, response) => {
      if (connections.length === 1) response.end('{}');
      else asked.open();
    });
    const remote = await connected(url, { ...soon, timeout: 20_000 });
    await remote.handle('bill', () => {});
    connections[0]?.destroy();
    await asked.promise;
    connections[1]?.on('close', over.open);
    await remote.close();
    await over.promise;
  });

  test.each(['null', '5', '{"kind":5}', '{"kind":"welcome"}', 'no json'])('that says %s, is not made', async (line) => {
    const server = createServer((_, response) => response.end(`${line}\n`));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close().closeAllConnections());
    const { port } = server.address() as AddressInfo;
    await expect(connectBridge(`http://127.0.0.1:${port}`, soon)).rejects.toMatchObject({
      name: 'ServerUnreachableException',
      message: expect.stringMatching(/The server sent an invalid message\.$|SyntaxError/),
    });
  });

  test('whose line has no end, reads no further', async () => {
    const megabyte = new TextEncoder().encode('x'.repeat(2 ** 20));
    let pulled = 0;
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        if (++pulled <= 100) controller.enqueue(megabyte);
        else controller.close();
      },
    });
    const lines = readJsonLines(stream, () => {});
    await expect(lines.next()).rejects.toThrow('The server sent a line of more than 67108864 characters.');
  });
});
