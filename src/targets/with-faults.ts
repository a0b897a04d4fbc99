import type { TimedClock } from '../base/clock/clock.js';
import { TargetError } from '../base/target-error.js';
import type { Failure } from '../delivery/outcome.js';
import type { Receiver, ReceiverCall } from '../delivery/recipient.js';
import type { TargetFaults } from './target-faults.js';

/** What the receiver itself refuses, once a fault has let it speak. */
class Refusal extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.errorMessage);
    this.failure = failure;
  }
}

/** A receiver whose attempts may be delayed, or fail, on purpose. */
export function withFaults(receiver: Receiver, arn: string, faults: TargetFaults, clock: TimedClock): Receiver {
  const call = (attempt: ReceiverCall, error: TargetError | undefined): unknown => {
    if (error !== undefined) throw error;
    const refusal = receiver.refuse();
    if (refusal !== undefined) throw new Refusal(refusal);
    return receiver.attempt(attempt);
  };
  return {
    refuse: () => (faults.mayFire(arn) ? undefined : receiver.refuse()),
    terms: () => receiver.terms(),
    attempt: (attempt) => {
      const { code, message, latency = 0 } = faults.fire(arn) ?? {};
      const error = code === undefined ? undefined : new TargetError(code, { message });
      if (latency === 0) return call(attempt, error);
      return new Promise<void>((resolve) => {
        const cancel = clock.schedule(clock.now() + latency, resolve);
        attempt.signal.addEventListener('abort', cancel, { once: true });
      }).then(() => (attempt.signal.aborted ? undefined : call(attempt, error)));
    },
    judge: (error) => (error instanceof Refusal ? { kind: 'failure', failure: error.failure } : receiver.judge(error)),
  };
}
