import { unqualifiedArn } from '../base/arn.js';
import { type Duration, readDuration, type SchedulingClock } from '../base/clock/clock.js';
import { type Fault, FaultList } from '../base/fault.js';
import { createFailure } from '../delivery/outcome.js';
import type { AttemptRequest, Receiver } from '../delivery/recipient.js';
import type { TargetRecord } from '../model/target.js';
import { messageFor } from './aws-failures.js';

/** How deliveries to a target go wrong. */
export interface TargetFault {
  /** The error code that attempts fail with: one of AWS's or one of your own. */
  readonly code?: string | undefined;
  /** The sentence beside it. AWS's, where it is known for this code and target; otherwise the code. */
  readonly message?: string | undefined;
  /** How much later, on the bridge's clock, the target is called (or the attempt fails). */
  readonly latency?: Duration | undefined;
  /** How often at most. No bound: until the fault is disposed. */
  readonly times?: number | undefined;
  /** Which part of the attempts, 0 to 1, by the bridge's `random`. All. */
  readonly rate?: number | undefined;
}

interface FaultSpec {
  readonly arn: string;
  readonly rate: number;
  readonly code: string | undefined;
  readonly message: string | undefined;
  /** Milliseconds. */
  readonly latency: number;
}

/** The faults of all targets, by ARN. */
export class TargetFaults {
  readonly #list = new FaultList<FaultSpec>();
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** The fault was checked before. */
  add(arn: string, { code, message, latency = 0, times = Number.POSITIVE_INFINITY, rate = 1 }: TargetFault): Fault {
    const spec = { arn, rate, code, message, latency: readDuration(latency) ?? 0 };
    return this.#list.add(spec, `target ${arn}, ${code ?? `latency ${latency}`}`, times);
  }

  fire(arn: string): FaultSpec | undefined {
    if (this.#list.isEmpty) return undefined;
    return this.#list.fire((spec) => matches(spec, arn) && (spec.rate >= 1 || this.#random() < spec.rate));
  }

  leftOver(): string[] {
    return this.#list.unfired();
  }
}

/** A fault of a Lambda function is one of its versions and aliases too. */
function matches(spec: FaultSpec, arn: string): boolean {
  return spec.arn === arn || spec.arn === unqualifiedArn(arn);
}

/** A receiver whose attempts may be late, or fail, on purpose. */
export function withFaults(
  receiver: Receiver,
  { Arn: arn, RoleArn }: TargetRecord,
  faults: TargetFaults,
  clock: SchedulingClock,
): Receiver {
  return {
    get attemptOptions() {
      return receiver.attemptOptions;
    },
    attempt: (request) => {
      const { code, message, latency = 0 } = faults.fire(arn) ?? {};
      const result = () =>
        code === undefined
          ? receiver.attempt(request)
          : ({
              kind: 'failure',
              failure: createFailure('handler', code, message ?? messageFor(code, arn, RoleArn) ?? code),
            } as const);
      return latency === 0 ? result() : after(latency, clock, request).then(result);
    },
  };
}

/** Never resolves if the attempt is stopped. */
function after(latency: number, clock: SchedulingClock, { signal }: AttemptRequest): Promise<void> {
  const late = new Promise<void>((resolve) => {
    const cancelTimer = clock.schedule(clock.now() + latency, resolve);
    signal.addEventListener('abort', cancelTimer, { once: true });
  });
  // The attempt may time out at the same instant.
  return late.then(() => (signal.aborted ? new Promise<never>(() => {}) : undefined));
}
