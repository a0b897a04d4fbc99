import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { serve } from '../../src/http.js';
import { createBridge, virtualClock } from '../../src/index.js';
import { gate } from '../gate.js';
import { billingBridge, connected, placed } from './connected.js';
import { served } from './served.js';

const fast = { reconnectDelay: 1, timeout: 30_000 };
const killed = { signal: AbortSignal.abort() };

/** A peer that connects, and does nothing more. */
async function silentPeer(url: string, heartbeat = 60_000) {
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  const response = await fetch(`${url}/_footbridge/connections`, {
    method: 'POST',
    body: JSON.stringify({ heartbeat }),
    signal: controller.signal,
  });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  const read = async () => {
    const { value, done } = await reader.read();
    return done
      ? []
      : decoder
          .decode(value)
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line));
  };
  const [{ connection }] = await read();
  const post = (verb: string, input: object) =>
    fetch(`${url}/_footbridge/connections/${connection}/${verb}`, { method: 'POST', body: JSON.stringify(input) });
  return { read, post, kill: () => controller.abort() };
}

describe('When the server is killed and comes back', () => {
  test('under load, every event that was accepted has its outcomes, and every call has its own', async () => {
    const bridge = await billingBridge({ RetryPolicy: { MaximumRetryAttempts: 0 } });
    let server = await serve(bridge, { port: 0 });
    onTestFinished(() => server.close(killed));
    const { port, url } = server;
    const [publisher, handler] = [await connected(url, fast), await connected(url, fast)];
    const handled = new Set<string>();
    await handler.handle<{ id: string }>('bill', ({ id }) => {
      handled.add(id);
    });
    await handler.on({ source: ['com.shop'] }, () => {});
    const results: PromiseSettledResult<string>[] = [];
    for (let round = 0; round < 3; round++) {
      const calls = Promise.allSettled(Array.from({ length: 100 }, () => publisher.publish(placed)));
      await publisher.waitFor({ source: ['com.shop'] }, { timeout: 30_000 });
      await server.close(killed);
      server = await serve(bridge, { port });
      results.push(...(await calls));
    }
    await bridge.idle();

    const ids = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(ids.length + reasons.length).toBe(300);
    expect(reasons.every(({ failures }) => failures[0].errorCode === 'ConnectionLostException')).toBe(true);
    const accepted = bridge.history.events().map(({ id }) => id);
    expect(new Set(accepted).size).toBe(accepted.length);
    expect(ids.filter((id) => !accepted.includes(id))).toEqual([]);

    const ended = bridge.history.deliveries().filter(({ rule }) => rule === 'bill');
    expect(ended.map(({ eventId }) => eventId).sort()).toEqual([...accepted].sort());
    const lost = ended.filter(({ kind }) => kind !== 'delivered');
    const codes = new Set(lost.map((record) => ('errorCode' in record ? record.errorCode : '')));
    expect([...codes].filter((code) => code !== 'CONNECTION_LOST' && code !== 'NO_RESOURCE')).toEqual([]);
    const delivered = ended.filter(({ kind }) => kind === 'delivered').map(({ eventId }) => eventId);
    expect(delivered.filter((id) => !handled.has(id))).toEqual([]);

    // And it goes on as if nothing had been.
    await handler.idle();
    const last = await publisher.publish(placed);
    await publisher.idle();
    expect(handled.has(last)).toBe(true);
  });

  test('with another bridge, everything is registered there again', async () => {
    const first = await billingBridge();
    const server = await serve(first, { port: 0 });
    const remote = await connected(server.url, fast);
    const seen: string[] = [];
    await remote.handle('bill', () => seen.push('handled'));
    await remote.on({ source: ['com.shop'] }, () => seen.push('subscribed'));
    await server.close();
    const second = await billingBridge();
    await served(second, { port: server.port });
    await remote.publish(placed);
    await remote.idle();
    expect(seen.sort()).toEqual(['handled', 'subscribed']);
    expect(first.history.events()).toEqual([]);
  });

  test('in good order, handlers that run are waited for, and nothing is lost', async () => {
    const bridge = await billingBridge();
    const server = await serve(bridge, { port: 0 });
    const remote = await connected(server.url, fast);
    const [started, go] = [gate(), gate()];
    await remote.handle('bill', async () => {
      started.open();
      await go.promise;
    });
    await remote.publish(placed);
    await started.promise;
    const closed = server.close();
    go.open();
    await closed;
    expect(bridge.history.deliveries()).toMatchObject([{ kind: 'delivered', attempts: 1 }]);
    const published = remote.publish(placed);
    await served(bridge, { port: server.port });
    await published;
  });

  test('a wait for an event goes on', async () => {
    const bridge = createBridge();
    const server = await serve(bridge, { port: 0 });
    const remote = await connected(server.url, fast);
    const waiting = remote.waitFor({ source: ['com.shop'] }, { timeout: 30_000 });
    await remote.idle();
    await server.close();
    await served(bridge, { port: server.port });
    await bridge.publish(placed);
    expect(await waiting).toMatchObject({ detail: { total: 120 } });
  });

  test('and does not, calls say that nothing was done', async () => {
    const server = await serve(createBridge(), { port: 0 });
    const remote = await connected(server.url, { reconnectDelay: 1, timeout: 1000 });
    await server.close();
    const unreachable = { name: 'ServerUnreachableException' };
    await Promise.all([
      expect(remote.publish([placed, placed])).rejects.toMatchObject({
        name: 'PutEventsError',
        failures: [
          {
            index: 0,
            errorCode: 'ServerUnreachableException',
            errorMessage: expect.stringContaining('the request was not sent'),
          },
          { index: 1, errorCode: 'ServerUnreachableException' },
        ],
      }),
      expect(remote.invoke('ListRules')).rejects.toMatchObject(unreachable),
      expect(remote.on({ source: ['a'] }, () => {})).rejects.toMatchObject(unreachable),
    ]);
  });
});

