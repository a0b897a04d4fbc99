import type { Clock } from '../base/clock.js';
import { fullTurn, startTimer } from '../base/real-timers.js';
import type { VirtualClock } from '../base/virtual-clock.js';
import type { InFlight } from '../delivery/in-flight.js';
import type { Observers } from '../history/observers.js';
import type { Schedules } from '../schedules/schedules.js';
import { describeUnfinished } from './settle.js';

const patience = 5000;
/** What handlers that need real time get before a virtual clock moves to their timeouts; once it was in vain, no more. */
const grace = 1000;

/**
 * Resolves when no delivery is under way and none waits, or when the signal aborts. Rejects when there is no end to what
 * happens at one instant within 5 s of real time, or when nothing happens for so long and something still runs. A virtual
 * clock is moved only as far as deliveries need it, and meanwhile the schedules rest: else there might be no end.
 */
export async function drainAll(
  inFlight: () => InFlight,
  observers: Observers,
  clock: Clock,
  schedules: Schedules,
  signal?: AbortSignal,
): Promise<void> {
  const virtual = isVirtual(clock) ? clock : undefined;
  const limit = timeLimit(patience);
  const aborted = new Promise<'aborted'>((resolve) => {
    if (signal?.aborted) resolve('aborted');
    signal?.addEventListener('abort', () => resolve('aborted'), { once: true });
  });
  const late = () => new Error(describeUnfinished(inFlight(), observers));
  let left = grace;
  const resume = virtual === undefined ? undefined : schedules.pause();
  try {
    for (;;) {
      await Promise.race([rest(inFlight, observers, () => limit.isOver || signal?.aborted === true), aborted]);
      if (signal?.aborted) return;
      if (limit.isOver) throw late();
      const { active, waiting } = inFlight();
      if (active === 0 && waiting === 0) return;
      const isMovable = virtual !== undefined && virtual.pending > 0;
      if (active > 0 && (isMovable ? isTimeoutNext(inFlight(), virtual) : virtual !== undefined || waiting === 0)) {
        const end = isMovable ? timeLimit(left) : limit;
        const first = await Promise.race([end.over, inFlight().nextAttempt(), aborted]);
        if (isMovable) end.stop();
        if (first === 'over' && !isMovable) throw late();
        if (first === 'over') left = 0;
        else {
          limit.restart();
          continue;
        }
      }
      if (virtual === undefined) inFlight().hurry();
      else if (virtual.nextAt !== undefined) await virtual.advanceTo(Math.max(virtual.now(), virtual.nextAt));
      limit.restart();
    }
  } finally {
    limit.stop();
    resume?.();
  }
}

/** Until a full turn of the event loop brings nothing new. */
async function rest(inFlight: () => InFlight, observers: Observers, isOver: () => boolean): Promise<void> {
  for (let before = -1; !isOver() && (before !== inFlight().progress || observers.isBehind); ) {
    before = inFlight().progress;
    await fullTurn();
  }
}

/** Whether the clock's next step would end an attempt that runs: everything else may be run while it does. */
function isTimeoutNext({ running }: InFlight, { nextAt = 0 }: VirtualClock): boolean {
  return running.some(({ deadline }) => deadline <= nextAt);
}

function isVirtual(clock: Clock): clock is VirtualClock {
  return typeof (clock as Partial<VirtualClock>).runNext === 'function';
}

interface TimeLimit {
  readonly isOver: boolean;
  readonly over: Promise<'over'>;
  restart(): void;
  stop(): void;
}

/** A span of real time, from now or from the last `restart`. */
function timeLimit(milliseconds: number): TimeLimit {
  let isOver = false;
  let end = () => {};
  let stop = () => {};
  const over = new Promise<'over'>((resolve) => {
    end = () => {
      isOver = true;
      resolve('over');
    };
  });
  const restart = () => {
    stop();
    stop = startTimer(milliseconds, end);
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
