import { startTimer } from '../base/clock/real-timers.js';
import { type MatcherContext, type MatcherResult, makeCall } from './matcher.js';
import { unrecorded } from './pending.js';
import { some } from './received-matchers.js';
import { counter, type EventuallyOptions, readTimeout } from './received-options.js';
import { readSubject } from './subject.js';
import { anyEvent } from './wanted.js';
import { wantedPattern } from './wanted-pattern.js';

/** With `.not` it waits for the whole time. */
export async function toEventuallyReceiveEvent(
  this: MatcherContext,
  received: unknown,
  pattern?: string | object,
  options?: EventuallyOptions,
): Promise<MatcherResult> {
  const subject = readSubject('toEventuallyReceiveEvent', received);
  const shown = pattern === undefined ? '' : 'pattern';
  const call = makeCall(this, 'toEventuallyReceiveEvent', subject.expression, shown);
  const wanted = pattern === undefined ? anyEvent : wantedPattern(call, pattern);
  const timeout = readTimeout(call, options);
  const counted = counter(call, options);
  if (!subject.isRecorded) return unrecorded(call);
  const hasCome = () => counted(subject).some(({ event }) => wanted.fits(event));
  if (!hasCome()) {
    await new Promise<void>((resolve) => {
      const stop = () => {
        stopTimer();
        observer.dispose();
        resolve();
      };
      const stopTimer = startTimer(timeout, stop);
      const observer = subject.observers.observeAccepted((event) => {
        if (wanted.fits(event) && hasCome()) stop();
      });
    });
  }
  const result = some(call, readSubject(call.matcher, received), wanted, options);
  return {
    ...result,
    message: () => result.message().replace(/ (matched|was received) \(/, ` $1 within ${timeout} ms (`),
  };
}
