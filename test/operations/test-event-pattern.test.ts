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
