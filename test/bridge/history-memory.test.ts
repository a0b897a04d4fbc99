import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { createBridge } from '../../src/index.js';

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;

const count = 3000;
const detail = (n: number) => ({
  n,
  lines: Array.from({ length: 20 }, (_, i) => ({ sku: `sku-${n}-${i}`, amount: i })),
});

async function heapAfter(work: () => unknown): Promise<number> {
  await work();
  await new Promise((resolve) => setTimeout(resolve, 0));
  gc();
  return process.memoryUsage().heapUsed;
}

describe('Reading the history', () => {
  test('keeps none of the envelopes that it returned', async () => {
    await using bridge = createBridge();
    bridge.on({ source: ['com.shop'] }, () => {});
    await bridge.publish(
      Array.from({ length: 50 }, (_, n) => ({ source: 'com.shop', detailType: 'Order', detail: detail(n) })),
    );
    await bridge.idle();
    const returned: WeakRef<object>[] = [];
    const read = () => {
      for (const event of bridge.history.events()) returned.push(new WeakRef(event.detail));
      for (const record of bridge.history.records('accepted')) returned.push(new WeakRef(record.event.detail));
      for (const { event } of bridge.history.traces()) returned.push(new WeakRef(event.detail));
    };
    await heapAfter(read);
    expect(returned).toHaveLength(150);
    expect(returned.filter((ref) => ref.deref() !== undefined)).toHaveLength(0);
  });

  test('keeps no envelopes of events that were dropped or that a policy rejected', async () => {
    await using bridge = createBridge({ buses: ['strict'], onUnmatchedEvent: 'error' });
    const event = { source: 'com.shop', detailType: 'Order', detail: detail(1) };
    await bridge.putEvents({
      Entries: [
        { Source: 'com.shop', DetailType: 'Order', Detail: JSON.stringify(detail(0)), EventBusName: 'unknown' },
      ],
    });
    await expect(bridge.bus('strict').publish(event)).rejects.toThrow('matches no rule');
    await expect(
      bridge.inject({ source: 'aws.s3', 'detail-type': 'Object Created', detail: detail(2) }),
    ).rejects.toThrow('matches no rule');
    const returned: WeakRef<object>[] = [];
    await heapAfter(() => {
      for (const { event } of bridge.history.records('dropped')) returned.push(new WeakRef(event.detail));
      for (const { event } of bridge.history.records('unmatched')) returned.push(new WeakRef(event.detail));
    });
    expect(returned).toHaveLength(3);
    expect(returned.filter((ref) => ref.deref() !== undefined)).toHaveLength(0);
  });

  test('leaves the heap as it was, whatever is read and matched', async () => {
    await using bridge = createBridge();
    const publish = () =>
      bridge.publish(
        Array.from({ length: count }, (_, n) => ({ source: 'com.shop', detailType: 'Order', detail: detail(n) })),
      );
    await publish();
    const before = await heapAfter(() => bridge.idle());
    const bytes = count * JSON.stringify(detail(1)).length;
    const pattern = { detail: { lines: { sku: ['no such'] } } };
    const after = await heapAfter(async () => {
      expect(bridge.history.events()).toHaveLength(count);
      expect(bridge.history.events(pattern)).toHaveLength(0);
      await expect(bridge.waitFor(pattern, { timeout: 0 })).rejects.toThrow('No event matched');
      expect(bridge.history.records()).toHaveLength(2 * count);
    });
    // Keeping the texts alone would add their length, keeping what was parsed several times as much.
    expect(after - before).toBeLessThan(bytes / 2);
  });
});
