import type { Clock } from '../base/clock/clock.js';
import { nextFullTurn, startTimer } from '../base/clock/real-timers.js';
import { isVirtualClock } from '../base/clock/virtual-clock.js';
import type { Dispatcher } from '../delivery/dispatcher.js';
import type { Observers } from '../history/observers.js';
import { describePending } from './wait-until-idle.js';

export interface IdleTimer {
  /** Whether it has passed; `over` resolves when it does. */
  readonly isOver: boolean;
  readonly over: Promise<'over'>;
  restart(): void;
  stop(): void;
}

/** A span of real time in which a count has not grown, from now or from the last `restart`. */
export function startIdleTimer(milliseconds: number, count: () => number): IdleTimer {
  let isOver = false;
  let resolveOver: (over: 'over') => void = () => {};
  let stop = () => {};
  const over = new Promise<'over'>((resolve) => {
    resolveOver = resolve;
  });
  const restart = () => {
    const before = count();
    stop();
    stop = startTimer(milliseconds, () => {
      if (count() !== before) return restart();
      isOver = true;
      resolveOver('over');
    });
  };
  restart();
  return {
    get isOver() {
      return isOver;
    },
    over,
    restart,
    stop: () => stop(),
  };
}

/** What handlers that need real time get before a virtual clock moves to their timeouts; once it was in vain, no more. */
const grace = 1000;
/** Deliveries may lead to others, but not without end. */
const maxCascades = 10_000;

/**
 * Resolves when no delivery is under way and none waits, or when the signal aborts. Rejects when something still runs and
 * nothing has happened for `patience` milliseconds of real time, and when deliveries keep causing others. While it moves a virtual clock the
 * schedules rest: else there might be no end.
 */
export async function drain(
  inFlight: () => Dispatcher,
  observers: Observers,
  clock: Clock,
  pause: () => () => void,
  patience: number,
  signal?: AbortSignal,
): Promise<void> {
  const virtual = isVirtualClock(clock) ? clock : undefined;
  const progress = () => inFlight().progress;
  const limit = startIdleTimer(patience, progress);
  let generations = 0;
  let left = grace;
  let abort = () => {};
  const aborted = new Promise<'aborted'>((resolve) => {
    abort = () => resolve('aborted');
  });
  const isAborted = () => signal?.aborted === true;
  const late = () => new Error(describePending(inFlight(), observers, patience));
  /** Until a full turn of the event loop brings nothing new. */
  const rest = async (): Promise<void> => {
    for (let before = -1; !isAborted() && (before !== progress() || observers.hasBacklog); ) {
      if (limit.isOver) throw late();
      // What a replay brings no delivery has caused.
      if (inFlight().tasks.size === 0 && inFlight().cascade.advance() && ++generations > maxCascades) {
        throw new Error(describeCascade(inFlight()));
      }
      if (before !== progress()) limit.restart();
      before = progress();
      await nextFullTurn();
    }
  };
  if (isAborted()) return limit.stop();
  signal?.addEventListener('abort', abort, { once: true });
  const resume = virtual === undefined ? undefined : pause();
  try {
    for (;;) {
      await Promise.race([rest(), aborted]);
      const { inFlightCount: active, waiting } = inFlight();
      if (isAborted() || (active === 0 && waiting === 0)) return;
      const nextAt = virtual?.nextAt;
      // What runs is waited for where time can do nothing for it but end it.
      const isAwaited =
        nextAt === undefined ? virtual !== undefined || waiting === 0 : isTimeoutNext(inFlight(), nextAt);
      if (active > 0 && isAwaited) {
        const end = nextAt === undefined ? limit : startIdleTimer(left, () => 0);
        const first = await Promise.race([end.over, inFlight().attemptSettled(), aborted]);
        if (nextAt !== undefined) end.stop();
        if (first !== 'over') continue;
        if (nextAt === undefined) throw late();
        left = 0;
      }
      if (virtual === undefined) inFlight().flush();
      else if (nextAt !== undefined) await virtual.advanceTo(Math.max(virtual.now(), nextAt));
    }
  } finally {
    limit.stop();
    signal?.removeEventListener('abort', abort);
    resume?.();
  }
}

function describeCascade(inFlight: Dispatcher): string {
  const { inFlightCount: active, waiting } = inFlight;
  const { running, waiting: later } = inFlight.list();
  const [started] = [...running, ...later];
  const example = started === undefined ? '' : `, among them ${started}`;
  return `The bridge cannot be drained: deliveries have caused others ${maxCascades} times in a row. ${active} are under way and ${waiting} wait${example}.`;
}

/** Whether the clock's next step would end an attempt that runs: everything else may be run while it does. */
function isTimeoutNext({ running }: Dispatcher, nextAt: number): boolean {
  return running.some(({ state }) => state.kind === 'running' && state.deadline <= nextAt);
}
