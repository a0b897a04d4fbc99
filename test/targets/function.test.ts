import { describe, expect, test } from 'vitest';
import { createBridge } from '../../src/index.js';
import { lambda, order, topic, world } from '../delivery/world.js';
import { RoleArn } from '../role.js';

describe('A function that is a target', () => {
  test('is given up in its time also where it took itself away when it was called', async () => {
    const { bridge, clock } = await world({ Arn: topic, RetryPolicy: { MaximumRetryAttempts: 0 } });
    const handle = bridge.handle(
      topic,
      () => {
        handle.dispose();
        return new Promise(() => {});
      },
      { timeout: '30s' },
    );
    await bridge.publish(order);
    await clock.advance('30s');
    expect(bridge.history.deliveries()).toMatchObject([{ kind: 'failed', errorCode: 'TIMEOUT' }]);
  });

  test.each(['live', '7', '$LATEST'])(
    'handles what its version or alias %s is sent, unless that is handled itself',
    async (qualifier) => {
      const { bridge } = await world({ Arn: `${lambda}:${qualifier}` });
      const seen: unknown[] = [];
      bridge.handle('bill', (_event, { functionName, functionVersion, invokedFunctionArn }) => {
        seen.push([functionName, functionVersion, invokedFunctionArn]);
      });
      await bridge.publish(order);
      await bridge.idle();
      const own = bridge.handle(`bill:${qualifier}`, () => seen.push('own'));
      await bridge.publish(order);
      await bridge.idle();
      own.dispose();
      await bridge.publish(order);
      expect(await bridge.idle()).toMatchObject({ delivered: 3, failed: 0 });
      const called = ['bill', qualifier, `${lambda}:${qualifier}`];
      expect(seen).toEqual([called, 'own', called]);
    },
  );

  test('is not handled by what handles one of its versions', async () => {
    const { bridge } = await world({ Arn: lambda }, { onUnhandledTarget: 'ignore' });
    bridge.handle('bill:live', () => expect.unreachable());
    bridge.handle('bil', () => expect.unreachable());
    await bridge.publish(order);
    await bridge.idle();
    expect(bridge.history.records('failed')).toMatchObject([{ errorCode: 'NO_RESOURCE' }]);
  });

  test('may be every Lambda function that has none of its own, in any account and region, and nothing else', async () => {
    const { bridge } = await world({ Arn: lambda }, { onUnhandledTarget: 'ignore' });
    const elsewhere = 'arn:aws:lambda:eu-west-1:999999999999:function:mail:live';
    await bridge.putTargets({
      Rule: 'all',
      Targets: [
        { Id: '2', Arn: elsewhere },
        { Id: '3', Arn: topic },
      ],
    });
    const seen: string[] = [];
    bridge.handle('*', (_event, { invokedFunctionArn }) => seen.push(invokedFunctionArn));
    bridge.handle('bill', () => seen.push('own'));
    await bridge.publish(order);
    expect(await bridge.idle()).toMatchObject({ delivered: 2, failed: 1 });
    expect(seen).toEqual(['own', elsewhere]);
  });

  test('has the faults of the function at each of its versions and aliases', async () => {
    const { bridge } = await world({ Arn: `${lambda}:live`, RetryPolicy: { MaximumRetryAttempts: 0 } });
    bridge.handle('bill', () => expect.unreachable());
    bridge.faults.target('bill', { code: 'THROTTLING' });
    await bridge.publish(order);
    await bridge.idle();
    expect(bridge.history.records('failed')).toMatchObject([{ errorCode: 'THROTTLING' }]);
  });

  test('is told how much of its time is left by the clock of the bridge', async () => {
    const { bridge, clock } = await world({ Arn: lambda });
    const left: number[] = [];
    bridge.handle(
      'bill',
      (_event, context) => {
        const read = () => left.push(context.getRemainingTimeInMillis());
        read();
        clock.schedule(clock.now() + 10_000, read);
        clock.schedule(clock.now() + 40_000, read);
      },
      { timeout: '30s' },
    );
    await bridge.publish(order);
    await clock.advance('1m');
    expect(left).toEqual([30_000, 20_000, 0]);
  });

  test('gets the same body at each attempt, and a fresh copy of the event to change', async () => {
    const InputTransformer = {
      InputPathsMap: { detail: '$.detail' },
      InputTemplate: '{"at":<aws.events.event.ingestion-time>,"detail":<detail>}',
    };
    const { bridge } = await world({ Arn: topic, InputTransformer, RetryPolicy: { MaximumRetryAttempts: 2 } });
    const seen: unknown[] = [];
    bridge.handle(topic, (event, { delivery }) => {
      seen.push([delivery.attempt, delivery.body, event.detail.total]);
      event.detail.total = 0;
      throw new Error('again');
    });
    await bridge.publish(order);
    expect(await bridge.drain()).toMatchObject({ failed: 1 });
    const body = '{"at":"2026-01-01T00:00:00.000Z","detail":{"total":120}}';
    expect(seen).toEqual([
      [1, body, 120],
      [2, body, 120],
      [3, body, 120],
    ]);
  });

  test('is found by its whole ARN only where that is none of Lambda', async () => {
    await using bridge = createBridge({ onUnhandledTarget: 'ignore' });
    const machine = 'arn:aws:states:us-east-1:123456789012:stateMachine:bill';
    await bridge.putRule({ Name: 'all', EventPattern: '{"source":["com.shop"]}' });
    await bridge.putTargets({ Rule: 'all', Targets: [{ Id: '1', Arn: `${machine}:live`, RoleArn }] });
    bridge.handle(machine, () => expect.unreachable());
    await bridge.publish(order);
    expect(await bridge.idle()).toMatchObject({ failed: 1 });
  });
});
