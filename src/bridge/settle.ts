import { nextTurn, startTimer } from '../base/real-timers.js';
import type { InFlight } from '../delivery/in-flight.js';

const patience = 5000;
const mostNamed = 10;

/**
 * Resolves when nothing can happen any more without time passing: no delivery is under way, and a full turn of the event
 * loop brings no new one. Rejects after 5 s of real time, naming what still runs.
 */
export function settle(inFlight: () => InFlight): Promise<void> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    const stop = startTimer(patience, () => {
      isOver = true;
      reject(new Error(describe(inFlight())));
    });
    const look = (wasQuiet: boolean): void => {
      if (isOver) return;
      const { size } = inFlight();
      if (size === 0 && wasQuiet) {
        stop();
        resolve();
      } else if (size === 0) nextTurn(() => look(true));
      else
        void inFlight()
          .next()
          .then(() => look(false));
    };
    look(false);
  });
}

function describe({ running, size }: InFlight): string {
  const named = running.slice(0, mostNamed).map((delivery) => `\n  ${delivery}`);
  const more =
    size > named.length ? `\n  and ${size - named.length} more, ${size - running.length} of them not yet started` : '';
  return `The bridge is not idle after ${patience / 1000} s. Still running:${named.join('')}${more}`;
}
