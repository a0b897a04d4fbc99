import { describe, expect, test } from 'vitest';
import {
  type BridgeOptions,
  createBridge,
  type Envelope,
  type PutEventsRequestEntry,
  sequentialIds,
} from '../../src/index.js';

const clock = { now: () => Date.parse('2026-01-02T03:04:05.678Z') };

async function deliver(entry: PutEventsRequestEntry, options: BridgeOptions = {}) {
  await using bridge = createBridge({ ids: sequentialIds(), clock, ...options });
  const received: { body: string; event: Envelope; traceHeader: string | undefined }[] = [];
  await bridge.putRule({ Name: 'all', EventPattern: '{"source":[{"prefix":""}]}' });
  await bridge.putTargets({ Rule: 'all', Targets: [{ Id: '1', Arn: arnOf('bill', options) }] });
  bridge.handle('bill', (event, { delivery }) =>
    received.push({ event, body: delivery.body, traceHeader: delivery.traceHeader }),
  );
  await bridge.putEvents({ Entries: [{ Source: 'com.shop', DetailType: 'Order Placed', ...entry }] });
  await bridge.idle();
  expect(received).toHaveLength(1);
  return received[0] as (typeof received)[0];
}

function arnOf(name: string, { region = 'us-east-1', account = '123456789012' }: BridgeOptions): string {
  return `arn:aws:lambda:${region}:${account}:function:${name}`;
}

describe('The envelope', () => {
  test('is compact JSON with its members in the recorded order', async () => {
    const { body } = await deliver({ Detail: '{"a": "b"}', Time: '2022-01-01T00:00:00Z' });
    expect(body).toBe(
      '{"version":"0","id":"00000000-0000-0000-0000-000000000001","detail-type":"Order Placed","source":"com.shop","account":"123456789012","time":"2022-01-01T00:00:00Z","region":"us-east-1","resources":[],"detail":{"a":"b"}}',
    );
  });

  test('carries Detail as it was written but for the white space outside its strings', async () => {
    const { body } = await deliver({
      Detail: ' {\n"b" : 1.0, "2":  1e2,"1": 9007199254740993, "b":"a  b\\u0041\\"  " }\t',
    });
    expect(body.slice(body.indexOf('"detail":'))).toBe(
      '"detail":{"b":1.0,"2":1e2,"1":9007199254740993,"b":"a  b\\u0041\\"  "}}',
    );
  });

  test('is what a handler gets, parsed', async () => {
    const { body, event } = await deliver({
      Detail: '{"__proto__":{"a":1},"constructor":null,"n":[1]}',
      Resources: ['r1', 'r2'],
    });
    expect(event).toEqual(JSON.parse(body));
    expect(event.resources).toEqual(['r1', 'r2']);
    expect(Object.keys(event.detail)).toEqual(['__proto__', 'constructor', 'n']);
  });

  test.each<[string, PutEventsRequestEntry['Time'], string]>([
    ['the time of the call', undefined, '2026-01-02T03:04:05Z'],
    ['a Date', new Date(1640995200999), '2022-01-01T00:00:00Z'],
    ['a number of seconds', 1640995200.75, '2022-01-01T00:00:00Z'],
    ['a text', '2022-01-01T01:00:00.5+01:00', '2022-01-01T00:00:00Z'],
  ])('has %s as its time, in whole seconds', async (_, Time, time) => {
    expect((await deliver({ Detail: '{}', Time })).event.time).toBe(time);
  });

  test('names account and region of the bridge', async () => {
    const { event } = await deliver({ Detail: '{}' }, { account: '111122223333', region: 'eu-west-1' });
    expect(event).toMatchObject({ account: '111122223333', region: 'eu-west-1' });
  });

  test('escapes what is no character, so that its text is well-formed', async () => {
    const { body, event } = await deliver({ Detail: '{}', Source: 'a\ud800', DetailType: 'quote " and \n' });
    expect(body).toContain('"detail-type":"quote \\" and \\n","source":"a\\ud800"');
    expect(event.source).toBe('a\ud800');
  });

  test('leaves the trace header to the context of the delivery', async () => {
    const header = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
    expect((await deliver({ Detail: '{}', TraceHeader: header })).traceHeader).toMatch(
      new RegExp(`^${header};Lineage=1:[0-9a-f]{8}:0$`),
    );
    expect((await deliver({ Detail: '{}', TraceHeader: 'malformed' })).traceHeader).toMatch(
      /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0;Lineage=/,
    );
  });
});
