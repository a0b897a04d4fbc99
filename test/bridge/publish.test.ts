import { describe, expect, test } from 'vitest';
import { createBridge, PutEventsError, sequentialIds } from '../../src/index.js';
import { gate } from '../gate.js';

const event = { source: 'com.shop', detailType: 'Order Placed', detail: { total: 1 } };
const shop = { source: ['com.shop'] };

describe('Publishing', () => {
  test('answers one id for one event and a list for a list', async () => {
    await using bridge = createBridge({ ids: sequentialIds() });
    expect(await bridge.publish(event)).toBe('00000000-0000-0000-0000-000000000001');
    expect(await bridge.publish([event])).toEqual(['00000000-0000-0000-0000-000000000002']);
    expect(await bridge.publish([])).toEqual([]);
    const ids = await bridge.publish(Array.from({ length: 25 }, () => event));
    expect(ids).toEqual(
      bridge.history
        .events()
        .slice(2)
        .map(({ id }) => id),
    );
  });

  test('carries all that an entry can', async () => {
    await using bridge = createBridge({ buses: ['orders'] });
    const time = new Date('2026-01-02T03:04:05Z');
    await bridge.publish({ ...event, bus: 'orders', resources: ['r'], time, traceHeader: 'x' });
    expect(bridge.history.records('accepted')).toMatchObject([
      { bus: 'orders', origin: 'put-events', event: { resources: ['r'], time: '2026-01-02T03:04:05Z' } },
    ]);
  });

  test('takes its copy when it is called', async () => {
    await using bridge = createBridge();
    const detail = { total: 1, gone: undefined, when: new Date(0) };
    const published = bridge.publish({ ...event, detail });
    detail.total = 2;
    await published;
    expect(bridge.history.events()[0]?.detail).toEqual({ total: 1, when: '1970-01-01T00:00:00.000Z' });
  });

  test('keeps requests within the size limit', async () => {
    await using bridge = createBridge({ limits: { requestBytes: 200 } });
    const large = { ...event, detail: { text: 'x'.repeat(100) } };
    await bridge.publish(Array.from({ length: 7 }, () => large));
    expect(bridge.history.events()).toHaveLength(7);
  });

  test('says which events were not accepted, and sends the others', async () => {
    await using bridge = createBridge({ limits: { requestBytes: 500 } });
    const error: unknown = await bridge
      .publish([
        event,
        { ...event, source: 'aws.s3' },
        { ...event, detail: { text: 'x'.repeat(500) } },
        { ...event, detail: [] },
        event,
      ])
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(PutEventsError);
    expect(error).toMatchObject({
      name: 'PutEventsError',
      message:
        '3 of 5 events not accepted: event 1: NotAuthorizedForSourceException: Not authorized for the source.; event 2: ValidationException: Total size of the entries in the request is over the limit.; event 3: MalformedDetail: Detail is malformed.',
      failures: [{ index: 1 }, { index: 2 }, { index: 3 }],
      ids: [expect.any(String), undefined, undefined, undefined, expect.any(String)],
    });
    expect(bridge.history.events()).toHaveLength(2);
  });

  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  test.each<[string, unknown, string]>([
    [
      'a cycle',
      { ...event, detail: cycle },
      'Event 1 cannot be published: it has no JSON text: TypeError: Converting circular structure to JSON',
    ],
    [
      'a bigint',
      { ...event, detail: { n: 1n } },
      'Event 1 cannot be published: it has no JSON text: TypeError: Do not know how to serialize a BigInt',
    ],
    [
      'a getter that throws',
      {
        get source() {
          throw new Error('no');
        },
      },
      'Event 1 cannot be published: it has no JSON text: Error: no',
    ],
    ['no event', null, 'Event 1 cannot be published: it is null, not an object.'],
    [
      'a source that is no text',
      { ...event, source: 7 },
      "Member 'entries.2.member.source' must be a string, but is a number.",
    ],
    [
      'a malformed bus',
      { ...event, bus: 'a b' },
      "Value 'a b' at 'entries.2.member.eventBusName' failed to satisfy constraint",
    ],
  ])('refuses %s before anything is sent', async (_, bad, message) => {
    await using bridge = createBridge();
    await expect(bridge.publish([event, bad as never])).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    });
    expect(bridge.history.records()).toEqual([]);
  });
});

describe('A target that is full', () => {
  test('throttles the entries that match it, and no others', async () => {
    await using bridge = createBridge({ limits: { pendingDeliveries: 2 } });
    const { promise, open } = gate();
    bridge.on(shop, () => promise, { name: 'slow' });
    bridge.on({ source: ['com.other'] }, () => {});
    const entry = { Source: 'com.shop', DetailType: 'b', Detail: '{}' };
    const answer = await bridge.putEvents({ Entries: [entry, entry, entry, { ...entry, Source: 'com.other' }] });
    expect(answer).toMatchObject({
      FailedEntryCount: 1,
      Entries: [
        { EventId: expect.any(String) },
        { EventId: expect.any(String) },
        { ErrorCode: 'ThrottlingException', ErrorMessage: 'Subscription slow is full: limits.pendingDeliveries is 2.' },
        { EventId: expect.any(String) },
      ],
    });
    expect(bridge.history.rejected()).toMatchObject([{ index: 2, errorCode: 'ThrottlingException' }]);
    open();
    expect(await bridge.idle()).toMatchObject({ delivered: 3 });
    expect(await bridge.putEvents({ Entries: [entry] })).toMatchObject({ FailedEntryCount: 0 });
  });

  test('is waited for by publish, which loses nothing and rejects nothing', async () => {
    await using bridge = createBridge({ limits: { pendingDeliveries: 3 } });
    const seen: number[] = [];
    bridge.on(shop, async ({ detail }) => {
      await Promise.resolve();
      seen.push(detail.n);
    });
    const all = Array.from({ length: 100 }, (_, n) => n);
    await bridge.publish(all.map((n) => ({ ...event, detail: { n } })));
    await bridge.idle();
    expect(seen).toEqual(all);
    expect(bridge.history.rejected()).toEqual([]);
  });

  test('stays full when it is put again under its Id', async () => {
    await using bridge = createBridge({ limits: { pendingDeliveries: 1 }, onFailedDelivery: 'ignore' });
    const { promise, open } = gate();
    const target = { Id: '1', Arn: 'arn:aws:lambda:us-east-1:123456789012:function:f' };
    bridge.handle('f', () => promise);
    await bridge.putRule({ Name: 'r', EventPattern: '{"source":["com.shop"]}' });
    await bridge.putTargets({ Rule: 'r', Targets: [target] });
    const entry = { Source: 'com.shop', DetailType: 'b', Detail: '{}' };
    await bridge.putEvents({ Entries: [entry] });
    await bridge.putTargets({ Rule: 'r', Targets: [target] });
    await bridge.putRule({ Name: 'r', EventPattern: '{"source":["com.shop","x"]}' });
    expect(await bridge.putEvents({ Entries: [entry] })).toMatchObject({
      Entries: [{ ErrorMessage: `Target ${target.Arn} is full: limits.pendingDeliveries is 1.` }],
    });
    open();
    await bridge.idle();
  });
});
