import { describe, expect, onTestFinished, test } from 'vitest';
import { createBridge, sequentialIds } from '../../src/index.js';
import { openEvents } from './event-source.js';
import { ask, served } from './served.js';

const placed = { source: 'com.shop', detailType: 'Order Placed', detail: { total: 120 } };
const pattern = JSON.stringify({ source: ['com.shop'] });

async function open() {
  const bridge = createBridge({ ids: sequentialIds(), onUnhandledTarget: 'ignore', onFailedDelivery: 'ignore' });
  const { url } = await served(bridge);
  const get = async (path: string) => {
    const { status, body } = await ask(url, { method: 'GET', path: `/_footbridge/${path}` });
    return { status, body: JSON.parse(body) };
  };
  const post = async (path: string, input?: unknown) => {
    const text = input === undefined ? '' : JSON.stringify(input);
    const { status, body } = await ask(url, { path: `/_footbridge/${path}`, body: text });
    return { status, body: JSON.parse(body) };
  };
  return { bridge, url, get, post };
}

describe('/_footbridge/', () => {
  test('says what is there', async () => {
    const { get } = await open();
    const { body } = await get('');
    expect(Object.keys(body)).toEqual(['health', 'events', 'explain', 'reset', 'connections']);
  });

  test('has a health, which ends with the bridge', async () => {
    const { bridge, url, get } = await open();
    const healthy = { status: 'ok', account: '123456789012', region: 'us-east-1' };
    expect(await get('health')).toEqual({ status: 200, body: healthy });
    expect(await ask(url, { method: 'HEAD', path: '/_footbridge/health' })).toMatchObject({ status: 200, body: '' });
    await bridge.close();
    expect(await get('health')).toMatchObject({ status: 400, body: { __type: 'BridgeClosedException' } });
  });

  test.each([
    '/base/_footbridge/reset',
    '//_footbridge/reset',
    '/_footbridge',
    '/_Footbridge/reset',
    '/./_footbridge/reset',
  ])('is not below the path %s', async (path) => {
    const { bridge, url } = await open();
    await bridge.publish({ source: 'com.shop', detailType: 'x', detail: {} });
    expect(await ask(url, { path })).toMatchObject({ status: 400, body: expect.stringContaining('x-amz-target') });
    expect(bridge.history.events().length).toBe(1);
  });

  test('refuses what is not there, and wrong methods', async () => {
    const { url, get, post } = await open();
    expect(await get('nothing/here')).toMatchObject({
      status: 404,
      body: {
        __type: 'UnknownOperationException',
        message: '/_footbridge/nothing/here does not exist. Known: health, events, explain, reset, connections.',
      },
    });
    expect(await get('reset')).toMatchObject({ status: 405 });
    expect(await post('health')).toMatchObject({ status: 405 });
    const answer = await ask(url, { method: 'DELETE', path: '/_footbridge/events' });
    expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, POST, OPTIONS' } });
  });

  test('explains an event, of the history or made up', async () => {
    const { bridge, post, get } = await open();
    await bridge.putRule({ Name: 'big', EventPattern: '{"detail":{"total":[{"numeric":[">",500]}]}}' });
    const eventId = await bridge.publish(placed);
    const routes = [{ kind: 'rule', name: 'big', matches: false }];
    const text = expect.stringContaining('✗ rule big');
    expect(await get(`explain?eventId=${eventId}`)).toMatchObject({
      status: 200,
      body: { bus: 'default', routes, text },
    });
    const event = { source: 'a', 'detail-type': 'b', detail: { total: 501 } };
    expect(await post('explain', { event })).toMatchObject({ body: { routes: [{ name: 'big', matches: true }] } });
    expect(await post('explain', { event, bus: 'none' })).toMatchObject({ body: { busExists: false } });
    expect(await post('explain', { eventId: 'x' })).toMatchObject({
      status: 400,
      body: { __type: 'ResourceNotFoundException', message: 'Event x is not in the history.' },
    });
    expect(await post('explain')).toMatchObject({ status: 400, body: { __type: 'ValidationException' } });
  });

  test('resets the bridge', async () => {
    const { bridge, post } = await open();
    await bridge.putRule({ Name: 'r', EventPattern: pattern });
    await bridge.publish(placed);
    expect(await post('reset')).toEqual({ status: 200, body: {} });
    expect(bridge.history.events()).toEqual([]);
    expect(await bridge.listRules()).toEqual({ Rules: [] });
  });
});

