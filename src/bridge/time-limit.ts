import { startTimer } from '../base/clock/real-timers.js';

export interface TimeLimit {
  /** Whether it has passed; `over` resolves when it does. */
  readonly isOver: boolean;
  readonly over: Promise<'over'>;
  restart(): void;
  stop(): void;
}

/** A span of real time in which a count has not grown, from now or from the last `restart`. */
export function timeLimit(milliseconds: number, count: () => number): TimeLimit {
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
