import { describe, expect, test } from 'vitest';
import { createBridge } from '../../src/index.js';

describe('The options of a bridge', () => {
  test('may all be left out', async () => {
    await using bridge = createBridge({ account: undefined, limits: { buses: undefined } as never });
    expect([bridge.account, bridge.region]).toEqual(['123456789012', 'us-east-1']);
  });

  test('create buses', async () => {
    await using bridge = createBridge({ buses: ['orders', 'default', 'orders'] });
    expect((await bridge.describeEventBus({ Name: 'orders' })).Name).toBe('orders');
  });

  test.each<[unknown, string]>([
    [null, 'createBridge: options must be an object, but is null.'],
    [{ acount: 'x' }, 'there is no option acount; there are account, region, buses,'],
    [{ account: '12' }, 'account must be a string of 12 digits, but is "12"'],
    [{ region: 7 }, 'region must be a region such as "eu-west-1", but is 7'],
    [{ buses: ['a b'] }, 'buses must be a list of bus names'],
    [{ clock: {} }, 'clock must be an object with now(), and if it has them with schedule() and watch(), but is'],
    [
      { clock: { now: Date.now, schedule: 5 } },
      'clock must be an object with now(), and if it has them with schedule()',
    ],
    [{ ids: 'x' }, 'ids must be a function that makes an id, but is "x"'],
    [{ random: 1 }, 'random must be a function'],
    [{ history: -1 }, 'history must be a whole number, 0 or more, or Infinity, but is -1'],
    [{ onUnknownBus: 'fail' }, 'onUnknownBus must be "ignore", "warn", "error" or a function, but is "fail"'],
    [{ limits: 5 }, 'limits must be an object, but is 5'],
    [{ limits: { rules: 5 } }, 'there is no limits.rules; there are requestBytes,'],
    [{ limits: { buses: 0 } }, 'limits.buses must be a whole number, 1 or more, or Infinity, but is 0'],
    [{ history: 1.5, ids: 1 }, 'history must be a whole number, 0 or more, or Infinity, but is 1.5; ids must be'],
  ])('are checked: %j', (options, message) => {
    expect(() => createBridge(options as never)).toThrow(message);
  });
});
