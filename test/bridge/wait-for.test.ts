import { describe, expect, test } from 'vitest';
import { createBridge, sequentialIds } from '../../src/index.js';

const event = { source: 'com.shop', detailType: 'Order Placed', detail: { total: 120 } };
const shop = { source: ['com.shop'] };

describe('Waiting for an event', () => {
  test('finds it in the history, on any bus', async () => {
    await using bridge = createBridge({ buses: ['orders'] });
    const id = await bridge.bus('orders').publish(event);
    expect(await bridge.waitFor(shop)).toMatchObject({ id, source: 'com.shop' });
    expect(await bridge.waitFor('{"detail":{"total":[120]}}', { since: 'start' })).toEqual(bridge.history.events()[0]);
  });

  test('resolves when it comes, and with the next one if only what comes counts', async () => {
    await using bridge = createBridge();
    await bridge.publish(event);
    const next = bridge.waitFor(shop, { since: 'now' });
    await bridge.publish({ ...event, source: 'other' });
    const id = await bridge.publish(event);
    await bridge.publish(event);
    expect(await next).toMatchObject({ id });
  });

  test('sees events that no history keeps, and goes on through reset', async () => {
    await using bridge = createBridge({ history: 0 });
    const waiting = bridge.waitFor(shop);
    bridge.reset();
    const id = await bridge.publish(event);
    expect(await waiting).toMatchObject({ id });
  });

  test('ends with the nearest events and why each differs', async () => {
    await using bridge = createBridge({ ids: sequentialIds() });
    await bridge.publish([event, { ...event, source: 'x', detail: {} }]);
    await bridge.putEvents({ Entries: [{ Source: 's', DetailType: 't', Detail: '[]' }] });
    await expect(bridge.waitFor({ source: ['com.shop'], detail: { total: [1] } }, { timeout: 0 })).rejects.toThrow(
      [
        'No event matched within 0 ms. On record: 2 accepted, 1 rejected, 0 dropped.',
        'Nearest events:',
        '  "Order Placed" from com.shop on bus default, id 00000000-0000-0000-0000-000000000001',
        '    detail.total is 120, wanted 1',
        '  "Order Placed" from x on bus default, id 00000000-0000-0000-0000-000000000002',
        '    source is "x", wanted "com.shop"',
      ].join('\n'),
    );
    await expect(bridge.waitFor({ source: ['x'], detail: { total: [1] } }, { timeout: 0 })).rejects.toThrow(
      '  entry 0 was rejected: MalformedDetail: Detail is malformed.',
    );
  });

  test('ends with its signal', async () => {
    await using bridge = createBridge();
    const controller = new AbortController();
    const waiting = bridge.waitFor(shop, { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(bridge.waitFor(shop, { signal: controller.signal })).rejects.toThrow('enough');
  });

  test('needs a valid pattern', async () => {
    await using bridge = createBridge();
    await expect(bridge.waitFor({ source: 'x' })).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
  });
});
