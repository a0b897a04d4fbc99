import { describe, expect, test } from 'vitest';
import { createBridge } from '../../src/index.js';
import { lambda, order, topic, world } from '../delivery/world.js';

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

  test('has the faults of the function at each of its versions and aliases', async () => {
    const { bridge } = await world({ Arn: `${lambda}:live`, RetryPolicy: { MaximumRetryAttempts: 0 } });
    bridge.handle('bill', () => expect.unreachable());
    bridge.faults.target('bill', { code: 'THROTTLING' });
    await bridge.publish(order);
    await bridge.idle();
    expect(bridge.history.records('failed')).toMatchObject([{ errorCode: 'THROTTLING' }]);
  });

  test('is found by its whole ARN only where that is none of Lambda', async () => {
    await using bridge = createBridge({ onUnhandledTarget: 'ignore' });
    const machine = 'arn:aws:states:us-east-1:123456789012:stateMachine:bill';
    await bridge.putRule({ Name: 'all', EventPattern: '{"source":["com.shop"]}' });
    await bridge.putTargets({ Rule: 'all', Targets: [{ Id: '1', Arn: `${machine}:live` }] });
    bridge.handle(machine, () => expect.unreachable());
    await bridge.publish(order);
    expect(await bridge.idle()).toMatchObject({ failed: 1 });
  });
});
