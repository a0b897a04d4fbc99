import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createBridge } from '../../src/index.js';

const Arn = 'arn:aws:lambda:us-east-1:123456789012:function:bill';

describe('A bridge', () => {
  test('is shown as what there is on it, not as what it is made of', async () => {
    await using bridge = createBridge({ buses: ['orders'] });
    await bridge.putRule({ Name: 'big', EventPattern: '{"source":["com.shop"]}' });
    await bridge.putTargets({ Rule: 'big', Targets: [{ Id: '1', Arn }] });
    bridge.handle('bill', () => {});
    bridge.on({ source: ['com.shop'] }, () => {});
    bridge.bus('orders').on({ source: ['com.shop'] }, () => {});
    await bridge.publish({ source: 'com.shop', detailType: 'Order Placed', detail: {} });
    await bridge.idle();
    const shown =
      'Bridge 123456789012 us-east-1: 2 buses, 1 rule, 1 target, 2 subscriptions; deliveries: 2 delivered, 0 dead-lettered, 0 failed, 0 under way, 0 waiting';
    expect(String(bridge)).toBe(shown);
    expect(inspect(bridge)).toBe(shown);
    expect(inspect({ bridge })).toBe(`{\n  bridge: ${shown}\n}`);
    const explanation = bridge.explain({ source: 'com.shop', 'detail-type': 'x' });
    expect(inspect(explanation)).toBe(String(explanation));
    expect(Object.keys(bridge)).not.toContain('toString');
  });

  test('is shown as closed when it is', async () => {
    const bridge = createBridge();
    await bridge.close();
    expect(`${bridge}`).toMatch(
      /^Bridge 123456789012 us-east-1 \(closed\): 1 bus, 0 rules, 0 targets, 0 subscriptions;/,
    );
  });
});
