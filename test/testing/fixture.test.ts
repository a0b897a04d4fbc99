import { describe } from 'vitest';
import { type createBridge, virtualClock } from '../../src/index.js';
import { bridgeFixture, expect, test } from '../../src/vitest.js';
import { RoleArn } from '../role.js';
import { captureWarnings } from '../warnings.js';
import { failureOf } from './failing.js';
import { type Bridge, fail, machine, order, shop } from './ship.js';

describe('bridgeFixture', () => {
  const { bridge: fixture, clock: makeClock } = bridgeFixture();
  const running = (body: (bridge: Bridge) => Promise<void>, bridgeOptions: Parameters<typeof createBridge>[0] = {}) =>
    fixture({ bridgeOptions, clock: virtualClock() }, body);

  const throwing = async (bridge: Bridge) => {
    await bridge.putRule({ Name: 'bills', EventPattern: JSON.stringify(shop) });
    await bridge.putTargets({
      Rule: 'bills',
      Targets: [{ Id: '1', Arn: 'arn:aws:lambda:us-east-1:123456789012:function:bill' }],
    });
    bridge.handle('bill', () => Promise.reject(new Error('declined')));
    await bridge.publish(order);
    await bridge.idle();
  };

  test('A test with the fixture fails for a failure that it has not observed', async () => {
    expect(await failureOf(() => running((bridge) => fail(bridge)))).toContain('→ dead-lettered to ship-dlq');
    expect(await failureOf(() => running((bridge) => fail(bridge, { withQueue: false })))).toContain(
      'Assert it with `not.toHaveDeliveredTo("ship")`, or',
    );
    const drained = running(async (bridge) => {
      await throwing(bridge);
      await bridge.drain();
    });
    expect(await failureOf(() => drained)).toMatch(/bill .*3 attempts in 3m .*Error: declined/);
  });

  test('A test with the fixture fails for a failure that comes when it is over, and makes no retry', async () => {
    let attempts = 0;
    const retried = running(async (bridge) => {
      bridge.on(shop, () => Promise.reject(new Error(`busy ${++attempts}`)), { retryPolicy: {} });
      await bridge.publish(order);
    });
    expect(await failureOf(() => retried)).toContain('Error: busy 1');
    expect(attempts).toBe(1);
    const late = running(async (bridge) => {
      bridge.on(shop, () => Promise.reject(new Error('declined')));
      await bridge.publish(order);
    });
    expect(await failureOf(() => late)).toContain('Error: declined');
  });

  test('A test with the fixture fails for a function that threw and waits to be invoked again', async () => {
    const waiting = running(async (bridge) => {
      await throwing(bridge);
      expect(bridge).toHaveDeliveredTo('bill');
    });
    expect((await failureOf(() => waiting)).replace(/at test.*/, 'at …')).toMatchInlineSnapshot(`
      "Unobserved failures in bridge (1)

        bill  …000001  1 attempt  Error: declined
              at …
              → waits for its next attempt

      1 delivery was waiting for a retry when the test ended: \`await bridge.drain()\`
      runs all retries, \`clock.advance(…)\` those that are due.

      Assert it with \`not.toHaveNoFailures()\`, or set \`onFailedDelivery: 'ignore'\`."
    `);
    const unlimited = running(throwing, { history: 0 });
    expect(await failureOf(() => unlimited)).toContain('Error: declined');
    const strict = running(throwing, { onFailedDelivery: 'error' });
    expect(await failureOf(() => strict)).toContain('Error: declined');
  });

  test('A test with the fixture passes for a function that threw first only, or whose failure it observed', async () => {
    await running(async (bridge) => {
      await throwing(bridge);
      bridge.handle('bill', () => {});
      await bridge.drain();
    });
    await running(throwing, { onFailedDelivery: 'ignore' });
    await running(async (bridge) => {
      bridge.observe('retrying', () => {});
      await throwing(bridge);
    });
    const looks: ((bridge: Bridge) => void)[] = [
      (bridge) => expect(bridge).not.toHaveNoFailures(),
      ({ history }) => expect(history.records('retrying')).toHaveLength(1),
      ({ history }) => expect(String(history.traces())).toContain('declined'),
    ];
    for (const look of looks) {
      await running(async (bridge) => {
        await throwing(bridge);
        look(bridge);
      });
    }
    await running(async (bridge) => {
      bridge.on(shop, () => Promise.reject(new Error('busy')), { retryPolicy: {}, name: 'bill' });
      await bridge.publish(order);
      await bridge.idle();
      expect(bridge).not.toHaveDeliveredTo('bill');
    });
  });

  test('A test with the fixture passes for failures that it read in the history, and for those only', async () => {
    const reads: ((bridge: Bridge) => unknown)[] = [
      ({ history }) => history.deliveries({ outcome: 'dead-lettered' }),
      ({ history }) => history.deliveries(),
      ({ history }) => history.records('dead-lettered'),
      ({ history }) => history.traces(),
    ];
    const others: typeof reads = [
      ({ history }) => history.deliveries({ outcome: 'delivered' }),
      ({ history }) => history.records('accepted'),
      ({ history }) => history.traces({ source: ['com.bank'] }),
      ({ history }) => history.events(),
      (bridge) => failureOf(() => expect(bridge).not.toHaveReceivedEvent()),
    ];
    for (const read of reads) {
      await running(async (bridge) => {
        await fail(bridge);
        read(bridge);
      });
    }
    for (const read of others) {
      const unread = running(async (bridge) => {
        await fail(bridge);
        await read(bridge);
      });
      expect(await failureOf(() => unread)).toContain('→ dead-lettered to ship-dlq');
    }
  });

  test('A test with the fixture fails for the attempt that failed after the one that was observed', async () => {
    const again = running(async (bridge) => {
      await throwing(bridge);
      expect(bridge).not.toHaveNoFailures();
      await (bridge.clock as ReturnType<typeof virtualClock>).advance('1m');
    });
    expect(await failureOf(() => again)).toContain('2 attempts in 1m');
  });

  test('A test with the fixture passes for failures that it asserted or observed', async () => {
    await running(async (bridge) => {
      await fail(bridge);
      expect(bridge).toHaveDeadLetters('ship-dlq');
    });
    await running(async (bridge) => {
      await fail(bridge, { withQueue: false });
      expect(bridge).not.toHaveDeliveredTo('ship');
    });
    await running(async (bridge) => {
      await fail(bridge);
      expect(bridge).not.toHaveNoFailures();
    });
    await running(async (bridge) => {
      await fail(bridge);
      expect(bridge.queue('ship-dlq').messages).toHaveLength(1);
    });
    await running(async (bridge) => {
      bridge.observe('dead-lettered', () => {});
      await fail(bridge);
    });
  });

  test('A test with the fixture fails for what came after the observer went, or after the assertion', async () => {
    const unobserved = running(async (bridge) => {
      bridge.observe('dead-lettered', () => {}).dispose();
      await fail(bridge);
    });
    expect(await failureOf(() => unobserved)).toContain('Unobserved failures in bridge (1)');
    const again = running(async (bridge) => {
      await fail(bridge);
      expect(bridge).toHaveDeadLetters('ship-dlq', 1);
      await (bridge.clock as ReturnType<typeof virtualClock>).advance('1s');
      await bridge.publish(order);
    });
    expect(await failureOf(() => again)).toContain('Unobserved failures in bridge (1)');
  });

  test('A test with the fixture fails for a queue that never existed, whose messages are always none', async () => {
    const misspelled = running(async (bridge) => {
      await fail(bridge);
      expect(bridge.queue('ship-dlq').messages).toHaveLength(1);
      expect(bridge.queue('ship-dql').messages).toEqual([]);
    });
    expect(await failureOf(() => misspelled)).toBe(
      'bridge.queue("ship-dql"): There is no queue "ship-dql". Did you mean "ship-dlq"?',
    );
    await running(async (bridge) => {
      const queue = bridge.queue('ship-dlq');
      await fail(bridge);
      expect(queue.messages).toHaveLength(1);
    });
  });

  test('A test with the fixture leaves failures to onFailedDelivery if it is set', async () => {
    const warnings = captureWarnings();
    await running((bridge) => fail(bridge), { onFailedDelivery: 'ignore' });
    await running((bridge) => fail(bridge, { withQueue: false }), { onFailedDelivery: 'warn' });
    expect(warnings).toHaveLength(1);
    const seen: string[] = [];
    await running((bridge) => fail(bridge, { withQueue: false }), {
      onFailedDelivery: ({ kind }) => void seen.push(kind),
    });
    expect(seen).toEqual(['failed']);
    await running((bridge) => expect(fail(bridge, { withQueue: false })).rejects.toThrow('out of stock'), {
      onFailedDelivery: 'error',
    });
    const unasked = running(
      async (bridge) => {
        bridge.on(shop, () => Promise.reject(new Error('declined')));
        await bridge.publish(order);
      },
      { onFailedDelivery: 'error' },
    );
    expect(await failureOf(() => unasked)).toContain('Error: declined');
    expect(await failureOf(() => running((bridge) => fail(bridge), { onFailedDelivery: 'error' }))).toContain(
      'Unobserved failures in bridge (1)',
    );
  });

  test('A test with the fixture leaves targets without a handler to onUnhandledTarget', async () => {
    const warnings = captureWarnings();
    await running(async (bridge) => {
      await bridge.putRule({ Name: 'ships', EventPattern: JSON.stringify(shop) });
      await bridge.putTargets({ Rule: 'ships', Targets: [{ Id: '1', Arn: machine, RoleArn }] });
      await bridge.publish(order);
    });
    expect(warnings).toHaveLength(1);
  });

  test('A test with the fixture closes its bridge, also when it fails', async () => {
    let left: Bridge | undefined;
    const failing = running((bridge) => {
      left = bridge;
      return Promise.reject(new Error('the test itself'));
    });
    expect(await failureOf(() => failing)).toBe('the test itself');
    await expect(left?.publish(order)).rejects.toThrow('The bridge is closed.');
  });

  test('A test with the fixture has one clock, that of the options if it is virtual', async () => {
    const own = virtualClock('2027-01-01');
    await makeClock({ bridgeOptions: { clock: own } }, async (clock) => expect(clock).toBe(own));
  });
});

describe('The fixtures of footbridge/vitest', () => {
  test.override('bridgeOptions', { buses: ['orders'], account: '210987654321' });

  test('The fixture takes its options from bridgeOptions, and counts ids and time from the same start', async ({
    bridge,
    clock,
  }) => {
    expect(bridge.account).toBe('210987654321');
    expect(bridge.clock).toBe(clock);
    const id = await bridge.bus('orders').publish(order);
    expect([id, new Date(clock.now()).toISOString()]).toEqual([
      '00000000-0000-0000-0000-000000000001',
      '2026-01-01T00:00:00.000Z',
    ]);
  });

  test('The fixture gives each test a bridge of its own', ({ bridge }) => {
    expect(bridge.history.events()).toEqual([]);
  });
});
