import { describe, expect, test } from 'vitest';
import { order, start, world } from '../delivery/world.js';

const logs = 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/events/orders';

describe('A log group that is a target', () => {
  // Captured, September 2026 (stackd, logs_destination.json): the event's time in whole seconds, not that of the delivery.
  test.each([logs, `${logs}:*`])('keeps what it receives, with the time of the event: %s', async (Arn) => {
    const { bridge, clock } = await world({ Arn });
    const id = await bridge.publish({ ...order, time: new Date(start - 60_877) });
    await clock.advance('1s');
    await bridge.publish(order);
    expect(await bridge.idle()).toMatchObject({ delivered: 2 });
    expect(bridge.logs('/aws/events/orders')).toMatchObject({
      name: '/aws/events/orders',
      arn: logs,
      events: [
        { timestamp: start - 61_000, message: expect.stringContaining(`"id":"${id}"`) },
        { timestamp: start + 1000, message: expect.stringMatching(/^\{"version":"0".*"detail":\{"total":120\}\}$/) },
      ],
    });
    expect(bridge.logs(logs)).toBe(bridge.logs('/aws/events/orders'));
  });

  test.each([
    ['{"timestamp":<time>,"message":<text>}', start - 1000, 'paid "now"'],
    [' { "message" : <total> , "timestamp" : 5 } ', 5, '{"9":1.0,"1":12345678901234567890}'],
    ['{"timestamp":"<time>","message":null}', start - 1000, 'null'],
  ])('takes time and message from a body that has both: %s', async (InputTemplate, timestamp, message) => {
    const InputPathsMap = { time: '$.time', text: '$.detail.text', total: '$.detail.total' };
    const { bridge } = await world({ Arn: logs, InputTransformer: { InputPathsMap, InputTemplate } });
    const Detail = '{"text": "paid \\"now\\"", "total": {"9": 1.0, "1": 12345678901234567890}}';
    const Time = new Date(start - 1000);
    await bridge.putEvents({ Entries: [{ Source: 'com.shop', DetailType: 'Order', Detail, Time }] });
    await bridge.idle();
    expect(bridge.logs(logs).events).toEqual([{ timestamp, message }]);
  });

  test.each([
    '{"timestamp":"soon","message":"x"}',
    '{"timestamp":-1,"message":"x"}',
    '{"timestamp":null,"message":"x"}',
    '{"timestamp":1}',
    '{"message":"x"}',
    '{"timestamp":1,"message":"x","more":1}',
    '{}',
  ])('takes every other body as it is: %s', async (InputTemplate) => {
    const { bridge } = await world({ Arn: logs, InputTransformer: { InputTemplate } });
    await bridge.publish(order);
    await bridge.idle();
    expect(bridge.logs(logs).events).toEqual([{ timestamp: start, message: InputTemplate }]);
  });

  test.each([
    `${logs}:log-stream:a`,
    'arn:aws:logs:us-east-1:123456789012:log-group:',
    'arn:aws:logs:us-east-1:123456789012:x',
  ])('is a group and none of its streams: %s', async (Arn) => {
    const { bridge } = await world();
    await expect(bridge.putTargets({ Rule: 'all', Targets: [{ Id: '1', Arn }] })).rejects.toThrow(
      `Parameter ${Arn} is not valid. Reason: Provided Arn is not in correct format.`,
    );
    expect(() => bridge.logs(Arn)).toThrow('A log group has a name such as "/aws/events/orders", or an ARN of it.');
  });

  test('keeps the last ten thousand entries', async () => {
    const { bridge } = await world({
      Arn: logs,
      InputTransformer: { InputPathsMap: { n: '$.detail.n' }, InputTemplate: '{"n":<n>}' },
    });
    await bridge.publish(Array.from({ length: 10_001 }, (_, n) => ({ ...order, detail: { n } })));
    await bridge.idle();
    const { events } = bridge.logs('/aws/events/orders');
    expect([events.length, events[0]?.message, events.at(-1)?.message]).toEqual([10_000, '{"n":1}', '{"n":10000}']);
  });
});
