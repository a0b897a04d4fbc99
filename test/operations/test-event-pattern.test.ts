import { describe, expect, test } from 'vitest';
import { createBridge } from '../../src/index.js';

const event = {
  id: '1',
  account: '123456789012',
  source: 'com.shop',
  time: '2026-01-01T00:00:00Z',
  region: 'us-east-1',
  'detail-type': 'Order Placed',
};

describe('TestEventPattern', () => {
  test('says whether an event matches, with and without resources and detail', async () => {
    await using bridge = createBridge();
    const EventPattern = '{"source":["com.shop"]}';
    expect(await bridge.testEventPattern({ EventPattern, Event: JSON.stringify(event) })).toEqual({ Result: true });
    const Event = JSON.stringify({ ...event, source: 'other', resources: [], detail: {} });
    expect(await bridge.testEventPattern({ EventPattern, Event })).toEqual({ Result: false });
  });

  test.each(['plain text', '[]', '"{}"', '{}', 'null', ...Object.keys(event).map(without)])(
    'refuses the event %s',
    async (Event) => {
      await using bridge = createBridge();
      await expect(bridge.testEventPattern({ EventPattern: '{"source":["com.shop"]}', Event })).rejects.toMatchObject({
        name: 'ValidationException',
        message: 'Parameter Event is not valid.',
      });
    },
  );

  // Captured in September 2026: a number and a text. The others are Footbridge's choice.
  test.each([1, 'not-a-time', '', null, '2026-01-01', '2026-13-01T00:00:00Z'])('refuses the time %j', async (time) => {
    await using bridge = createBridge();
    const Event = JSON.stringify({ ...event, time });
    await expect(bridge.testEventPattern({ EventPattern: '{"source":["com.shop"]}', Event })).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Parameter Event is not valid. Reason: Invalid time.',
    });
  });

  test('describes an $or with one branch in other words than PutRule', async () => {
    await using bridge = createBridge();
    const EventPattern = '{"detail":{"$or":[{"x":["1"]}],"y":["2"]}}';
    await expect(bridge.testEventPattern({ EventPattern, Event: JSON.stringify(event) })).rejects.toMatchObject({
      message: expect.stringContaining('Reason: There must have at least 2 Objects in $or relationship.\n'),
    });
    // Recorded from PutRule.
    await expect(bridge.putRule({ Name: 'r', EventPattern })).rejects.toMatchObject({
      message: expect.stringContaining('Reason: Unrecognized match type x\n'),
    });
  });

  test('refuses an invalid pattern', async () => {
    await using bridge = createBridge();
    await expect(bridge.testEventPattern({ EventPattern: '{"source":"x"}', Event: '{}' })).rejects.toMatchObject({
      name: 'InvalidEventPatternException',
      message: expect.stringMatching(/^Event pattern is not valid\. Reason: "source" must be an object or an array/),
    });
  });
});

function without(member: string): string {
  return JSON.stringify({ ...event, [member]: undefined });
}
