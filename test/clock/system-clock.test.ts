import { spawnSync } from 'node:child_process';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../src/index.js';
import { root } from '../house/source-tree.js';

describe('The system clock', () => {
  test('is moved by fake timers that come after it', () => {
    vi.useFakeTimers({ now: 1000 });
    onTestFinished(() => void vi.useRealTimers());
    let calls = 0;
    systemClock.schedule(3000, () => calls++);
    const cancel = systemClock.schedule(2000, () => expect.unreachable());
    cancel();
    vi.advanceTimersByTime(1999);
    expect(calls).toBe(0);
    vi.advanceTimersByTime(1);
    expect([calls, systemClock.now()]).toEqual([1, 3000]);
  });

  test('waits longer than a timer of the runtime can', () => {
    vi.useFakeTimers({ now: 0 });
    onTestFinished(() => void vi.useRealTimers());
    const far = 2 ** 31 + 1000;
    let calls = 0;
    systemClock.schedule(far, () => calls++);
    vi.advanceTimersByTime(far - 1);
    expect(calls).toBe(0);
    vi.advanceTimersByTime(1);
    expect(calls).toBe(1);
  });

  test('keeps no process alive', () => {
    const code = "import { systemClock } from 'footbridge'; systemClock.schedule(Date.now() + 1e6, () => {});";
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
      cwd: root,
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
