import { describe, expect, test } from 'vitest';
import { createBridge, TargetError } from '../../src/index.js';
import { gate } from '../gate.js';
import { RoleArn } from '../role.js';
import { bill, EventPattern, event, home, replayAll, ruleTo, sqs, world } from './snapshot-world.js';

describe('A delivery in a snapshot', () => {
  test('that waits for a retry keeps its attempts and its time', async () => {
    const { bridge, clock } = world();
    await using _ = bridge;
    await ruleTo(bridge, sqs('q'), {
      RetryPolicy: { MaximumRetryAttempts: 2 },
      DeadLetterConfig: { Arn: sqs('dead') },
    });
    bridge.faults.target(sqs('q'), { code: 'THROTTLING' });
    await bridge.publish(event);
    await clock.advance('500ms');
    const snapshot = bridge.snapshot();
    const other = world();
    await using _other = other.bridge;
    other.bridge.faults.target(sqs('q'), { code: 'THROTTLING' });
    other.bridge.restore(snapshot);
    const fault = other.bridge.faults.target(sqs('q'), { code: 'THROTTLING' });
    expect(await other.bridge.idle()).toMatchObject({ waiting: 1, nextAt: new Date(Date.UTC(2026, 0, 1) + 1000) });
    await other.bridge.drain();
    fault.dispose();
    const [letter] = other.bridge.queue('dead').messages;
    expect(letter?.attributes).toMatchObject({
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
      RETRY_ATTEMPTS: '2',
    });
    expect(other.clock.now()).toBe(Date.UTC(2026, 0, 1) + 3000);
    expect(other.bridge.history.deliveries()).toMatchObject([{ kind: 'dead-lettered', attempts: 3 }]);
  });

  test('whose function threw is invoked as often as is left', async () => {
    const { bridge, clock } = world();
    await using _ = bridge;
    await ruleTo(bridge, bill);
    bridge.handle('bill', () => {
      throw new TypeError('no');
    });
    await bridge.publish(event);
    await clock.advance('61s');
    const other = world();
    await using _other = other.bridge;
    const attempts: number[] = [];
    other.bridge.handle('bill', (_event, { delivery }) => {
      attempts.push(delivery.attempt);
      throw new TypeError('still no');
    });
    other.bridge.restore(JSON.parse(JSON.stringify(bridge.snapshot())));
    expect(await other.bridge.drain()).toMatchObject({ delivered: 0, failed: 0, waiting: 0 });
    expect(attempts).toEqual([3]);
    expect(other.clock.now()).toBe(Date.UTC(2026, 0, 1, 0, 3));
    expect(other.bridge.history.records('function-error')).toMatchObject([{ errorMessage: 'TypeError: still no' }]);
    other.bridge.restore(bridge.snapshot());
    other.bridge.reset();
    expect(other.bridge.history.records()).toEqual([]);
  });

  test('that runs is attempted again, and does not stand in its own way', async () => {
    const { bridge } = world();
    await using _ = bridge;
    const ends: string[] = [];
    bridge.observe('failed', ({ errorCode }) => ends.push(errorCode));
    await ruleTo(bridge, bill);
    const { promise, open } = gate();
    const calls: [number, number][] = [];
    bridge.handle(
      'bill',
      ({ detail }, { delivery }) => {
        calls.push([detail.n, delivery.attempt]);
        return calls.length === 1 ? promise : undefined;
      },
      { concurrency: 1 },
    );
    await bridge.publish([1, 2, 3].map((n) => ({ ...event, detail: { n } })));
    await new Promise(setImmediate);
    expect(calls).toEqual([[1, 1]]);
    bridge.restore(bridge.snapshot());
    expect(ends).toEqual(['RESTORED', 'RESTORED', 'RESTORED']);
    open();
    expect(await bridge.idle()).toMatchObject({ delivered: 3, failed: 0 });
    expect(calls).toEqual([
      [1, 1],
      [1, 1],
      [2, 1],
      [3, 1],
    ]);
    expect(bridge.history.records('accepted').map(({ origin }) => origin)).toEqual(['restore', 'restore', 'restore']);
  });

  test('has the target that it had, also when the rule is gone', async () => {
    const { bridge } = world();
    await using _ = bridge;
    await ruleTo(bridge, bill, { InputTransformer: { InputTemplate: '{"by":"<aws.events.rule-name>"}' } });
    const { promise, open } = gate();
    bridge.handle('bill', () => promise);
    await bridge.publish(event);
    await bridge.removeTargets({ Rule: 'r', Ids: ['1'] });
    await bridge.deleteRule({ Name: 'r' });
    const snapshot = bridge.snapshot();
    open();
    const other = world();
    await using _other = other.bridge;
    const bodies: string[] = [];
    other.bridge.handle('bill', (_event, { delivery }) => void bodies.push(delivery.body));
    other.bridge.restore(snapshot);
    await other.bridge.idle();
    expect(bodies).toEqual(['{"by":"r"}']);
  });

  test('finds its subscription by its name, or ends as failed', async () => {
    const { bridge } = world();
    await using _ = bridge;
    const { promise, open } = gate();
    for (const name of ['a', 'a', 'b']) bridge.on({ source: ['com.shop'] }, () => promise, { name });
    await bridge.publish(event);
    const snapshot = bridge.snapshot();
    open();
    const other = world();
    await using _other = other.bridge;
    const seen: string[] = [];
    other.bridge.on({ source: ['x'] }, () => void seen.push('first'), { name: 'a' });
    other.bridge.on({ source: ['x'] }, () => void seen.push('second'), { name: 'a' });
    other.bridge.restore(snapshot);
    expect(await other.bridge.idle()).toMatchObject({ delivered: 2, failed: 1 });
    expect(seen).toEqual(['first', 'second']);
    expect(other.bridge.history.deliveries()).toContainEqual(
      expect.objectContaining({
        kind: 'failed',
        subscription: 'b',
        errorCode: 'UNSUBSCRIBED',
        errorMessage: 'There was no subscription b when the bridge was restored.',
      }),
    );
  });

  test('that came from another bus cannot go to a third', async () => {
    const { bridge } = world({ buses: ['orders'] });
    await using _ = bridge;
    await ruleTo(bridge, `${home}:event-bus/orders`);
    await bridge.putRule({ Name: 's', EventBusName: 'orders', EventPattern });
    const Targets = [{ Id: '1', Arn: `${home}:event-bus/default`, RoleArn, DeadLetterConfig: { Arn: sqs('dead') } }];
    await bridge.putTargets({ Rule: 's', EventBusName: 'orders', Targets });
    bridge.faults.target(`${home}:event-bus/default`, { code: 'THROTTLING', times: 1 });
    await bridge.publish(event);
    expect(await bridge.idle()).toMatchObject({ delivered: 1, waiting: 1 });
    const other = world();
    await using _other = other.bridge;
    other.bridge.restore(bridge.snapshot());
    await other.bridge.drain();
    expect(other.bridge.queue('dead').messages).toMatchObject([
      { attributes: { ERROR_CODE: 'THIRD_ACCOUNT_HOP_DETECTED' } },
    ]);
  });

  test('is due at once on a clock that is later', async () => {
    const { bridge } = world();
    await using _ = bridge;
    await ruleTo(bridge, bill, { RetryPolicy: { MaximumRetryAttempts: 1 } });
    bridge.handle('bill', () => {
      throw new TargetError('THROTTLING');
    });
    await bridge.publish(event);
    await bridge.idle();
    let calls = 0;
    await using other = createBridge({ clock: { now: () => Date.UTC(2026, 0, 1, 1) } });
    other.handle('bill', () => void calls++);
    other.restore(bridge.snapshot());
    await other.drain();
    expect(calls).toBe(1);
  });
});

describe('A replay in a snapshot', () => {
  test('goes on where it stood', async () => {
    const { bridge } = world();
    await using _ = bridge;
    await bridge.createArchive({ ArchiveName: 'all', EventSourceArn: `${home}:event-bus/default` });
    await bridge.publish(Array.from({ length: 250 }, (_, n) => ({ ...event, detail: { n } })));
    let snapshot: ReturnType<typeof bridge.snapshot> | undefined;
    let count = 0;
    bridge.observe('accepted', () => {
      if (++count === 150) snapshot = bridge.snapshot();
    });
    await replayAll(bridge);
    await bridge.idle();
    const other = world();
    await using _other = other.bridge;
    other.bridge.restore(snapshot as never);
    expect(await other.bridge.describeReplay({ ReplayName: 'again' })).toMatchObject({ State: 'RUNNING' });
    await other.bridge.idle();
    expect(other.bridge.history.events().map(({ detail }) => detail.n)).toEqual(
      Array.from({ length: 100 }, (_, n) => n + 150),
    );
    expect(await other.bridge.describeReplay({ ReplayName: 'again' })).toMatchObject({ State: 'COMPLETED' });
  });
});
