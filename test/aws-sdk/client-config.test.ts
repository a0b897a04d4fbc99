import {
  CreateEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  EventBridgeServiceException,
  InvalidEventPatternException,
  LimitExceededException,
  ListEndpointsCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { clientConfig } from '../../src/aws-sdk.js';
import { type BridgeOptions, createBridge } from '../../src/index.js';
import { captureWarnings } from '../warnings.js';
import { forbidNetwork } from './no-network.js';

const entry = { Source: 'com.shop', DetailType: 'Order Placed', Detail: '{"name": "é😀"}' };
const EventPattern = '{"source":["com.shop"]}';
const Arn = 'arn:aws:lambda:us-east-1:123456789012:function:bill';
const putEvents = { headers: { 'x-amz-target': 'AWSEvents.PutEvents' }, body: JSON.stringify({ Entries: [entry] }) };

function connect(options: BridgeOptions = {}) {
  const bridge = createBridge(options);
  return { bridge, client: new EventBridgeClient(clientConfig(bridge)) };
}

describe('A real client of the AWS SDK', () => {
  beforeAll(forbidNetwork);

  test('puts events that arrive, without a word on the console', async () => {
    const warnings = captureWarnings();
    const { bridge, client } = connect();
    const seen: unknown[] = [];
    bridge.on({ source: ['com.shop'] }, ({ id, detail, time }) => seen.push({ id, detail, time }));
    const Time = new Date('2026-01-02T03:04:05.678Z');
    const answer = await client.send(new PutEventsCommand({ Entries: [{ ...entry, Time }, { Source: 'a' }] }));
    expect(answer).toMatchObject({
      FailedEntryCount: 1,
      Entries: [
        { EventId: expect.any(String) },
        {
          ErrorCode: 'InvalidArgument',
          ErrorMessage: 'Parameter DetailType is not valid. Reason: DetailType is a required argument.',
        },
      ],
      $metadata: { httpStatusCode: 200, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/), attempts: 1 },
    });
    await bridge.idle();
    expect(seen).toEqual([{ id: answer.Entries?.[0]?.EventId, detail: { name: 'é😀' }, time: '2026-01-02T03:04:05Z' }]);
    expect(warnings).toEqual([]);
  });

  test('performs every operation', async () => {
    const { client } = connect({ clock: { now: () => Date.parse('2026-01-02T03:04:05.678Z') } });
    const bus = await client.send(new CreateEventBusCommand({ Name: 'orders' }));
    expect(bus.EventBusArn).toBe('arn:aws:events:us-east-1:123456789012:event-bus/orders');
    const described = await client.send(new DescribeEventBusCommand({ Name: 'orders' }));
    expect(described.CreationTime).toEqual(new Date('2026-01-02T03:04:05.678Z'));
    const on = { EventBusName: 'orders' };
    const put = await client.send(new PutRuleCommand({ Name: 'big', EventPattern, ...on }));
    expect(put.RuleArn).toBe('arn:aws:events:us-east-1:123456789012:rule/orders/big');
    expect(await client.send(new DescribeRuleCommand({ Name: 'big', ...on }))).toMatchObject({ EventPattern });
    expect((await client.send(new ListRulesCommand(on))).Rules).toMatchObject([{ Name: 'big', State: 'ENABLED' }]);
    await client.send(new DisableRuleCommand({ Name: 'big', ...on }));
    const enabled = await client.send(new EnableRuleCommand({ Name: 'big', ...on }));
    expect(enabled.$metadata.httpStatusCode).toBe(200);
    const rule = { Rule: 'big', ...on };
    const targets = await client.send(new PutTargetsCommand({ ...rule, Targets: [{ Id: '1', Arn }] }));
    expect(targets).toMatchObject({ FailedEntryCount: 0, FailedEntries: [] });
    expect((await client.send(new ListTargetsByRuleCommand(rule))).Targets).toEqual([{ Id: '1', Arn }]);
    await client.send(new RemoveTargetsCommand({ ...rule, Ids: ['1'] }));
    await client.send(new DeleteRuleCommand({ Name: 'big', ...on }));
    const event = {
      id: '1',
      account: '1',
      source: 'com.shop',
      time: '2026-01-01T00:00:00Z',
      region: 'x',
      'detail-type': 'x',
    };
    const tested = await client.send(new TestEventPatternCommand({ EventPattern, Event: JSON.stringify(event) }));
    expect(tested.Result).toBe(true);
  });

  test('throws the errors as its own classes', async () => {
    const { client } = connect({ limits: { rulesPerBus: 1 } });
    await expect(client.send(new DescribeRuleCommand({ Name: 'none' }))).rejects.toThrow(ResourceNotFoundException);
    await expect(client.send(new DescribeRuleCommand({ Name: 'none' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Rule none does not exist on EventBus default.',
      $metadata: { httpStatusCode: 400, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/), attempts: 1 },
    });
    await expect(client.send(new CreateEventBusCommand({ Name: 'default' }))).rejects.toThrow(
      ResourceAlreadyExistsException,
    );
    await expect(client.send(new PutRuleCommand({ Name: 'a', EventPattern: '{' }))).rejects.toThrow(
      InvalidEventPatternException,
    );
    await client.send(new PutRuleCommand({ Name: 'a', EventPattern }));
    await expect(client.send(new PutRuleCommand({ Name: 'b', EventPattern }))).rejects.toThrow(LimitExceededException);
  });

  test.each<[string, object, string, string]>([
    [
      'eleven entries',
      { Entries: Array.from({ length: 11 }, () => entry) },
      'ValidationException',
      "1 validation error detected: Value '[PutEventsRequestEntry(time=null, source=com.shop,",
    ],
    ['no entries', {}, 'ValidationException', "Value null at 'entries'"],
    [
      'a Detail that is an object',
      { Entries: [{ ...entry, Detail: { a: 1 } }] },
      'SerializationException',
      "Member 'entries.1.member.detail' must be a string, but is an object.",
    ],
    [
      'an invalid Date',
      { Entries: [{ ...entry, Time: new Date(Number.NaN) }] },
      'SerializationException',
      'The request body is not JSON.',
    ],
  ])('is refused with %s by a service exception of that name', async (_, input, name, message) => {
    const { client } = connect();
    const error: unknown = await client.send(new PutEventsCommand(input as never)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(EventBridgeServiceException);
    expect(error).toMatchObject({ name, message: expect.stringContaining(message) });
  });

  test('is told plainly of an operation that a bridge does not have', async () => {
    const { client } = connect();
    await expect(client.send(new ListEndpointsCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'Footbridge has no operation ListEndpoints, which EventBridge has: a bridge has no global endpoints.',
    });
  });

  test('may name a global endpoint, and give the time as a text', async () => {
    const { client } = connect();
    const Time = '2026-01-01T00:00:00Z' as never;
    const answer = await client.send(new PutEventsCommand({ EndpointId: 'abcde.veo', Entries: [{ ...entry, Time }] }));
    expect(answer.FailedEntryCount).toBe(0);
  });

  test('works under fake timers, refusals too', async () => {
    vi.useFakeTimers();
    try {
      const { client } = connect();
      expect(await client.send(new PutEventsCommand({ Entries: [entry] }))).toMatchObject({ FailedEntryCount: 0 });
      await expect(client.send(new DescribeRuleCommand({ Name: 'none' }))).rejects.toThrow('does not exist');
    } finally {
      vi.useRealTimers();
    }
  });

  test('that aborts its call is told so, and nothing is put', async () => {
    const { bridge, client } = connect();
    const abortSignal = AbortSignal.abort();
    await expect(client.send(new PutEventsCommand({ Entries: [entry] }), { abortSignal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(bridge.history.events()).toEqual([]);
  });

  test('may be tried again, by the retries it is given', async () => {
    const bridge = createBridge();
    bridge.faults.putEvents({ code: 'InternalException', calls: 1 });
    const client = new EventBridgeClient({ ...clientConfig(bridge), maxAttempts: 2 });
    const answer = await client.send(new PutEventsCommand({ Entries: [entry] }));
    expect(answer).toMatchObject({ FailedEntryCount: 0, $metadata: { attempts: 2 } });
  });

  test('gets its region from the bridge', async () => {
    const { client } = connect({ region: 'eu-west-1' });
    expect(await client.config.region()).toBe('eu-west-1');
  });
});

describe('The configuration of a client', () => {
  test('takes bodies as bytes, as text and as nothing', async () => {
    const { requestHandler } = clientConfig(createBridge());
    const call = async (target: string, body?: unknown) => {
      const { response } = await requestHandler.handle({ headers: { 'x-amz-target': target }, body });
      return { ...response, body: new TextDecoder().decode(response.body) };
    };
    const listed = { statusCode: 200, body: '{"Rules":[]}' };
    expect(await call('AWSEvents.ListRules')).toMatchObject(listed);
    expect(await call('AWSEvents.ListRules', '{}')).toMatchObject(listed);
    expect(await call('AWSEvents.ListRules', new TextEncoder().encode('{}'))).toMatchObject(listed);
    expect(await call('AWSEvents.ListRules', 'null')).toMatchObject({
      statusCode: 400,
      body: '{"__type":"SerializationException","message":"The input must be an object, but is null."}',
    });
    expect(await call('DynamoDB_20120810.ListTables', '{}')).toMatchObject({
      body: '{"__type":"UnknownOperationException","message":"EventBridge has no operation DynamoDB_20120810.ListTables."}',
    });
    expect(await call('ListRules', '{}')).toMatchObject({
      body: '{"__type":"UnknownOperationException","message":"EventBridge has no operation ListRules."}',
    });
    const deleted = await call('AWSEvents.DeleteRule', '{"Name":"x"}');
    expect(deleted).toMatchObject({ statusCode: 200, body: '', headers: { 'content-length': '0' } });
    expect(Object.keys(deleted.headers)).toEqual(['x-amzn-requestid', 'content-type', 'content-length']);
  });

  test('answers what is no refusal as an InternalException', async () => {
    const bridge = createBridge({
      ids: () => {
        throw new TypeError('no more ids');
      },
    });
    const { response } = await clientConfig(bridge).requestHandler.handle({
      headers: { 'x-amz-target': 'AWSEvents.PutEvents' },
      body: JSON.stringify({ Entries: [entry] }),
    });
    expect(new TextDecoder().decode(response.body)).toBe(
      '{"__type":"InternalException","message":"TypeError: no more ids"}',
    );
    expect(response.statusCode).toBe(500);
  });

  test('lets go of a call under way, with the reason of the signal', async () => {
    const bridge = createBridge();
    const controller = new AbortController();
    const reason = new Error('The user went away.');
    bridge.observe('accepted', () => controller.abort(reason));
    const call = clientConfig(bridge).requestHandler.handle(putEvents, { abortSignal: controller.signal });
    await expect(call).rejects.toMatchObject({ name: 'AbortError', message: 'Request aborted', cause: reason });
    expect(bridge.history.events()).toHaveLength(1);
  });

  test('leaves nothing on a signal that never aborts', async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    await clientConfig(createBridge()).requestHandler.handle(putEvents, { abortSignal: signal });
    expect(added).toHaveBeenCalledOnce();
    expect(removed.mock.calls).toEqual(added.mock.calls);
  });

  test('takes a signal that has onabort only, as SDKs of 2022 make them', async () => {
    const bridge = createBridge();
    const signal = { aborted: false, onabort: () => {} };
    bridge.observe('accepted', () => signal.onabort());
    const { requestHandler } = clientConfig(bridge);
    await expect(requestHandler.handle(putEvents, { abortSignal: signal })).rejects.toThrow('Request aborted');
  });

  test.each([
    [null, 'Request aborted'],
    ['too slow', 'too slow'],
    [{ toString: 1, toJSON: () => fail() }, 'something that cannot be shown'],
  ])('says why it was aborted: %o', async (reason, message) => {
    const { requestHandler } = clientConfig(createBridge());
    const abortSignal = AbortSignal.abort(reason);
    await expect(requestHandler.handle({ headers: {} }, { abortSignal })).rejects.toMatchObject({
      name: 'AbortError',
      message,
    });
  });

  test('needs a bridge', () => {
    expect(() => clientConfig({} as never)).toThrow(
      'clientConfig needs a bridge, made by createBridge or sharedBridge.',
    );
  });
});

function fail(): never {
  throw new Error('not to be shown');
}
