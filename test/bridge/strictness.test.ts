import { describe, expect, test } from 'vitest';
import { type BridgeOptions, createBridge, type HistoryRecord } from '../../src/index.js';
import { captureWarnings } from '../warnings.js';

const entry = { Source: 'com.shop', DetailType: 'Order Placed', Detail: '{}' };
const arn = 'arn:aws:lambda:us-east-1:123456789012:function:bill';
const topic = 'arn:aws:sns:us-east-1:123456789012:topic';

async function bridgeTo(target: string, options: BridgeOptions) {
  const bridge = createBridge(options);
  await bridge.putRule({ Name: 'all', EventPattern: '{"source":["com.shop"]}' });
  await bridge.putTargets({ Rule: 'all', Targets: [{ Id: '1', Arn: target }] });
  return bridge;
}

describe('An unknown bus', () => {
  test('is passed over in silence unless a word is said', async () => {
    const warnings = captureWarnings();
    await using bridge = createBridge();
    await bridge.putEvents({ Entries: [{ ...entry, EventBusName: 'none' }, entry] });
    expect(warnings).toEqual([]);
  });

  test('is warned of once a bus', async () => {
    const warnings = captureWarnings();
    await using bridge = createBridge({ onUnknownBus: 'warn' });
    for (const EventBusName of ['a', 'a', 'b', 'a']) await bridge.putEvents({ Entries: [{ ...entry, EventBusName }] });
    expect(warnings).toEqual(['footbridge: Event bus a does not exist.', 'footbridge: Event bus b does not exist.']);
  });

  test('makes the call throw before any of its entries takes effect', async () => {
    await using bridge = createBridge({ onUnknownBus: 'error' });
    bridge.on({ source: ['com.shop'] }, () => expect.unreachable());
    await expect(bridge.putEvents({ Entries: [entry, { ...entry, EventBusName: 'none' }] })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Event bus none does not exist.',
    });
    await bridge.idle();
    expect(bridge.history.events()).toEqual([]);
    expect(bridge.history.dropped()).toHaveLength(1);
  });

  test('is told to a function', async () => {
    const records: HistoryRecord[] = [];
    await using bridge = createBridge({ onUnknownBus: (record) => records.push(record) });
    await bridge.putEvents({ Entries: [{ ...entry, EventBusName: 'none' }] });
    expect(records).toMatchObject([{ kind: 'dropped', bus: 'none', event: { source: 'com.shop' } }]);
  });

  test('makes the call throw what the function throws', async () => {
    await using bridge = createBridge({
      onUnknownBus: () => {
        throw new Error('mine');
      },
    });
    await expect(bridge.putEvents({ Entries: [{ ...entry, EventBusName: 'none' }] })).rejects.toThrow('mine');
  });
});

describe('An event that nothing wants', () => {
  test('makes publish, putEvents and inject throw', async () => {
    await using bridge = createBridge({ onUnmatchedEvent: 'error' });
    bridge.on({ source: ['wanted'] }, () => {});
    const refusal = {
      name: 'UnmatchedEventException',
      message: 'Event "Order Placed" from com.shop on bus default matches no rule and no subscription.',
    };
    await expect(bridge.putEvents({ Entries: [entry] })).rejects.toMatchObject(refusal);
    await expect(bridge.publish({ source: 'com.shop', detailType: 'Order Placed', detail: {} })).rejects.toMatchObject(
      refusal,
    );
    await expect(bridge.inject({ source: 'com.shop', 'detail-type': 'Order Placed' })).rejects.toMatchObject(refusal);
    expect(bridge.history.records('unmatched')).toHaveLength(3);
    expect(bridge.history.events()).toEqual([]);
    expect(await bridge.putEvents({ Entries: [{ ...entry, Source: 'wanted' }] })).toMatchObject({
      FailedEntryCount: 0,
    });
  });

  test('is warned of once a kind', async () => {
    const warnings = captureWarnings();
    await using bridge = createBridge({ onUnmatchedEvent: 'warn' });
    await bridge.putEvents({ Entries: [entry, entry, { ...entry, Source: 'other' }] });
    expect(warnings).toHaveLength(2);
  });
});

