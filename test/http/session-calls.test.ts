import { describe, expect, test } from 'vitest';
import { createBridge } from '../../src/index.js';
import { billingBridge, connected, placed } from './connected.js';
import { ask, served } from './served.js';

/** Opens a connection as `connectBridge` does, and returns a function that calls a method of it. */
async function openSession() {
  const { url } = await served(createBridge({ onUnhandledTarget: 'ignore' }));
  const response = await fetch(`${url}/_footbridge/connections`, { method: 'POST', body: '{"heartbeat":60000}' });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const { value } = await reader.read();
  const { connection } = JSON.parse(new TextDecoder().decode(value));
  return (method: string, input: object) =>
    ask(url, { path: `/_footbridge/connections/${connection}/${method}`, body: JSON.stringify(input) });
}

const odd: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  '',
  'x',
  '__proto__',
  '\ud800',
  [],
  [1],
  {},
  { a: 1 },
  { toString: 1 },
  '["a"]',
];
const methods: Record<string, object> = {
  handle: { registration: 'r', name: 'bill', concurrency: 1, timeout: '1s' },
  on: {
    registration: 'r',
    pattern: { source: ['a'] },
    bus: 'default',
    name: 'n',
    retryPolicy: {},
    concurrency: 1,
    timeout: 5,
  },
  dispose: { registration: 'r' },
  settle: { settlements: [] },
  publish: { events: [] },
  'wait-for': { pattern: { source: ['never'] }, since: 'now', timeout: 0 },
  idle: {},
};

describe('A call of a connected process', () => {
  test.each(Object.keys(methods))('with members of odd types is refused, and no accident: %s', async (method) => {
    const call = await openSession();
    const usual = methods[method] as object;
    for (const member of [...Object.keys(usual), 'unknown']) {
      for (const value of odd) {
        const { status, body } = await call(method, { ...usual, [member]: value });
        expect([status, body, member, value]).toEqual([expect.toBeOneOf([200, 400]), body, member, value]);
        if (status === 400) expect(JSON.parse(body)).toMatchObject({ message: expect.stringMatching(/./) });
      }
    }
    for (const input of odd) expect((await call(method, input as object)).status).toBeOneOf([200, 400]);
  });
});

describe('A connected process that takes the name of a handler of the server', () => {
  test('has it until it disposes it or leaves, and then the server handles again', async () => {
    const bridge = await billingBridge();
    const { url } = await served(bridge);
    const calls: string[] = [];
    bridge.handle('bill', () => void calls.push('server'));
    const publish = async () => {
      await bridge.publish(placed);
      await bridge.idle();
      return calls.splice(0).join();
    };
    const first = await connected(url);
    const handle = await first.handle('bill', () => void calls.push('first'));
    expect(await publish()).toBe('first');
    handle.dispose();
    await first.idle();
    expect(await publish()).toBe('server');
    const second = await connected(url);
    await second.handle('bill', () => void calls.push('second'));
    expect(await publish()).toBe('second');
    await second.close();
    expect(await publish()).toBe('server');
  });

  test('leaves none behind if the server has disposed its own meanwhile', async () => {
    const bridge = await billingBridge();
    const { url } = await served(bridge);
    const handle = bridge.handle('bill', () => {});
    const remote = await connected(url);
    await remote.handle('bill', () => {});
    handle.dispose();
    await remote.close();
    await bridge.publish(placed);
    expect(await bridge.idle()).toMatchObject({ delivered: 0, failed: 1 });
  });

  test('gives way to a handler that the server registers later', async () => {
    const bridge = await billingBridge();
    const { url } = await served(bridge);
    const calls: string[] = [];
    const remote = await connected(url);
    await remote.handle('bill', () => void calls.push('remote'));
    bridge.handle('bill', () => void calls.push('server'));
    await remote.close();
    await bridge.publish(placed);
    await bridge.idle();
    expect(calls).toEqual(['server']);
  });
});
