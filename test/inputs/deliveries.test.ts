import { describe, expect, test } from 'vitest';
import { type Bridge, createBridge, type Target, virtualClock } from '../../src/index.js';

const Arn = 'arn:aws:lambda:us-east-1:123456789012:function:bill';
const silent = { onFailedDelivery: 'ignore' } as const;

async function bridgeWith(options: Partial<Target>): Promise<Bridge> {
  const bridge = createBridge({ clock: virtualClock('2026-01-02T03:04:05.678Z'), ...silent });
  await bridge.putRule({ Name: 'big', EventPattern: '{"source":["com.shop"]}' });
  await bridge.putTargets({ Rule: 'big', Targets: [{ Id: '1', Arn, ...options }] });
  return bridge;
}

/** What a function gets of an event with this detail, and the text behind it. */
async function received(options: Partial<Target>, Detail: string): Promise<{ event: unknown; body: string }[]> {
  await using bridge = await bridgeWith(options);
  const calls: { event: unknown; body: string }[] = [];
  bridge.handle('bill', (event, { delivery }) => void calls.push({ event, body: delivery.body }));
  await bridge.putEvents({ Entries: [{ Source: 'com.shop', DetailType: 'Order', Detail }] });
  await bridge.idle();
  return calls;
}

describe('A function behind a target', () => {
  test('receives the event as it is, its Detail as it was written, where its target asks for nothing else', async () => {
    const calls = await received({}, '{ "9": 1.0, "1": 12345678901234567890, "a": "\\u0041 b\\ud83d" }');
    expect(calls.map(({ body }) => body.replace(/"id":"[0-9a-f-]{36}"/, '"id":"ID"'))).toEqual([
      '{"version":"0","id":"ID","detail-type":"Order","source":"com.shop","account":"123456789012","time":"2026-01-02T03:04:05Z","region":"us-east-1","resources":[],"detail":{"9":1.0,"1":12345678901234567890,"a":"\\u0041 b\\ud83d"}}',
    ]);
  });

  test('receives what the template makes of the event', async () => {
    const InputTransformer = {
      InputPathsMap: { total: '$.detail.total' },
      InputTemplate: '{"total":<total>,"at":<aws.events.event.ingestion-time>,"by":<aws.events.rule-arn>}',
    };
    const body =
      '{"total":12345678901234567890,"at":"2026-01-02T03:04:05.678Z","by":"arn:aws:events:us-east-1:123456789012:rule/big"}';
    const calls = await received({ InputTransformer }, '{ "total" : 12345678901234567890 }');
    expect(calls).toEqual([{ event: JSON.parse(body), body }]);
  });

  test('receives the constant, or the part, as it is written', async () => {
    expect(await received({ Input: '{"a": 1.0}' }, '{}')).toEqual([{ event: { a: 1 }, body: '{"a": 1.0}' }]);
    expect(await received({ InputPath: '$.detail' }, '{"9": 1, "1": 2.0}')).toEqual([
      { event: { 9: 1, 1: 2 }, body: '{"9":1,"1":2.0}' },
    ]);
  });

  // Recorded from the service by LocalStack's tests (test_events_schedule.py).
  test('receives the constant in place of an event of the service too', async () => {
    await using bridge = createBridge();
    await bridge.putRule({ Name: 'tick', EventPattern: '{"source":["aws.events"]}' });
    await bridge.putTargets({
      Rule: 'tick',
      Targets: [{ Id: '1', Arn, Input: '{"custom-value": "somecustominput"}' }],
    });
    const events: unknown[] = [];
    bridge.handle('bill', (event) => events.push(event));
    await bridge.inject({ source: 'aws.events', 'detail-type': 'Scheduled Event' });
    await bridge.idle();
    expect(events).toEqual([{ 'custom-value': 'somecustominput' }]);
  });

  test('receives a text for its event where a template makes text that is no JSON', async () => {
    const template = (InputTemplate: string) => ({
      InputTransformer: { InputPathsMap: { a: '$.detail.a' }, InputTemplate },
    });
    expect(await received(template('"is <a>"'), '{"a":"b"}')).toEqual([{ event: 'is b', body: '"is b"' }]);
    const lines = '"is b"\n"b"';
    expect(await received(template('"is <a>"\n"<a>"'), '{"a":"b"}')).toEqual([{ event: lines, body: lines }]);
  });

  test('is not called for an input that is no JSON, and the delivery fails with INVALID_JSON', async () => {
    await using bridge = await bridgeWith({
      InputTransformer: { InputPathsMap: { a: '$.detail' }, InputTemplate: '{"a":"<a>"}' },
    });
    let calls = 0;
    bridge.handle('bill', () => void calls++);
    await bridge.putEvents({ Entries: [{ Source: 'com.shop', DetailType: 'Order', Detail: '{"a":1}' }] });
    await bridge.idle();
    expect(calls).toBe(0);
    expect(bridge.history.records().filter(({ kind }) => kind === 'failed')).toEqual([
      expect.objectContaining({
        errorCode: 'INVALID_JSON',
        errorMessage: 'Invalid input for target.',
        hint: '<a> is an object: write it without quotes around it.',
      }),
    ]);
  });

  test.each([
    ['that is handled', true],
    ['that nothing handles', false],
  ])('%s is passed over for a dead letter that holds what was made, if that is not JSON', async (_, isHandled) => {
    await using bridge = await bridgeWith({
      InputTransformer: { InputPathsMap: { a: '$.detail' }, InputTemplate: '{"a":"<a>"}' },
      DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:123456789012:dlq' },
    });
    if (isHandled) bridge.handle('bill', () => expect.unreachable());
    await bridge.publish({ source: 'com.shop', detailType: 'Order', detail: { a: 1 } });
    expect(await bridge.idle()).toMatchObject({ deadLettered: 1, failed: 0, waiting: 0 });
    const [message] = bridge.queue('dlq').messages;
    expect(message).toMatchObject({
      body: '{"a":"{"a":1}"}',
      attributes: { ERROR_CODE: 'INVALID_JSON', ERROR_MESSAGE: 'Invalid input for target.' },
    });
    expect(Object.keys(message?.attributes ?? {})).toEqual(['RULE_ARN', 'TARGET_ARN', 'ERROR_CODE', 'ERROR_MESSAGE']);
  });

  test('receives the input that its target had when the event was accepted', async () => {
    await using bridge = await bridgeWith({ Input: '1' });
    const bodies: string[] = [];
    bridge.handle('bill', (_, { delivery }) => void bodies.push(delivery.body));
    const Entries = [{ Source: 'com.shop', DetailType: 'Order', Detail: '{}' }];
    const put = bridge.putEvents({ Entries });
    await bridge.putTargets({ Rule: 'big', Targets: [{ Id: '1', Arn, Input: '2' }] });
    await put;
    await bridge.putEvents({ Entries });
    await bridge.idle();
    expect(bodies).toEqual(['1', '2']);
  });
});