describe('A target that nothing handles', () => {
  test('is warned of once, and is no failed delivery besides', async () => {
    const warnings = captureWarnings();
    await using bridge = await bridgeTo(arn, {});
    await bridge.putEvents({ Entries: [entry, entry] });
    await bridge.idle();
    expect(warnings).toEqual([
      expect.stringMatching(
        /^footbridge: Delivery failed: "Order Placed" \S+ to \S+ \(rule all, target 1\): NO_RESOURCE: Nothing handles/,
      ),
    ]);
  });

  test('makes the next idle reject, once', async () => {
    await using bridge = await bridgeTo(arn, { onUnhandledTarget: 'error' });
    await bridge.putEvents({ Entries: [entry] });
    await expect(bridge.idle()).rejects.toThrow(`NO_RESOURCE: Nothing handles ${arn}.`);
    expect(await bridge.idle()).toMatchObject({ failed: 1 });
  });
});

describe('A failed delivery', () => {
  test('is warned of once a cause, a function error too', async () => {
    const warnings = captureWarnings();
    await using bridge = await bridgeTo(arn, {});
    let calls = 0;
    bridge.handle('bill', () => {
      throw new Error(calls++ < 8 ? 'declined' : 'expired');
    });
    bridge.on({ source: ['com.shop'] }, () => Promise.reject(new Error('no')), { name: 'audit' });
    await bridge.putEvents({ Entries: [entry, entry, entry] });
    await bridge.drain();
    expect(warnings).toEqual([
      expect.stringMatching(/^footbridge: Delivery failed: .* to subscription audit: ERROR_FROM_TARGET: Error: no$/),
      expect.stringMatching(
        /^footbridge: The function threw: "Order Placed" .* \(rule all, target 1\): Error: declined$/,
      ),
      expect.stringMatching(/^footbridge: The function threw: .*: Error: expired$/),
    ]);
  });

  test('makes the next drain reject with its cause, and several with all of them', async () => {
    await using bridge = await bridgeTo(topic, { onFailedDelivery: 'error' });
    const cause = new Error('unreachable');
    bridge.handle(topic, () => {
      throw cause;
    });
    await bridge.putEvents({ Entries: [entry] });
    await expect(bridge.drain()).rejects.toMatchObject({ message: expect.stringContaining('unreachable'), cause });
    await bridge.putEvents({ Entries: [entry, entry] });
    const error: unknown = await bridge.drain().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AggregateError);
    expect(error).toMatchObject({
      message: expect.stringMatching(/^2 deliveries failed:\n/),
      errors: [{ cause }, { cause }],
    });
    await bridge.drain();
  });

  test('makes close reject, and the bridge is closed all the same', async () => {
    const bridge = await bridgeTo(topic, { onFailedDelivery: 'error' });
    bridge.handle(topic, () => Promise.reject(new Error('unreachable')));
    await bridge.putEvents({ Entries: [entry] });
    await expect(bridge.close()).rejects.toThrow('unreachable');
    await expect(bridge.listRules()).rejects.toMatchObject({ name: 'BridgeClosedException' });
  });

  test('is told to a function, whose error drain rejects with', async () => {
    const kinds: string[] = [];
    await using bridge = await bridgeTo(arn, {
      onFailedDelivery: ({ kind, errorMessage }) => {
        kinds.push(kind);
        throw `seen ${errorMessage}`;
      },
    });
    bridge.handle('bill', () => Promise.reject(new Error('declined')));
    await bridge.putEvents({ Entries: [entry] });
    await expect(bridge.drain()).rejects.toThrow('seen Error: declined');
    expect(kinds).toEqual(['function-error']);
  });
});