describe('When a connected process goes away', () => {
  test('what was under way is tried again, and its target is unhandled', async () => {
    const clock = virtualClock();
    const bridge = createBridge({ clock, onUnhandledTarget: 'ignore', onFailedDelivery: 'ignore' });
    const { url } = await served(bridge);
    await bridge.putRule({ Name: 'bill', EventPattern: '{"source":["com.shop"]}' });
    const Arn = 'arn:aws:lambda:us-east-1:123456789012:function:bill';
    await bridge.putTargets({ Rule: 'bill', Targets: [{ Id: '1', Arn }] });
    const peer = await silentPeer(url);
    await peer.post('handle', { registration: 'a', name: 'bill' });
    await bridge.publish(placed);
    expect(await peer.read()).toMatchObject([{ kind: 'delivery', registration: 'a', id: 1, call: { attempt: 1 } }]);
    const retrying = new Promise((resolve) => bridge.observe('retrying', resolve));
    peer.kill();
    expect(await retrying).toMatchObject({ errorCode: 'CONNECTION_LOST' });
    expect(await bridge.drain()).toMatchObject({ failed: 1 });
    expect(bridge.history.deliveries()).toMatchObject([{ attempts: 2, errorCode: 'NO_RESOURCE' }]);
  });

  test('or is slow, it is sent no more than was agreed', async () => {
    const bridge = createBridge({ onFailedDelivery: 'ignore' });
    const peer = await silentPeer((await served(bridge)).url);
    await peer.post('on', { registration: 'a', pattern: { source: ['com.shop'] }, concurrency: 5 });
    await bridge.publish(Array.from({ length: 50 }, () => placed));
    const received: { kind: string; id: number }[] = [];
    while (received.length < 5) received.push(...(await peer.read()));
    expect(received.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
    await peer.post('settle', { settlements: [{ id: 2 }] });
    expect(await peer.read()).toMatchObject([{ kind: 'delivery', id: 6 }]);
    expect(bridge.history.deliveries()).toMatchObject([{ kind: 'delivered' }]);
  });

  test('without a word, it is missed', async () => {
    const { url } = await served(createBridge());
    const peer = await silentPeer(url, 10);
    let messages = await peer.read();
    while (messages.length > 0) {
      expect(messages).toEqual(messages.map(() => ({ kind: 'heartbeat' })));
      messages = await peer.read();
    }
    expect((await peer.post('ping', {})).status).toBe(404);
  });

  test('and asks for what it may not, it is refused, and the connection goes on', async () => {
    const bridge = createBridge();
    const { url } = await served(bridge);
    const peer = await silentPeer(url);
    const refused = async (verb: string, input: unknown) => (await peer.post(verb, input as object)).status;
    expect(await refused('nothing', {})).toBe(404);
    expect(await refused('settle', { settlements: [{ id: 'x' }] })).toBe(400);
    expect(await refused('settle', { settlements: [{ id: 1, error: { message: 5 } }] })).toBe(400);
    expect(await refused('on', { registration: 'a' })).toBe(400);
    expect(await refused('on', { registration: '', pattern: '{}' })).toBe(400);
    expect(await refused('handle', { registration: 'a', name: 5 })).toBe(400);
    expect(await refused('publish', [])).toBe(400);
    expect(await refused('settle', { settlements: [{ id: 99 }] })).toBe(200);
    expect(await refused('ping', {})).toBe(200);
    const { status } = await fetch(`${url}/_footbridge/connections`, { method: 'POST', body: '{"heartbeat":1}' });
    expect(status).toBe(400);
  });
});

describe('A server that says nothing any more', () => {
  test('is taken for dead, and connected to again', async () => {
    const connections: string[] = [];
    const again = gate();
    const server = createServer((incoming, response) => {
      incoming.resume();
      if (incoming.url !== '/_footbridge/connections') return;
      connections.push('');
      if (connections.length === 2) again.open();
      response.write(`{"kind":"welcome","connection":"c${connections.length}","account":"1","region":"r"}\n`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close().closeAllConnections());
    const { port } = server.address() as AddressInfo;
    const remote = await connected(`http://127.0.0.1:${port}`, { ...fast, heartbeat: 50 });
    await again.promise;
    expect(remote.region).toBe('r');
  });
});
