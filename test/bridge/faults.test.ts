import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, test } from 'vitest';
import { clientConfig } from '../../src/aws-sdk.js';
import { deadLetterQueue, lambda, order, secondsOf, topic, world } from '../delivery/world.js';
import { captureWarnings } from '../warnings.js';

const entry = { Source: 'com.shop', DetailType: 'Order Placed', Detail: '{"total":120}' };
const other = { ...entry, Source: 'com.other' };

describe('A fault of PutEvents', () => {
  test('refuses the entry at a place, so many times, and counts', async () => {
    const { bridge } = await world();
    const fault = bridge.faults.putEvents({ entry: 1, code: 'ThrottlingException', calls: 1 });
    expect(fault.fired).toBe(0);
    await bridge.putEvents({ Entries: [entry] });
    expect(await bridge.putEvents({ Entries: [entry, entry, entry] })).toMatchObject({
      FailedEntryCount: 1,
      Entries: [{}, { ErrorCode: 'ThrottlingException', ErrorMessage: 'ThrottlingException, by a fault.' }, {}],
    });
    expect(fault.fired).toBe(1);
    expect(await bridge.putEvents({ Entries: [entry, entry] })).toMatchObject({ FailedEntryCount: 0 });
    expect(bridge.history.rejected()).toMatchObject([{ index: 1, errorCode: 'ThrottlingException' }]);
    await bridge.close();
  });

  test.each([
    ['a pattern', { source: ['com.other'] }],
    ['the text of one', '{"source":["com.other"]}'],
    ['a function', ({ Source }: { Source?: string | undefined }) => Source === 'com.other'],
  ])('refuses all entries that fit %s, until it is disposed', async (_, fits) => {
    const { bridge } = await world();
    {
      using fault = bridge.faults.putEvents({ entry: fits, code: 'InternalFailure', message: 'Try later.' });
      const { Entries } = await bridge.putEvents({ Entries: [other, entry, other] });
      const refused = { ErrorCode: 'InternalFailure', ErrorMessage: 'Try later.' };
      expect(Entries).toEqual([refused, { EventId: expect.any(String) }, refused]);
      await expect(bridge.publish({ ...order, source: 'com.other' })).rejects.toMatchObject({ name: 'PutEventsError' });
      expect(fault.fired).toBe(2);
    }
    expect(await bridge.putEvents({ Entries: [other] })).toMatchObject({ FailedEntryCount: 0 });
  });

  test('that was asked for first goes before others for the same entry, which do not fire', async () => {
    const { bridge } = await world();
    using first = bridge.faults.putEvents({ entry: 0, code: 'InternalFailure', calls: 1 });
    using second = bridge.faults.putEvents({ entry: () => true, code: 'ThrottlingException' });
    const codes = async () => (await bridge.putEvents({ Entries: [entry] })).Entries[0]?.ErrorCode;
    expect([await codes(), first.fired, second.fired]).toEqual(['InternalFailure', 1, 0]);
    expect([await codes(), first.fired, second.fired]).toEqual(['ThrottlingException', 1, 1]);
  });

  test('that throttles makes publish fail, and not wait for room that nobody takes', async () => {
    const { bridge } = await world();
    bridge.faults.putEvents({ entry: 0, code: 'ThrottlingException', calls: 1 });
    await expect(bridge.publish([order, order])).rejects.toMatchObject({
      failures: [{ index: 0, errorCode: 'ThrottlingException' }],
    });
  });

  test('leaves a wrong entry its own error', async () => {
    const { bridge } = await world();
    using fault = bridge.faults.putEvents({ entry: 0, code: 'InternalFailure' });
    const { Entries } = await bridge.putEvents({ Entries: [{}] });
    expect(Entries).toMatchObject([{ ErrorCode: 'InvalidArgument' }]);
    expect(fault.fired).toBe(0);
  });

  test('refuses a whole call where no entry is named, and nothing of it happens', async () => {
    const { bridge } = await world();
    const client = new EventBridgeClient(clientConfig(bridge));
    bridge.faults.putEvents({ code: 'InternalException', calls: 2 });
    await expect(bridge.putEvents({ Entries: [entry] })).rejects.toMatchObject({
      name: 'InternalException',
      $fault: 'server',
      $metadata: { httpStatusCode: 500 },
    });
    await expect(client.send(new PutEventsCommand({ Entries: [entry] }))).rejects.toMatchObject({
      name: 'InternalException',
      $metadata: { httpStatusCode: 500 },
    });
    expect(await client.send(new PutEventsCommand({ Entries: [entry] }))).toMatchObject({ FailedEntryCount: 0 });
    expect(bridge.history.events()).toHaveLength(1);
  });

  test.each([
    ['ServiceUnavailable', 503, 'server'],
    ['InternalFailure', 500, 'server'],
    ['ThrottlingException', 400, 'client'],
    ['AccessDeniedException', 400, 'client'],
  ])('answers a whole call as AWS does with %s', async (code, httpStatusCode, $fault) => {
    const { bridge } = await world();
    using _ = bridge.faults.putEvents({ code });
    await expect(bridge.putEvents({ Entries: [entry] })).rejects.toMatchObject({
      name: code,
      $fault,
      $metadata: { httpStatusCode },
    });
  });
});

