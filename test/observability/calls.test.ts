import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, test } from 'vitest';
import { clientConfig } from '../../src/aws-sdk.js';
import { createBridge, sequentialIds } from '../../src/index.js';

const clock = { now: () => Date.parse('2026-01-02T03:04:05.678Z') };
const time = '2026-01-02T03:04:05.678Z';
const entry = { Source: 'com.shop', DetailType: 'Order Placed', Detail: '{}' };

describe('calls', () => {
  test('Recorded calls have input and output', async () => {
    await using bridge = createBridge({ clock, ids: sequentialIds() });
    await bridge.putRule({ Name: 'big', EventPattern: '{"source":["com.shop"]}' });
    await bridge.putEvents({ Entries: [entry, { Source: 'a' }] });
    const EventId = '00000000-0000-0000-0000-000000000001';
    const ErrorMessage = 'Parameter DetailType is not valid. Reason: DetailType is a required argument.';
    expect(bridge.history.calls('PutEvents')).toEqual([
      {
        operation: 'PutEvents',
        time,
        input: { Entries: [entry, { Source: 'a' }] },
        output: { FailedEntryCount: 1, Entries: [{ EventId }, { ErrorCode: 'InvalidArgument', ErrorMessage }] },
      },
    ]);
    expect(bridge.history.calls().map(({ operation }) => operation)).toEqual(['PutRule', 'PutEvents']);
    expect(bridge.history.calls('PutRule')).toMatchObject([
      { output: { RuleArn: expect.stringContaining('rule/big') } },
    ]);
    expect(bridge.history.calls('DeleteRule')).toEqual([]);
  });

  test('Recorded calls have the error of a rejected call, and why', async () => {
    await using bridge = createBridge({ clock });
    const many = Array.from({ length: 11 }, () => entry);
    await expect(bridge.putEvents({ Entries: many })).rejects.toThrow('1 validation error detected');
    await expect(bridge.putEvents({ Entries: 'x' } as never)).rejects.toThrow();
    await expect(bridge.describeRule({ Name: 'none' })).rejects.toThrow('does not exist');
    const [tooMany, unreadable, unknown, ...more] = bridge.history.calls();
    expect(tooMany).toMatchObject({ input: { Entries: many }, error: { name: 'ValidationException' } });
    expect(tooMany).not.toHaveProperty('output');
    expect(unreadable).not.toHaveProperty('input');
    expect(unknown).toEqual({
      operation: 'DescribeRule',
      time,
      input: { Name: 'none' },
      error: { name: 'ResourceNotFoundException', message: 'Rule none does not exist on EventBus default.' },
    });
    expect(more).toEqual([]);
  });

  test('Recorded calls exist for an SDK client and for publish too', async () => {
    await using bridge = createBridge();
    const client = new EventBridgeClient(clientConfig(bridge));
    await client.send(new PutEventsCommand({ Entries: [entry] }));
    const event = { source: 'com.shop', detailType: 'Order Placed', detail: { n: 1 } };
    await bridge.publish(Array.from({ length: 12 }, () => event));
    const calls = bridge.history.calls('PutEvents');
    expect(calls.map(({ input }) => input.Entries.length)).toEqual([1, 10, 2]);
    expect(calls[0]).toMatchObject({ input: { Entries: [entry] }, output: { FailedEntryCount: 0 } });
    expect(calls[2]?.input.Entries[0].Detail).toBe('{"n":1}');
    await using strict = createBridge({ onUnmatchedEvent: 'error' });
    await expect(strict.publish(event)).rejects.toThrow('matches no rule');
    expect(strict.history.calls()).toMatchObject([{ error: { name: 'UnmatchedEventException' } }]);
  });

  test('Recorded calls are copies of input and output, whatever callers change afterwards', async () => {
    await using bridge = createBridge({ ids: sequentialIds() });
    const input = { Entries: [{ ...entry }] };
    const output = await bridge.putEvents(input);
    Object.assign(input.Entries[0] ?? {}, { Source: 'changed' });
    Object.assign(output.Entries?.[0] ?? {}, { EventId: 'changed' });
    const [call] = bridge.history.calls();
    expect(call?.input).toEqual({ Entries: [entry] });
    expect(call?.output.Entries).toEqual([{ EventId: '00000000-0000-0000-0000-000000000001' }]);
    expect(Object.isFrozen(call?.input.Entries[0]) && Object.isFrozen(call?.output.Entries[0])).toBe(true);
  });

  test('Recorded calls are bounded as the events of the history, entries counted, and at least the last', async () => {
    await using bridge = createBridge({ history: 5 });
    const put = (count: number) => bridge.putEvents({ Entries: Array.from({ length: count }, () => entry) });
    for (const count of [1, 2, 3]) await put(count);
    expect(bridge.history.calls().map(({ input }) => input.Entries.length)).toEqual([2, 3]);
    await put(10);
    expect(bridge.history.calls().map(({ input }) => input.Entries.length)).toEqual([10]);
    await bridge.listRules();
    expect(bridge.history.calls().map(({ operation }) => operation)).toEqual(['ListRules']);
    bridge.resetHistory();
    expect(bridge.history.calls()).toEqual([]);
    await using off = createBridge({ history: 0 });
    await off.listRules();
    expect(off.history.calls()).toEqual([]);
  });

  test('Recorded calls are rejected for an unknown operation', async () => {
    await using bridge = createBridge();
    expect(() => bridge.history.calls('PutEvent' as never)).toThrow('history.calls: there is no operation PutEvent.');
    expect(() => bridge.history.calls({} as never)).toThrow('history.calls: there is no operation an object.');
    expect(() => bridge.history.calls('toString' as never)).toThrow('there is no operation toString');
  });

  test('Recorded calls hide what the service calls sensitive, and nothing else', async () => {
    await using bridge = createBridge();
    const connection = (Password: string) =>
      bridge.createConnection({
        Name: 'billing',
        AuthorizationType: 'BASIC',
        AuthParameters: {
          BasicAuthParameters: { Username: 'ann', Password },
          InvocationHttpParameters: { HeaderParameters: [{ Key: 'x-key', Value: 'hunter2', IsValueSecret: true }] },
        },
      });
    await connection('hunter2');
    await expect(connection(`hunter2${'!'.repeat(600)}`)).rejects.toThrow();
    const calls = bridge.history.calls('CreateConnection');
    expect(calls.map(({ input }) => input.AuthParameters.BasicAuthParameters)).toEqual([
      { Username: 'ann', Password: '***Sensitive Data Redacted***' },
      { Username: 'ann', Password: '***Sensitive Data Redacted***' },
    ]);
    expect(calls[0]).toMatchObject({ input: { Name: 'billing' } });
    expect(JSON.stringify(calls)).not.toContain('hunter2');
    expect(Object.isFrozen(calls[0]?.input.AuthParameters)).toBe(true);
  });
});
