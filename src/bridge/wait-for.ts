import { startTimer } from '../base/clock/real-timers.js';
import type { Anything } from '../base/unknown-value.js';
import type { BusEvent } from '../events/bus-event.js';
import type { Envelope } from '../events/envelope.js';
import type { EventHistory } from '../history/history.js';
import type { Observers } from '../history/observers.js';
import { explainPattern } from '../patterns/explain/explain-pattern.js';
import { compilePattern } from '../patterns/reference/compile-pattern.js';
import { signal as abortSignal, readCallOptions, since } from './read-call-options.js';

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
const maxExplained = 1000;
const maxShown = 3;

/** The first accepted event on any bus that matches. */
export function waitFor(
  history: EventHistory,
  observers: Observers,
  pattern: string | object,
  options?: WaitOptions,
): Promise<Envelope<Anything>> {
  const { since = 'start', timeout = 1000, signal } = readCallOptions('waitFor', options, checks);
  const compiled = compilePattern(pattern);
  const known = since === 'start' ? history.accepted().find((event) => compiled.test(event.text)) : undefined;
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
    const observer = observers.observeAccepted((event) => {
      if (!compiled.test(event.text)) return;
      stop();
      resolve(event.envelope);
    });
    const stopTimer = startTimer(timeout, () => {
      stop();
      reject(new Error(`No event matched within ${timeout} ms. ${describeNearest(history, pattern)}`));
    });
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}

/** What was accepted instead, and why each of the nearest differs. */
export function describeNearest(history: EventHistory, pattern: string | object): string {
  const accepted = history.accepted();
  const rejected = history.rejected();
  const counts = `${accepted.length} accepted, ${rejected.length} rejected, ${history.dropped().length} dropped`;
  const nearest = accepted
    .slice(-maxExplained)
    .map((event) => ({ event, explanation: explainPattern(pattern, event.text) }))
    .sort((a, b) => a.explanation.differences.length - b.explanation.differences.length)
    .slice(0, maxShown);
  const lines = nearest.flatMap(({ event, explanation }) => [
    `  ${eventLabel(event)}`,
    ...explanation
      .toString()
      .split('\n')
      .map((line) => `    ${line}`),
  ]);
  const refused = rejected.slice(-maxShown).map(({ index, errorCode, errorMessage }) => {
    return `  entry ${index} was rejected: ${errorCode}: ${errorMessage}`;
  });
  return [`On record: ${counts}.`, ...(lines.length > 0 ? ['Nearest events:', ...lines] : []), ...refused].join('\n');
}

function eventLabel({ bus, head }: BusEvent): string {
  return `${JSON.stringify(head['detail-type'])} from ${head.source} on bus ${bus}, id ${head.id}`;
}