describe('A fault of a target', () => {
  test('fails attempts with its code, as the service would, also those of a Lambda function', async () => {
    const { bridge } = await world({ Arn: lambda });
    let calls = 0;
    bridge.handle('bill', () => calls++);
    const fault = bridge.faults.target('bill', { code: 'THROTTLING', times: 2 });
    await bridge.publish(order);
    expect(await bridge.drain()).toMatchObject({ delivered: 1 });
    expect([calls, fault.fired]).toEqual([1, 2]);
    expect(bridge.history.records('retrying')).toMatchObject([
      { errorCode: 'THROTTLING', errorMessage: 'THROTTLING' },
      { errorCode: 'THROTTLING' },
    ]);
  });

  test('dead-letters at once what is not retried, handled or not', async () => {
    const { bridge } = await world({ Arn: topic, DeadLetterConfig: { Arn: deadLetterQueue } });
    using fault = bridge.faults.target(topic, { code: 'NO_PERMISSIONS', message: 'No role.' });
    await bridge.publish(order);
    expect(await bridge.idle()).toMatchObject({ deadLettered: 1 });
    expect(bridge.queue('dlq').messages).toMatchObject([
      { attributes: { ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'No role.' } },
    ]);
    expect(fault.fired).toBe(1);
  });

  test('makes a target slow, on the clock', async () => {
    const { bridge, clock } = await world({ Arn: topic });
    const times: number[] = [];
    bridge.handle(topic, () => times.push(secondsOf(clock)));
    using _ = bridge.faults.target(topic, { latency: '5s' });
    await bridge.publish(order);
    await clock.advance('4s');
    expect(times).toEqual([]);
    await clock.advance('1s');
    expect(times).toEqual([5]);
    expect(await bridge.idle()).toMatchObject({ delivered: 1 });
  });

  test.each(['10s', '1m'] as const)(
    'makes a target so slow that its attempt is over before it is called: %s',
    async (latency) => {
      const { bridge, clock } = await world({ Arn: topic, RetryPolicy: { MaximumRetryAttempts: 0 } });
      let calls = 0;
      bridge.handle(topic, () => calls++, { timeout: '10s' });
      bridge.faults.target(topic, { latency, times: 1 });
      await bridge.publish(order);
      await clock.advance('2m');
      expect(calls).toBe(0);
      expect(bridge.history.records('failed')).toMatchObject([
        { errorCode: 'TIMEOUT', time: '2026-01-01T00:00:10.000Z' },
      ]);
    },
  );

  test('that makes it slow leaves nothing on the clock where its attempt is over', async () => {
    const { bridge, clock } = await world({ Arn: topic, RetryPolicy: { MaximumRetryAttempts: 0 } });
    bridge.handle(topic, () => expect.unreachable(), { timeout: '10s' });
    bridge.faults.target(topic, { latency: Number.POSITIVE_INFINITY, times: 2 });
    await bridge.publish(order);
    await clock.advance('10s');
    expect([await bridge.idle(), clock.pending]).toMatchObject([{ failed: 1 }, 0]);
    await bridge.publish(order);
    await clock.advance('1s');
    bridge.reset();
    expect(clock.pending).toBe(0);
  });

  test('fires at a rate, by the injected randomness', async () => {
    const parts = [0.2, 0.7, 0.4];
    const { bridge } = await world({ Arn: topic }, { random: () => parts.shift() ?? 1 });
    bridge.handle(topic, () => {});
    using fault = bridge.faults.target(topic, { code: 'NO_PERMISSIONS', rate: 0.5 });
    await bridge.publish([order, order, order]);
    expect(await bridge.idle()).toMatchObject({ delivered: 1, failed: 2 });
    expect(fault.fired).toBe(2);
  });

  test('leaves a target that nothing handles without a resource, where it only makes it slow', async () => {
    captureWarnings();
    const { bridge } = await world({ Arn: topic });
    bridge.faults.target(topic, { latency: '1s', times: 1 });
    await bridge.publish(order);
    expect(await bridge.drain()).toMatchObject({ failed: 1 });
    expect(bridge.history.records('failed')).toMatchObject([{ errorCode: 'NO_RESOURCE', attempts: 1 }]);
  });
});