describe('/_footbridge/events', () => {
  test('answers what was accepted, with the exact text of numbers', async () => {
    const { bridge, url } = await open();
    const Detail = '{"n":12345678901234567890}';
    await bridge.putEvents({ Entries: [{ Source: 'com.shop', DetailType: 'x', Detail }] });
    const { body } = await ask(url, { method: 'GET', path: '/_footbridge/events' });
    expect(body).toContain('"detail":{"n":12345678901234567890}');
    expect(JSON.parse(body)).toMatchObject({
      events: [{ kind: 'accepted', bus: 'default', origin: 'put-events', event: { source: 'com.shop' } }],
      gap: false,
    });
  });

  test('waits for an event that matches, and goes on after it', async () => {
    const { bridge, get } = await open();
    await bridge.publish({ ...placed, source: 'other' });
    const waiting = get(`events?pattern=${pattern}&wait=30`);
    await bridge.publish(placed);
    await bridge.publish({ ...placed, detail: { total: 5 } });
    const { events, next } = (await waiting).body;
    expect(events[0].event.detail).toEqual({ total: 120 });
    const rest = await get(`events?after=${events[0].cursor}&wait=30`);
    expect(rest.body.events.map((one: { event: object }) => one.event)).toMatchObject([{ detail: { total: 5 } }]);
    const later = get(`events?after=${rest.body.next}&wait=30`);
    await bridge.publish({ ...placed, detail: { total: 6 } });
    expect((await later).body.events).toMatchObject([{ event: { detail: { total: 6 } } }]);
    expect(next).toMatch(/^[0-9a-f]{8}-\d+$/);
  });

  test('waits for as many as are asked for, given as JSON', async () => {
    const { bridge, post } = await open();
    const waiting = post('events', { pattern: { source: ['com.shop'] }, count: 3, wait: 30 });
    for (let i = 0; i < 3; i++) await bridge.publish(placed);
    expect((await waiting).body.events.length).toBe(3);
  });

  test('says what was nearest when it waited in vain', async () => {
    const { bridge, get } = await open();
    await bridge.publish({ ...placed, source: 'other' });
    expect((await get(`events?pattern=${pattern}&wait=0.01`)).body).toMatchObject({
      events: [],
      why: expect.stringContaining('source is "other", wanted "com.shop"'),
    });
  });

  test('tells of deliveries, with the event of each', async () => {
    const { bridge, get } = await open();
    bridge.on({ source: ['com.shop'] }, () => {}, { name: 'audit' });
    bridge.on({ source: ['com.shop'] }, () => Promise.reject(new Error('no')), { name: 'broken' });
    const waiting = get(`events?kind=delivered,failed&count=2&wait=30&pattern=${pattern}`);
    await bridge.publish(placed);
    expect((await waiting).body.events).toMatchObject([
      { kind: 'delivered', subscription: 'audit', attempts: 1, event: { detail: { total: 120 } } },
      { kind: 'failed', subscription: 'broken', errorCode: 'ERROR_FROM_TARGET', errorMessage: 'Error: no' },
    ]);
  });

  test('tells of one bus, of rejected entries, and from now on', async () => {
    const { bridge, get } = await open();
    bridge.bus('orders').on({ source: ['com.shop'] }, () => {});
    await bridge.publish({ ...placed, bus: 'orders' });
    await bridge.publish(placed);
    await bridge.putEvents({ Entries: [{ Source: 'a', Detail: '{}' }] });
    expect((await get('events?bus=orders')).body.events).toMatchObject([{ bus: 'orders' }]);
    expect((await get('events?kind=rejected')).body.events).toMatchObject([{ errorCode: 'InvalidArgument' }]);
    expect((await get('events?kind=rejected&bus=orders')).body.events).toEqual([]);
    const { body } = await get('events?since=now&limit=1');
    expect(body.events).toEqual([]);
    await bridge.publish({ ...placed, detail: { total: 9 } });
    expect((await get(`events?after=${body.next}`)).body.events).toMatchObject([{ event: { detail: { total: 9 } } }]);
  });

  test('answers no more at once than was asked for', async () => {
    const { bridge, get } = await open();
    for (let i = 0; i < 5; i++) await bridge.publish({ ...placed, detail: { i } });
    const first = (await get('events?limit=2')).body;
    const second = (await get(`events?limit=2&after=${first.next}`)).body;
    const numbers = [...first.events, ...second.events].map((one) => one.event.detail.i);
    expect(numbers).toEqual([0, 1, 2, 3]);
  });

  test('pages by size too, however large the events are', async () => {
    const { bridge, get } = await open();
    const text = 'x'.repeat(900_000);
    for (let n = 0; n < 40; n++) await bridge.inject({ source: 'a', 'detail-type': 'b', detail: { n, text } });
    const seen: number[] = [];
    let after = '';
    for (let pages = 0; seen.length < 40 && pages < 10; pages++) {
      const { status, body } = await get(`events?limit=10000&count=10000&wait=0.1&after=${after}`);
      expect(status).toBe(200);
      expect(body.gap).toBe(false);
      expect(JSON.stringify(body).length).toBeLessThan(2 ** 24 + 1000);
      seen.push(...body.events.map(({ event }: { event: { detail: { n: number } } }) => event.detail.n));
      after = body.next;
    }
    expect(seen).toEqual(Array.from({ length: 40 }, (_, n) => n));
  });

  test('says that the history has lost something since', async () => {
    const bridge = createBridge({ history: 2 });
    const { url } = await served(bridge);
    const get = async (query: string) =>
      JSON.parse((await ask(url, { method: 'GET', path: `/_footbridge/events${query}` })).body);
    await bridge.publish(placed);
    const { next } = await get('');
    await bridge.publish([placed, placed, placed]);
    expect(await get(`?after=${next}`)).toMatchObject({ gap: true, events: { length: 2 } });
    expect(await get('?after=0badcafe-17')).toMatchObject({ gap: false, events: { length: 2 } });
  });

  test('says that there is no history to read', async () => {
    const { url } = await served(createBridge({ history: 0 }));
    const { status, body } = await ask(url, { method: 'GET', path: '/_footbridge/events?wait=30' });
    expect({ status, body }).toMatchObject({ status: 400, body: expect.stringContaining('keeps no history') });
  });

  test('goes on after a reset with what comes then', async () => {
    const { bridge, get } = await open();
    await bridge.publish(placed);
    const { next } = (await get('events')).body;
    const waiting = get(`events?after=${next}&wait=30`);
    bridge.reset();
    await bridge.publish({ ...placed, detail: { total: 7 } });
    expect((await waiting).body.events).toMatchObject([{ event: { detail: { total: 7 } } }]);
  });

  test.each([
    ['pattern=%7B', 'InvalidEventPatternException', 'Event pattern is not valid.'],
    ['wait=301', 'ValidationException', 'events: wait must be a number from 0 to 300, but is "301".'],
    ['wait=x', 'ValidationException', 'events: wait must be a number from 0 to 300, but is "x".'],
    ['count=0', 'ValidationException', 'events: count must be a whole number from 1 to 10000, but is "0".'],
    [
      'kind=x',
      'ValidationException',
      'events: kind must be one or more of accepted, rejected, invalid-detail, dropped,',
    ],
    ['since=x', 'ValidationException', 'events: since must be start or now, but is "x".'],
    ['patern=x', 'ValidationException', 'events: "patern" is not a member. Known: pattern, kind, bus, after,'],
  ])('refuses %s', async (query, name, message) => {
    const { get } = await open();
    expect(await get(`events?${query}`)).toMatchObject({
      status: 400,
      body: { __type: name, message: expect.stringContaining(message) },
    });
  });

  test.each<[unknown, string]>([
    [[], 'the body must be a JSON object, but is an array.'],
    [{ pattern: 5 }, 'pattern must be an event pattern, but is a number.'],
    [{ bus: 5 }, 'bus must be a string, but is a number.'],
    [{ kind: [] }, 'kind must be one or more of accepted,'],
  ])('refuses %j', async (input, message) => {
    const { post } = await open();
    expect(await post('events', input)).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining(message) },
    });
  });
});

