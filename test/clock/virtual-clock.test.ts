import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { virtualClock } from '../../src/index.js';

const start = Date.UTC(2026, 0, 1);

describe('A virtual clock', () => {
  test.each([
    ['a text', '2026-01-01T00:00:00Z'],
    ['a Date', new Date(start)],
    ['epoch milliseconds', start],
    ['nothing', undefined],
    ['a day', '2026-01-01'],
    ['a text without an offset, in UTC', '2026-01-01T00:00'],
    ['a text with an offset', '2026-01-01T02:30:00.000+02:30'],
  ])('starts at %s and stands still', (_, time) => {
    expect(virtualClock(time).now()).toBe(start);
  });

  test.each([
    [500, 500],
    ['500ms', 500],
    ['90s', 90_000],
    ['1.5m', 90_000],
    ['24h', 86_400_000],
    ['2d', 172_800_000],
    [0, 0],
  ] as const)('is advanced by %s', async (duration, milliseconds) => {
    const clock = virtualClock(start);
    await clock.advance(duration);
    expect(clock.now()).toBe(start + milliseconds);
  });

  test('goes through due times in their order, and sees each of them', async () => {
    const clock = virtualClock(start);
    const seen: [string, number][] = [];
    const note = (name: string) => () => seen.push([name, clock.now() - start]);
    clock.schedule(start + 3000, note('third'));
    clock.schedule(start + 1000, () => {
      note('first')();
      clock.schedule(clock.now() + 1000, note('second, made on the way'));
    });
    clock.schedule(start + 3000, note('third, too'));
    clock.schedule(start + 9000, note('later'));
    expect(clock.pending).toBe(4);
    expect(clock.nextAt).toBe(start + 1000);
    await clock.advanceTo('2026-01-01T00:00:05Z');
    expect(seen).toEqual([
      ['first', 1000],
      ['second, made on the way', 2000],
      ['third', 3000],
      ['third, too', 3000],
    ]);
    expect([clock.now(), clock.pending]).toEqual([start + 5000, 1]);
  });

  test('runs what is due next, and says when there is nothing', async () => {
    const clock = virtualClock(start);
    let calls = 0;
    clock.schedule(start + 5000, () => calls++);
    const cancel = clock.schedule(start + 1000, () => expect.unreachable());
    cancel();
    cancel();
    expect(await clock.runNext()).toBe(true);
    expect([clock.now(), calls, clock.pending, clock.nextAt]).toEqual([start + 5000, 1, 0, undefined]);
    expect(await clock.runNext()).toBe(false);
    expect(clock.now()).toBe(start + 5000);
  });

  test('calls what was due already when it is moved next', async () => {
    const clock = virtualClock(start);
    let calls = 0;
    clock.schedule(start - 1000, () => calls++);
    expect(calls).toBe(0);
    await clock.advance(0);
    expect([calls, clock.now()]).toEqual([1, start]);
  });

  test('is moved by several at once, and never back', async () => {
    const clock = virtualClock(start);
    const times: number[] = [];
    for (const after of [1000, 2000, 3000]) clock.schedule(start + after, () => times.push(clock.now() - start));
    await Promise.all([clock.advance('3s'), clock.advance('1s'), clock.runNext()]);
    expect(times).toEqual([1000, 2000, 3000]);
    expect(clock.now()).toBe(start + 3000);
  });

  test('lets what was promised come to rest before and after each step', async () => {
    const clock = virtualClock(start);
    const order: string[] = [];
    const settle = async (name: string) => {
      for (let step = 0; step < 100; step++) await Promise.resolve();
      await new Promise((resolve) => setImmediate(resolve));
      order.push(name);
    };
    void settle('before');
    clock.schedule(start + 1, () => void settle('first'));
    clock.schedule(start + 2, () => void settle('second'));
    await clock.advance('1s');
    expect(order).toEqual(['before', 'first', 'second']);
  });

  test('waits as long as a count that it watches grows', async () => {
    const clock = virtualClock(start);
    let count = 0;
    const stop = clock.watch(() => (count < 10 ? ++count : count));
    await clock.advance('1s');
    expect(count).toBe(10);
    stop();
    count = 0;
    await clock.advance('1s');
    expect(count).toBe(0);
  });

  test('waits longer for what is said to end by itself', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      vi.resetModules();
      const { virtualClock: make } = await import('../../src/index.js');
      const clock = make(start);
      let isReplaying = true;
      let count = 0;
      clock.watch(
        () => (isReplaying ? ++count : count),
        () => isReplaying,
      );
      const moved = clock.advance('1s');
      await vi.advanceTimersByTimeAsync(12_000);
      isReplaying = false;
      await moved;
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test('says so when a count never comes to rest', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      vi.resetModules();
      const { virtualClock: make } = await import('../../src/index.js');
      const clock = make(start);
      let count = 0;
      clock.watch(() => ++count);
      const moved = clock.advance('1s');
      moved.catch(() => {});
      await vi.advanceTimersByTimeAsync(5000);
      await expect(moved).rejects.toThrow('what happens now has no end within 5 s');
    } finally {
      vi.useRealTimers();
    }
  });

  test('moves when the library was loaded while fake timers stood in the globals', async () => {
    vi.useFakeTimers();
    try {
      vi.resetModules();
      const { virtualClock: make } = await import('../../src/index.js');
      const clock = make(start);
      let calls = 0;
      clock.schedule(start + 1000, () => calls++);
      await clock.advance('1s');
      expect(calls).toBe(1);
    } finally {
      vi.useRealTimers();
    }
  });

  test.each([
    [() => virtualClock('yesterday'), 'virtualClock needs a time from 1970 to 9999, but was given "yesterday".'],
    [() => virtualClock('5'), 'but was given "5".'],
    [() => virtualClock('Jan 1 2026'), 'but was given "Jan 1 2026".'],
    [() => virtualClock(-1), 'virtualClock needs a time from 1970 to 9999, but was given -1.'],
    [() => virtualClock({} as never), 'but was given an object.'],
    [() => virtualClock(Number.NaN), 'but was given NaN.'],
  ])('refuses what is no time: %s', (call, message) => {
    expect(call).toThrow(message);
  });

  test.each(['1 h', '-1s', 's', '', -1, Number.NaN, Number.POSITIVE_INFINITY, null, undefined, {}, 1n])(
    'refuses to be advanced by %s',
    async (duration) => {
      const clock = virtualClock(start);
      await expect(clock.advance(duration as never)).rejects.toThrow(/^advance needs /);
      expect(clock.now()).toBe(start);
    },
  );

  test('refuses to leave the years that a text of four digits can name', async () => {
    const clock = virtualClock(start);
    await expect(clock.advance('3000000d')).rejects.toThrow(
      'advance needs a duration that ends before the year 10000, but was given "3000000d".',
    );
    expect(clock.now()).toBe(start);
  });

  test.each([
    [Number.NaN, () => {}, 'schedule needs epoch milliseconds, but was given NaN.'],
    ['soon', () => {}, 'schedule needs epoch milliseconds, but was given "soon".'],
    [start, 'callback', 'schedule needs a function to call, but was given "callback".'],
  ])('schedules nothing at %s: %s', async (time, callback, message) => {
    const clock = virtualClock(start);
    expect(() => clock.schedule(time as never, callback as never)).toThrow(message);
    await clock.advance('1s');
    expect([clock.now(), clock.pending]).toEqual([start + 1000, 0]);
  });

  test('never comes to what is due after the year 9999', async () => {
    const clock = virtualClock(start);
    clock.schedule(Number.POSITIVE_INFINITY, () => expect.unreachable());
    expect([clock.pending, clock.nextAt, await clock.runNext()]).toEqual([1, undefined, false]);
    await clock.advanceTo('9999-12-31');
  });

  test('rejects with what a callback throws, and the next move goes on after it', async () => {
    const clock = virtualClock(start);
    const calls: number[] = [];
    clock.schedule(start + 1, () => {
      throw new Error('mine');
    });
    clock.schedule(start + 1, () => calls.push(clock.now() - start));
    await expect(clock.advance('1s')).rejects.toThrow('mine');
    await clock.advance('1s');
    expect(calls).toEqual([1]);
  });

  test('refuses to go back', async () => {
    await expect(virtualClock(start).advanceTo(start - 1)).rejects.toThrow(
      'advanceTo: 2025-12-31T23:59:59.999Z has passed; it is 2026-01-01T00:00:00.000Z.',
    );
  });
});

describe('The timers of a virtual clock', () => {
  test('are called once each, in the order of their times, but for those that are cancelled', async () => {
    const timer = fc.record({ after: fc.integer({ min: 0, max: 50 }), isCancelled: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(timer, { maxLength: 300 }), async (plan) => {
        const clock = virtualClock(0);
        const called: number[] = [];
        const cancels = plan.map(({ after }, index) => clock.schedule(after, () => called.push(index)));
        for (const [index, { isCancelled }] of plan.entries()) if (isCancelled) cancels[index]?.();
        await clock.advance(50);
        const expected = [...plan.entries()]
          .filter(([, { isCancelled }]) => !isCancelled)
          .sort(([i, a], [j, b]) => a.after - b.after || i - j);
        expect(called).toEqual(expected.map(([index]) => index));
        expect(clock.pending).toBe(0);
      }),
      { numRuns: 50 },
    );
  });
});
