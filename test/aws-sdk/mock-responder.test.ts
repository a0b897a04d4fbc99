import {
  DescribeEventBusCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  EventBridgeServiceException,
  PutEventsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { mockResponder, retarget } from '../../src/aws-sdk.js';
import { createBridge, sequentialIds } from '../../src/index.js';
import { forbidNetwork } from './no-network.js';

const Entries = [{ Source: 'com.shop', DetailType: 'Order Placed', Detail: '{}' }];
const mock = mockClient(EventBridgeClient);

describe('The answer of a bridge to a mocked client', () => {
  beforeAll(() => {
    forbidNetwork();
    return () => mock.restore();
  });
  beforeEach(() => {
    mock.reset();
  });

  test('is what the SDK would answer, times as Dates', async () => {
    const bridge = createBridge({ ids: sequentialIds(), clock: { now: () => 1_767_323_045_678 } });
    mock.on(PutEventsCommand).callsFake(mockResponder(bridge, 'PutEvents'));
    mock.on(DescribeEventBusCommand).callsFake(mockResponder(bridge, 'DescribeEventBus'));
    const seen: string[] = [];
    bridge.on({ source: ['com.shop'] }, ({ time }) => {
      seen.push(time);
    });
    const client = new EventBridgeClient({});
    const Time = new Date('2026-01-02T03:04:05.678Z');
    const put = await client.send(new PutEventsCommand({ Entries: [{ ...Entries[0], Time }] }));
    expect(put).toEqual({
      FailedEntryCount: 0,
      Entries: [{ EventId: '00000000-0000-0000-0000-000000000001' }],
      $metadata: {
        httpStatusCode: 200,
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        attempts: 1,
        totalRetryDelay: 0,
      },
    });
    await bridge.idle();
    expect(seen).toEqual(['2026-01-02T03:04:05Z']);
    await bridge.createEventBus({ Name: 'orders' });
    const described = await client.send(new DescribeEventBusCommand({ Name: 'orders' }));
    expect(described.CreationTime).toEqual(Time);
    expect(mock.commandCalls(PutEventsCommand)).toHaveLength(1);
  });

  test('is a refusal of the class that the client has for it', async () => {
    const bridge = createBridge();
    mock.on(DescribeRuleCommand).callsFake(mockResponder(bridge, 'DescribeRule'));
    const client = new EventBridgeClient({});
    const calls = ['a', 'b'].map((Name) => client.send(new DescribeRuleCommand({ Name })));
    const errors = await Promise.all(calls.map((call) => call.catch((error: unknown) => error)));
    for (const [i, error] of errors.entries()) {
      expect(Object.getPrototypeOf(error)).toBe(ResourceNotFoundException.prototype);
      expect(error).toBeInstanceOf(EventBridgeServiceException);
      expect(error).toMatchObject({
        name: 'ResourceNotFoundException',
        message: `Rule ${'ab'[i]} does not exist on EventBus default.`,
        $metadata: { httpStatusCode: 400, attempts: 1 },
      });
    }
  });

  test('is refused by its own bridge alone, also where the class is retargeted to another', async () => {
    const other = createBridge();
    const handle = retarget(EventBridgeClient, other);
    onTestFinished(() => handle.dispose());
    const bridge = createBridge();
    bridge.faults.putEvents({ code: 'ThrottlingException', calls: 1 });
    mock.on(PutEventsCommand).callsFake(mockResponder(bridge, 'PutEvents'));
    const client = new EventBridgeClient({});
    await expect(client.send(new PutEventsCommand({ Entries }))).rejects.toThrow(EventBridgeServiceException);
    expect([...bridge.history.events(), ...other.history.events()]).toEqual([]);
  });

  test('is the same for a mock of one client', async () => {
    const client = new EventBridgeClient({});
    const one = mockClient(client);
    onTestFinished(() => one.restore());
    one.on(DescribeRuleCommand).callsFake(mockResponder(createBridge(), 'DescribeRule'));
    const error: unknown = await client.send(new DescribeRuleCommand({ Name: 'a' })).catch((reason: unknown) => reason);
    expect(Object.getPrototypeOf(error)).toBe(ResourceNotFoundException.prototype);
  });

  test('can be asked for by any other mock, which gets a ServiceError that passes for the class', async () => {
    const fake = vi.fn(mockResponder(createBridge(), 'DescribeRule'));
    const error: unknown = await fake({ Name: 'a' }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ResourceNotFoundException);
    expect(error).toMatchObject({ name: 'ResourceNotFoundException', $fault: 'client' });
    const unlike = await fake({ Name: 'a' }, () => ({ send: () => {} })).catch((reason: unknown) => reason);
    expect(unlike).toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('needs a bridge, and an operation that there is', async () => {
    expect(() => mockResponder({} as never, 'PutEvents')).toThrow(
      'mockResponder needs a bridge, made by createBridge or sharedBridge.',
    );
    const unknown = mockResponder(createBridge(), 'PutRocket' as 'PutEvents');
    await expect(unknown({ Entries })).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'EventBridge has no operation PutRocket.',
    });
  });
});
