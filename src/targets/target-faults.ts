import { unqualifiedArn } from '../base/arn.js';
import { type Duration, readDuration } from '../base/clock/clock.js';
import { type Fault, FaultList } from '../base/fault.js';

/** How deliveries to a target go wrong. */
export interface TargetFault {
  /** The error code that attempts fail with: one of AWS's or one of your own. */
  readonly code?: string | undefined;
  /** The sentence beside it. The code. */
  readonly message?: string | undefined;
  /** How much later, on the bridge's clock, the target is called (or the attempt fails). */
  readonly latency?: Duration | undefined;
  /** How often at most. No bound: until the fault is disposed. */
  readonly times?: number | undefined;
  /** Which part of the attempts, 0 to 1, by the bridge's `random`. All. */
  readonly rate?: number | undefined;
}

interface Plan {
  readonly arn: string;
  readonly rate: number;
  readonly code: string | undefined;
  readonly message: string | undefined;
  /** Milliseconds. */
  readonly latency: number;
}

/** The faults of all targets, by ARN. */
export class TargetFaults {
  readonly #list = new FaultList<Plan>();
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** The fault was checked before. */
  add(arn: string, { code, message, latency = 0, times = Number.POSITIVE_INFINITY, rate = 1 }: TargetFault): Fault {
    const plan = { arn, rate, code, message, latency: readDuration(latency) ?? 0 };
    return this.#list.add(plan, `target ${arn}, ${code ?? `latency ${latency}`}`, times);
  }

  mayFire(arn: string): boolean {
    return !this.#list.isEmpty && this.#list.has((plan) => concerns(plan, arn));
  }

  fire(arn: string): Plan | undefined {
    if (this.#list.isEmpty) return undefined;
    return this.#list.fire((plan) => concerns(plan, arn) && (plan.rate >= 1 || this.#random() < plan.rate));
  }

  leftOver(): string[] {
    return this.#list.leftOver();
  }
}

/** A fault of a Lambda function is one of its versions and aliases too. */
function concerns(plan: Plan, arn: string): boolean {
  return plan.arn === arn || plan.arn === unqualifiedArn(arn);
}
