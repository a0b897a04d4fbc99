import { describe, expect, test } from 'vitest';
import { order, start, world } from '../delivery/world.js';

const logs = 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/events/orders';

describe('A log group that is a target', () => {
  test.each([logs, `${logs}:*`])('keeps what it receives, and when: %s', async (Arn) => {
    const { bridge, clock } = await world({ Arn, InputPath: '$.detail' });
    await bridge.publish(order);
    await clock.advance('1s');
    await bridge.publish(order);
    expect(await bridge.idle()).toMatchObject({ delivered: 2 });
    expect(bridge.logs('/aws/events/orders')).toMatchObject({
      name: '/aws/events/orders',
      arn: logs,
      events: [
        { timestamp: start, message: '{"total":120}' },
        { timestamp: start + 1000, message: '{"total":120}' },
      ],
    });
    expect(bridge.logs(logs)).toBe(bridge.logs('/aws/events/orders'));
  });

  test('keeps the last ten thousand entries', async () => {
    const { bridge } = await world({ Arn: logs, InputPath: '$.detail.n' });
    await bridge.publish(Array.from({ length: 10_001 }, (_, n) => ({ ...order, detail: { n } })));
    await bridge.idle();
    const { events } = bridge.logs('/aws/events/orders');
    expect([events.length, events[0]?.message, events.at(-1)?.message]).toEqual([10_000, '1', '10000']);
  });
});
