import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Bridge, sequentialIds, sharedBridge } from '../../src/index.js';

const made: Bridge[] = [];
const share: typeof sharedBridge = (name, options) => {
  const bridge = sharedBridge(name, options);
  made.push(bridge);
  return bridge;
};

describe('A shared bridge', () => {
  afterEach(async () => {
    await Promise.all(made.splice(0).map((bridge) => bridge.close()));
  });

  test('is one for each name', () => {
    const ids = sequentialIds();
    const bridge = share('a', { account: '111122223333', ids, limits: { buses: 2 } });
    expect(share('a')).toBe(bridge);
    expect(share('a', { ids, limits: { buses: 2 }, account: '111122223333' })).toBe(bridge);
    expect(share('b')).not.toBe(bridge);
  });

  test('is found by a second copy of the package', async () => {
    const bridge = share('a');
    vi.resetModules();
    const copy = await import('../../src/index.js');
    expect(copy.sharedBridge).not.toBe(sharedBridge);
    expect(copy.sharedBridge('a')).toBe(bridge);
    const { clientConfig } = await import('../../src/aws-sdk.js');
    expect(clientConfig(bridge).region).toBe('us-east-1');
  });

  test('answers over the wire of a second copy as over its own', async () => {
    const bridge = share('a');
    vi.resetModules();
    const { fetchHandler } = await import('../../src/fetch.js');
    const headers = { 'x-amz-target': 'AWSEvents.PutRule' };
    const request = new Request('http://localhost/', { method: 'POST', headers, body: '{"Name":1}' });
    expect(await (await fetchHandler(bridge)(request)).json()).toEqual({
      __type: 'SerializationException',
      message: "Member 'name' must be a string, but is a number.",
    });
  });

  test('says to processes that are connected to a second copy which events it did not accept', async () => {
    const bridge = share('a');
    bridge.faults.putEvents({ code: 'InternalFailure', entry: 1 });
    vi.resetModules();
    const { connectBridge, serve } = await import('../../src/http.js');
    await using server = await serve(bridge, { port: 0 });
    await using remote = await connectBridge(server.url);
    const event = { source: 'com.shop', detailType: 'Order Placed', detail: {} };
    await expect(remote.publish([event, event])).rejects.toMatchObject({
      name: 'PutEventsError',
      failures: [{ index: 1, errorCode: 'InternalFailure' }],
      ids: [expect.any(String), undefined],
    });
  });

  test('cannot be asked for with other options', () => {
    share('a', { account: '111122223333' });
    expect(() => share('a', { account: '444455556666' })).toThrow('sharedBridge: "a" was made with other options.');
    expect(() => share('a', {})).toThrow('sharedBridge: "a" was made with other options.');
    expect(share('b')).toBe(share('b', {}));
  });

  test('is gone when it is closed, also by a wrong option', async () => {
    const bridge = share('a');
    await bridge.close();
    expect(share('a')).not.toBe(bridge);
    expect(() => share('c', { account: 'x' })).toThrow('createBridge: account');
    expect(share('c').account).toBe('123456789012');
  });

  test('is not shared with another major version of the package', () => {
    const key = Symbol.for('footbridge/2');
    Reflect.set(globalThis, key, new Map([['a', {}]]));
    try {
      expect(() => share('a')).toThrow('sharedBridge: "a" is held by version 2 of footbridge, and this is version 1.');
      share('b');
    } finally {
      Reflect.deleteProperty(globalThis, key);
    }
  });

  test('needs a name', () => {
    expect(() => share('')).toThrow('A shared bridge needs a name.');
  });
});
