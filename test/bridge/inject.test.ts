import { describe, expect, test } from 'vitest';
import { createBridge, sequentialIds } from '../../src/index.js';

const clock = { now: () => Date.parse('2026-01-02T03:04:05.678Z') };

describe('An injected event', () => {
  test('may be one of a service, and is filled in', async () => {
    await using bridge = createBridge({ ids: sequentialIds(), clock });
    const seen: unknown[] = [];
    bridge.on({ source: ['aws.s3'] }, (event) => seen.push(event));
    const id = await bridge.inject({
      source: 'aws.s3',
      'detail-type': 'Object Created',
      detail: { bucket: { name: 'b' } },
    });
    await bridge.idle();
    expect(seen).toEqual([
      {
        version: '0',
        id,
        'detail-type': 'Object Created',
        source: 'aws.s3',
        account: '123456789012',
        time: '2026-01-02T03:04:05Z',
        region: 'us-east-1',
        resources: [],
        detail: { bucket: { name: 'b' } },
      },
    ]);
    expect(bridge.history.records('accepted')).toMatchObject([{ origin: 'inject' }]);
  });

  test('may be a recorded envelope, and keeps all it has', async () => {
    await using bridge = createBridge({ buses: ['orders'] });
    const recorded = {
      version: '0',
      id: 'abc',
      'detail-type': 't',
      source: 's',
      account: '111122223333',
      time: '2020-01-01T00:00:00Z',
      region: 'eu-west-1',
      'replay-name': 'again',
      resources: ['r'],
      detail: { a: null },
    };
    expect(await bridge.inject(recorded, { bus: 'orders' })).toBe('abc');
    expect(bridge.history.events()).toEqual([recorded]);
    expect(Object.keys(bridge.history.events()[0] ?? {})).toEqual(Object.keys(recorded));
    expect(bridge.history.records('accepted')).toMatchObject([{ bus: 'orders' }]);
  });

  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'The event is not valid: it must be an object, but is undefined.'],
    ['a list', [], 'The event is not valid: it must be an object, but is an array.'],
    ['no source', { 'detail-type': 't' }, 'The event is not valid: source must be a string, but is undefined.'],
    ['a detail that is a list', { source: 's', 'detail-type': 't', detail: [] }, 'detail must be a JSON object'],
    ['a wrong time', { source: 's', 'detail-type': 't', time: 'now' }, 'time must be a time such as'],
    ['a wrong resource', { source: 's', 'detail-type': 't', resources: [1] }, 'resources must be a list of strings'],
    ['a bigint', { source: 's', 'detail-type': 't', detail: { n: 1n } }, 'it cannot be serialized to JSON'],
  ])('is refused with %s', async (_, event, message) => {
    await using bridge = createBridge();
    await expect(bridge.inject(event as never)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });

  test('needs a bus that exists', async () => {
    await using bridge = createBridge();
    await expect(bridge.inject({ source: 's', 'detail-type': 't' }, { bus: 'none' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
