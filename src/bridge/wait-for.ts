import { startTimer } from '../base/clock/real-timers.js';
import type { Anything } from '../base/unknown-value.js';
import { signal as abortSignal, readCallOptions, since } from '../core/call-options.js';
import type { DescribeNearest } from '../core/plugin.js';
import type { BusEvent } from '../events/bus-event.js';
import type { Envelope } from '../events/envelope.js';
import type { EventHistory } from '../history/history.js';
import type { Observers } from '../history/observers.js';
import { requirePattern } from '../patterns/language/parse-pattern.js';
import { PatternTest } from '../patterns/reference/compile-pattern.js';

/** How to wait. */
export interface WaitOptions {
  /** Whether events that were accepted before the call count: `start` (the default) or `now`. */
  readonly since?: 'start' | 'now' | undefined;
  /** Milliseconds of real time until it rejects. 1,000. */
  readonly timeout?: number | undefined;
  /** Rejects with its reason when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

const checks = {
  since,
  timeout: { holds: (value: unknown) => typeof value === 'number' && value >= 0, wanted: 'milliseconds, 0 or more' },
  signal: abortSignal,
};

/** The first accepted event on any bus that matches. */
export function waitFor(
  history: EventHistory | undefined,
  observers: Observers,
  describeNearest: DescribeNearest,
  pattern: string | object,
  options?: WaitOptions,
): Promise<Envelope<Anything>> {
  const { since = 'start', timeout = 1000, signal } = readCallOptions('waitFor', options, checks);
  const wanted = new PatternTest(requirePattern(pattern));
  const isWanted = ({ fields, detail }: BusEvent) => wanted.matches(fields, detail);
  const known = since === 'start' ? history?.accepted().find(isWanted) : undefined;
  if (known !== undefined) return Promise.resolve(known.envelope);
  return new Promise((resolve, reject) => {
    const stop = () => {
      stopTimer();
      observer.dispose();
      signal?.removeEventListener('abort', abort);
    };
    const abort = () => {
      stop();
      reject(signal?.reason);
    };
    const observer = observers.onAccepted((event) => {
      if (!isWanted(event)) return;
      stop();
      resolve(event.envelope);
    });
    const stopTimer = startTimer(timeout, () => {
      stop();
      reject(new Error(`No event matched within ${timeout} ms. ${describeNearest(pattern)}`.trimEnd()));
    });
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}
