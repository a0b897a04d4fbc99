import { describe, vi } from 'vitest';
import { type createBridge, virtualClock } from '../../src/index.js';
import { expect, test } from '../../src/vitest.js';
import { gate } from '../gate.js';

const order = { source: 'com.shop', detailType: 'Order Placed', detail: {} };

/** Runs the fixture of a module that has taken faked timers for real ones, over a handler that never answers. */
async function hang(task: object | undefined, body: (bridge: ReturnType<typeof createBridge>) => Promise<unknown>) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  vi.resetModules();
  const { bridgeFixture } = await import('../../src/testing/fixture/bridge-fixture.js');
  const { open, promise } = gate();
  const running = bridgeFixture().bridge(
    { bridgeOptions: {}, clock: virtualClock(), ...(task === undefined ? {} : { task }) },
    async (bridge) => {
      bridge.on({ source: ['com.shop'] }, () => promise, { name: 'stuck' });
      await bridge.publish(order);
      await body(bridge);
      open();
    },
  );
  running.catch(() => {});
  return running;
}

/** What `idle` rejects with, and after how many milliseconds. */
async function patienceOf(task: object | undefined, before = 0): Promise<string> {
  let message = '';
  await hang(task, async (bridge) => {
    await vi.advanceTimersByTimeAsync(before);
    const idle = bridge.idle().catch((error: Error) => {
      message = error.message;
    });
    for (let waited = 0; message === '' && waited < 10_000; waited += 100) await vi.advanceTimersByTimeAsync(100);
    await idle;
  });
  vi.useRealTimers();
  return message;
}

describe('The idle timeout of a test', () => {
  test('The bridge of the fixture gives up before the timeout of the test, so that the failure names what is running', async () => {
    expect(await patienceOf({ timeout: 5000 })).toBe(
      'The bridge is not idle after 4.5 s. Still running:\n  "Order Placed" 00000000-0000-0000-0000-000000000001 to subscription stuck',
    );
    const patience = [
      await patienceOf({ timeout: 5000 }, 20),
      await patienceOf({ timeout: 5000 }, 3000),
      await patienceOf({ timeout: 1000 }, 100),
      await patienceOf({ timeout: 60_000 }),
      await patienceOf({ timeout: 0 }),
      await patienceOf({}),
      await patienceOf(undefined),
    ];
    expect(patience.map((message) => /after (.*?) s\./.exec(message)?.[1])).toEqual([
      '4',
      '1.5',
      '0.45',
      '5',
      '5',
      '4',
      '4',
    ]);
  });
});
