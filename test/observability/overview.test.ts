import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createBridge, virtualClock } from '../../src/index.js';

const Arn = 'arn:aws:lambda:us-east-1:123456789012:function:bill';

describe('The overview of a bridge', () => {
  test('A bridge is printed with what is on it, not as what it is made of', async () => {
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

  test('A bridge is printed as closed if it is closed', async () => {
    const bridge = createBridge();
    await bridge.close();
    expect(`${bridge}`).toMatch(
      /^Bridge 123456789012 us-east-1 \(closed\): 1 bus, 0 rules, 0 targets, 0 subscriptions;/,
    );
  });

  test('A bridge is short as data: JSON.stringify, and snapshots of test runners', async () => {
    await using bridge = createBridge({ buses: ['orders'], clock: virtualClock() });
    await bridge.putRule({ Name: 'big', EventPattern: '{"source":["com.shop"]}' });
    const subscription = bridge.on({ source: ['com.shop'] }, () => {}, { name: 'audit' });
    for (let i = 0; i < 25; i++) bridge.bus('orders').on({ source: ['com.shop'] }, () => {}, { name: `audit ${i}` });
    await bridge.publish({ source: 'com.shop', detailType: 'Order Placed', detail: {} });
    await bridge.idle();
    bridge.queue('jobs');
    bridge.logs('/orders');
    expect(bridge).toMatchInlineSnapshot(`
      {
        "account": "123456789012",
        "buses": {
          "default": {
            "rules": [
              "big",
            ],
            "subscriptions": [
              "audit",
            ],
          },
          "orders": {
            "rules": [],
            "subscriptions": [
              "audit 0",
              "audit 1",
              "audit 2",
              "audit 3",
              "audit 4",
              "audit 5",
              "audit 6",
              "audit 7",
              "audit 8",
              "audit 9",
              "audit 10",
              "audit 11",
              "audit 12",
              "audit 13",
              "audit 14",
              "audit 15",
              "audit 16",
              "audit 17",
              "audit 18",
              "audit 19",
              "and 5 more",
            ],
          },
        },
        "deliveries": {
          "deadLettered": 0,
          "delivered": 1,
          "failed": 0,
          "underWay": 0,
          "waiting": 0,
        },
        "region": "us-east-1",
      }
    `);
    expect(bridge.bus('default')).toMatchInlineSnapshot(`
      {
        "name": "default",
        "rules": [
          "big",
        ],
        "subscriptions": [
          "audit",
        ],
      }
    `);
    expect([bridge.queue('jobs'), bridge.logs('/orders'), subscription, bridge.history]).toMatchInlineSnapshot(`
      [
        {
          "arn": "arn:aws:sqs:us-east-1:123456789012:jobs",
          "messages": 0,
          "name": "jobs",
        },
        {
          "arn": "arn:aws:logs:us-east-1:123456789012:log-group:/orders",
          "events": 0,
          "name": "/orders",
        },
        {
          "bus": "default",
          "name": "audit",
        },
        {
          "accepted": 1,
          "delivered": 1,
          "evicted": 0,
          "matched": 1,
        },
      ]
    `);
    expect(JSON.stringify(bridge).length).toBeLessThan(700);
    expect(Object.keys(bridge.queue('jobs'))).toEqual(['name', 'arn']);
  });

  test('A bridge is a line of a bus, a queue, a log group, a subscription', async () => {
    await using bridge = createBridge();
    const subscription = bridge.on({ source: ['com.shop'] }, () => {}, { name: 'audit' });
    const shown = [bridge.bus('default'), bridge.bus('orders'), bridge.queue('jobs'), bridge.logs('/o'), subscription];
    expect(shown.map((one) => inspect(one))).toEqual(shown.map(String));
    expect(shown.map(String)).toEqual([
      'Bus default: 0 rules, 1 subscription',
      'Bus orders: it is not there',
      'Queue jobs: 0 messages',
      'Log group /o: 0 events',
      'Subscription audit on bus default',
    ]);
  });
});
