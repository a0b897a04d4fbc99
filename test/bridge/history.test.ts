import { describe, expect, test } from 'vitest';
import { createBridge, sequentialIds } from '../../src/index.js';
import { captureWarnings } from '../warnings.js';

const clock = { now: () => Date.parse('2026-01-02T03:04:05.678Z') };
const event = { source: 'com.shop', detailType: 'Order Placed', detail: {} };
const arn = 'arn:aws:lambda:us-east-1:123456789012:function:bill';

describe('The history', () => {
  test('says in order what happened to each event, as data', async () => {
    await using bridge = createBridge({ ids: sequentialIds(), clock, onFailedDelivery: 'ignore' });
    const boom = new Error('boom');
    bridge.handle('bill', () => {
      throw boom;
    });
    bridge.on({ 'detail-type': ['Order Placed'] }, () => Promise.reject(boom), { name: 'audit' });
    await bridge.putRule({ Name: 'big', EventPattern: '{"source":["com.shop"]}' });
    await bridge.putTargets({ Rule: 'big', Targets: [{ Id: '1', Arn: arn }] });
    await bridge.publish(event);
    await bridge.drain();
    await bridge.publish({ ...event, source: 'other', detailType: 'x' });
    await bridge.publish({ ...event, bus: 'none' });
    await bridge.putEvents({ Entries: [{ Source: 'a' }] });
    const time = '2026-01-02T03:04:05.678Z';
    const base = (n: number) => ({ eventId: `00000000-0000-0000-0000-00000000000${n}`, bus: 'default', time });
    const [first, second] = bridge.history.events();
    const thrown = { ...base(1), rule: 'big', targetId: '1', arn, errorMessage: 'Error: boom', error: boom };
    expect(bridge.history.records()).toEqual([
      { kind: 'accepted', ...base(1), origin: 'put-events', event: first },
      { kind: 'matched', ...base(1), rules: ['big'], subscriptions: ['audit'] },
      { kind: 'delivered', ...base(1), rule: 'big', targetId: '1', arn, attempts: 1 },
      { kind: 'retrying', ...thrown, attempts: 1, nextAt: '2026-01-02T03:05:05.678Z' },
      {
        kind: 'failed',
        ...base(1),
        subscription: 'audit',
        attempts: 1,
        errorCode: 'ERROR_FROM_TARGET',
        errorMessage: 'Error: boom',
        error: boom,
      },
      { kind: 'retrying', ...thrown, attempts: 2, nextAt: '2026-01-02T03:06:05.678Z' },
      { kind: 'function-error', ...thrown, attempts: 3 },
      { kind: 'accepted', ...base(2), origin: 'put-events', event: second },
      { kind: 'unmatched', ...base(2), event: second },
      { kind: 'dropped', ...base(3), bus: 'none', event: expect.objectContaining({ id: base(3).eventId }) },
      {
        kind: 'rejected',
        bus: 'default',
        time,
        index: 0,
        entry: { Source: 'a' },
        errorCode: 'InvalidArgument',
        errorMessage: 'Parameter DetailType is not valid. Reason: DetailType is a required argument.',
      },
    ]);
    expect(bridge.history.records('unmatched', 'dropped').map(({ kind }) => kind)).toEqual(['unmatched', 'dropped']);
    expect(bridge.history.deliveries().map(({ kind }) => kind)).toEqual(['delivered', 'failed']);
    expect(bridge.history.rejected()).toHaveLength(1);
    expect(bridge.history.dropped()).toHaveLength(1);
    expect(bridge.history.evicted).toBe(0);
  });

  test('keeps so many events, and forgets the oldest with all that is known of them', async () => {
    await using bridge = createBridge({ history: 3 });
    bridge.on({ source: ['com.shop'] }, () => {});
    const numbered = Array.from({ length: 20 }, (_, n) => ({ ...event, detail: { n } }));
    await bridge.publish(numbered);
    await bridge.idle();
    expect(bridge.history.events().map(({ detail }) => detail.n)).toEqual([17, 18, 19]);
    expect(bridge.history.records()).toHaveLength(9);
    expect(bridge.history.evicted).toBe(17);
    await bridge.putEvents({ Entries: [{}, {}] });
    expect(bridge.history.events().map(({ detail }) => detail.n)).toEqual([19]);
    expect(bridge.history.evicted).toBe(19);
  });

  test('keeps nothing if it is to keep no event, and observers see it all the same', async () => {
    await using bridge = createBridge({ history: 0 });
    let seen = 0;
    bridge.observe('accepted', () => seen++);
    await bridge.publish(event);
    expect(bridge.history.records()).toEqual([]);
    expect(bridge.history.evicted).toBe(0);
    expect(seen).toBe(1);
  });

  test('is emptied by resetHistory, which counts deliveries anew and leaves the rest', async () => {
    await using bridge = createBridge();
    bridge.on({ source: ['com.shop'] }, () => {});
    await bridge.publish(event);
    await bridge.idle();
    const { history } = bridge;
    bridge.resetHistory();
    expect(history.records()).toEqual([]);
    expect(await bridge.idle()).toMatchObject({ delivered: 0 });
    await bridge.publish(event);
    expect(await bridge.idle()).toMatchObject({ delivered: 1 });
    expect(history.events()).toHaveLength(1);
  });

  test('does not tell of a delivery whose event was forgotten meanwhile', async () => {
    await using bridge = createBridge();
    bridge.on({ source: ['com.shop'] }, () => bridge.resetHistory());
    await bridge.publish(event);
    await bridge.idle();
    expect(bridge.history.records()).toEqual([]);
  });
});

describe('An observer', () => {
  test('sees each record of its kind at once, until it is disposed', async () => {
    await using bridge = createBridge();
    const seen: string[] = [];
    bridge.observe('accepted', (record) => seen.push(`${record.kind} ${record.event.source}`));
    const unmatched = bridge.observe('unmatched', ({ kind }) => seen.push(kind));
    await bridge.publish(event);
    expect(seen).toEqual(['accepted com.shop', 'unmatched']);
    unmatched.dispose();
    await bridge.publish(event);
    expect(seen).toEqual(['accepted com.shop', 'unmatched', 'accepted com.shop']);
  });

  test('that throws or rejects harms nobody, and is reported once', async () => {
    const warnings = captureWarnings();
    await using bridge = createBridge();
    let seen = 0;
    bridge.observe('accepted', () => {
      throw new Error('observer');
    });
    bridge.observe('accepted', () => Promise.reject(new Error('late')));
    bridge.observe('accepted', () => seen++);
    await bridge.publish([event, event]);
    await bridge.idle();
    expect(seen).toBe(2);
    expect(warnings).toEqual([
      'footbridge: an observer of "accepted" failed: Error: observer',
      'footbridge: an observer of "accepted" failed: Error: late',
    ]);
  });

  test('may call the bridge', async () => {
    await using bridge = createBridge();
    bridge.observe('unmatched', async ({ event: { source } }) => {
      if (source === 'com.shop') await bridge.publish({ ...event, source: 'audit' });
    });
    await bridge.publish([event, event]);
    await bridge.idle();
    expect(bridge.history.events().map(({ source }) => source)).toEqual(['com.shop', 'audit', 'com.shop', 'audit']);
  });
});
