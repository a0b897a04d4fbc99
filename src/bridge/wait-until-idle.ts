import { nextTurn, startTimer } from '../base/clock/real-timers.js';
import type { Dispatcher } from '../delivery/dispatcher.js';
import type { Observers } from '../history/observers.js';

/** How long a bridge waits for itself, in milliseconds of real time. */
export const defaultIdleTimeout = 5000;
const maxNamed = 10;

/**
 * Resolves when nothing can happen any more without time passing: no delivery is under way, observers know everything, and
 * a full turn of the event loop brings nothing new. Rejects after `patience` milliseconds of real time, or when a replay that
 * went on then has ended and as many more have passed, naming what still runs.
 */
export function waitUntilIdle(inFlight: () => Dispatcher, observers: Observers, patience: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    let stop = () => {};
    const guard = (): void => {
      stop = startTimer(patience, () => {
        // A replay may take its time, since it comes to an end.
        if (inFlight().tasks.size > 0) return guard();
        isOver = true;
        reject(new Error(describePending(inFlight(), observers, patience)));
      });
    };
    guard();
    const look = (wasQuiet: boolean): void => {
      if (isOver) return;
      const { inFlightCount: active } = inFlight();
      const isQuiet = active === 0 && !observers.hasBacklog;
      if (isQuiet && wasQuiet) {
        stop();
        resolve();
      } else if (active === 0) nextTurn(() => look(isQuiet));
      else
        void inFlight()
          .attemptSettled()
          .then(() => look(false));
    };
    look(false);
  });
}

/** Why a bridge is not idle, with the deliveries that run. */
export function describePending(
  { running, inFlightCount: size }: Dispatcher,
  { hasBacklog }: Observers,
  patience: number,
): string {
  const named = running.slice(0, maxNamed).map((delivery) => `\n  ${delivery}`);
  const late = `The bridge is not idle after ${patience / 1000} s.`;
  if (hasBacklog) return `${late} Observers keep causing what they observe.`;
  if (running.length === 0) return `${late} None runs for long, but new deliveries keep coming: ${size} wait to start.`;
  const more =
    size > named.length ? `\n  and ${size - named.length} more, ${size - running.length} of them not yet started` : '';
  return `${late} Still running:${named.join('')}${more}`;
}
