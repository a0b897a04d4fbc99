import { describe, expect, test } from 'vitest';
import { clientConfig } from '../../src/aws-sdk.js';
import { createBridge } from '../../src/index.js';

const shop = { source: ['com.shop'] };
const event = { source: 'com.shop', 'detail-type': 'Order Placed' };
const unreadable = new Proxy(
  {},
  {
    get() {
      throw new TypeError('get');
    },
    has() {
      throw new TypeError('has');
    },
    ownKeys() {
      throw new TypeError('ownKeys');
    },
  },
);
const revoked = (() => {
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  return proxy;
})();
const hostile = [null, 0, 'x', Symbol('x'), 1n, () => {}, unreadable, revoked] as never[];

describe('Options of a method', () => {
  test('are refused by a ValidationException that names what is wrong', async () => {
    await using bridge = createBridge();
    const calls: ((value: never) => unknown)[] = [
      (value) => bridge.on(shop, () => {}, { signal: [value] as never }),
      (value) => bridge.on(shop, () => {}, { name: { value } as never }),
      (value) => bridge.waitFor(shop, { timeout: [value] as never }),
      (value) => bridge.waitFor(shop, { signal: { value } as never }),
      (value) => bridge.waitFor(shop, { since: [value] as never }),
      (value) => bridge.inject(event, { bus: [value] as never }),
      (value) => bridge.explain(event, { bus: { value } as never }),
      (value) => bridge.publish([value, value]),
      (value) => bridge.observe([value] as never, () => {}),
      () => bridge.observe('accepted', undefined as never),
      (value) => bridge.observe(value, () => {}),
    ];
    for (const call of calls) {
      for (const value of hostile) {
        await expect((async () => call(value))()).rejects.toMatchObject({ name: 'ValidationException' });
      }
    }
    expect(() => bridge.on(shop, () => {}, { signal: 5 as never })).toThrow(
      'on: signal must be an AbortSignal, but is a number.',
    );
    await expect(bridge.waitFor(shop, { timeout: Number.NaN })).rejects.toThrow(
      'waitFor: timeout must be milliseconds, 0 or more, but is NaN.',
    );
  });

  test('are refused as a whole, too', async () => {
    await using bridge = createBridge();
    for (const options of hostile) {
      if (options === unreadable || options === revoked) {
        expect(() => createBridge(options)).toThrow('createBridge: ');
        expect(() => bridge.on(shop, () => {}, options)).toThrow('on: name must be a string, but is unreadable.');
      } else if (typeof options !== 'object' || options === null) {
        expect(() => bridge.on(shop, () => {}, options)).toThrow('on: the options must be an object');
      }
      expect(() => clientConfig(options)).toThrow('clientConfig needs a bridge');
    }
  });

  test('that no bus is named by leave no bus behind when the pattern is refused', async () => {
    await using bridge = createBridge();
    expect(() => bridge.bus('orders').on('{', () => {})).toThrow('Event pattern is not valid');
    await expect(bridge.describeEventBus({ Name: 'orders' })).rejects.toThrow('Event bus orders does not exist.');
  });
});

describe('What the options of a bridge answer', () => {
  test.each<[string, unknown]>([
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['a bigint', 1n],
    ['a string', '1'],
  ])('is a time: not %s', (found, now) => {
    expect(() => createBridge({ clock: { now: () => now as never } })).toThrow(
      `clock.now() must answer milliseconds since 1970, up to 9999-12-31T23:59:59Z, but answered ${found}.`,
    );
  });

  test('is an id that is a text', async () => {
    await using bridge = createBridge({ ids: () => 5 as never });
    await expect(bridge.inject(event)).rejects.toThrow('ids() must answer a text that is not empty');
  });
});