describe('Faults', () => {
  test('that are left over are told when the bridge is closed', async () => {
    const warnings = captureWarnings();
    const { bridge } = await world({ Arn: topic });
    bridge.handle(topic, () => {});
    bridge.faults.putEvents({ entry: 3, code: 'ThrottlingException', calls: 2 });
    bridge.faults.target(topic, { latency: '1s' });
    bridge.faults.target(topic, { code: 'THROTTLING', times: 3 }).dispose();
    bridge.faults.target('bill', { code: 'THROTTLING' });
    await bridge.publish(order);
    await bridge.close();
    expect(warnings).toEqual([
      'footbridge: a fault was left over: putEvents, entry 3, ThrottlingException: fired never',
      `footbridge: a fault was left over: target ${lambda}, THROTTLING: fired never`,
    ]);
  });

  test.each([
    ['putEvents', {}],
    ['putEvents', { code: '' }],
    ['putEvents', { code: 'x', entry: -1 }],
    ['putEvents', { code: 'x', entry: true }],
    ['putEvents', { code: 'x', calls: 0 }],
    ['target', {}],
    ['target', { code: 5 }],
    ['target', { latency: 'soon' }],
    ['target', { code: 'x', rate: 2 }],
    ['target', { code: 'x', times: 0.5 }],
  ])('of %s are refused as %j', async (kind, fault) => {
    const { bridge } = await world();
    const call = () =>
      kind === 'target' ? bridge.faults.target(topic, fault as never) : bridge.faults.putEvents(fault as never);
    expect(call).toThrow(expect.objectContaining({ name: 'ValidationException' }));
  });

  test('have patterns that are valid, and functions that do not throw', async () => {
    const { bridge } = await world();
    expect(() => bridge.faults.putEvents({ code: 'x', entry: { source: 'a' } })).toThrow('Event pattern is not valid');
    const entryFunction = () => {
      throw new Error('no');
    };
    using _ = bridge.faults.putEvents({ code: 'x', entry: entryFunction });
    await expect(bridge.putEvents({ Entries: [entry] })).rejects.toThrow('faults.putEvents: entry() threw Error: no.');
  });
});