describe('The stream of /_footbridge/events', () => {
  test('sends what there is, and what comes', async () => {
    const { bridge, url } = await open();
    await bridge.publish(placed);
    const stream = await openEvents(`${url}/_footbridge/events?pattern=${pattern}`);
    const first = await stream.next();
    expect(first).toMatchObject({ event: 'accepted', data: { event: { detail: { total: 120 } } } });
    expect(first.id).toBe(first.data.cursor);
    await bridge.publish([
      { ...placed, source: 'other' },
      { ...placed, detail: { total: 2 } },
    ]);
    expect(await stream.next()).toMatchObject({ data: { event: { detail: { total: 2 } } } });
  });

  test('goes on where a reader has left it', async () => {
    const { bridge, url } = await open();
    const stream = await openEvents(`${url}/_footbridge/events`);
    await bridge.publish([placed, { ...placed, detail: { total: 2 } }]);
    const { id } = await stream.next();
    stream.close();
    const again = await openEvents(`${url}/_footbridge/events`, { 'last-event-id': id });
    expect(await again.next()).toMatchObject({ data: { event: { detail: { total: 2 } } } });
  });

  test('says that something is lost to a reader who comes too late', async () => {
    const bridge = createBridge({ history: 1 });
    const { url } = await served(bridge);
    await bridge.publish(placed);
    const stream = await openEvents(`${url}/_footbridge/events`);
    const { id } = await stream.next();
    stream.close();
    await bridge.publish([placed, placed, placed]);
    const again = await openEvents(`${url}/_footbridge/events`, { 'last-event-id': id });
    expect(await again.next()).toMatchObject({ event: 'gap', data: {} });
    expect(await again.next()).toMatchObject({ event: 'accepted' });
  });

  test('sends more than a socket takes at once, and gathers no listeners by it', async () => {
    const warnings: string[] = [];
    const listen = ({ message }: Error) => warnings.push(message);
    process.on('warning', listen);
    onTestFinished(() => void process.off('warning', listen));
    const bridge = createBridge();
    const { url } = await served(bridge);
    const events = Array.from({ length: 2000 }, () => ({ ...placed, detail: { text: 'x'.repeat(5000) } }));
    await bridge.publish(events);
    const stream = await openEvents(`${url}/_footbridge/events`);
    for (const _ of events) expect(await stream.next()).toMatchObject({ event: 'accepted' });
    expect(warnings).toEqual([]);
  });

  test('ends when the server closes', async () => {
    const bridge = createBridge();
    const server = await served(bridge);
    const stream = await openEvents(`${server.url}/_footbridge/events`);
    await server.close();
    await expect(stream.next()).rejects.toThrow('The stream has ended.');
  });
});
