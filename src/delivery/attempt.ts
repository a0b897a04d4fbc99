import type { SchedulingClock } from '../base/clock/clock.js';
import type { BusEvent } from '../events/bus-event.js';
import type { Delivery, RunningState } from './delivery.js';
import { type AttemptResult, createFailure } from './outcome.js';
import type { AttemptRequest } from './recipient.js';

/** One try to deliver. It settles once: by the receiver's result, by its timeout, or never if it is stopped. */
export class Attempt implements AttemptRequest, RunningState {
  readonly kind = 'running';
  readonly delivery: Delivery;
  readonly attemptNumber: number;
  body = '';
  deadline = Number.POSITIVE_INFINITY;
  readonly #timeout: number;
  readonly #clock: SchedulingClock;
  #abort: AbortController | undefined;
  #cancelTimer: (() => void) | undefined;
  #settle: ((delivery: Delivery, result: AttemptResult) => void) | undefined;

  /** `timeout` in milliseconds on the clock. */
  constructor(delivery: Delivery, timeout: number, clock: SchedulingClock) {
    this.delivery = delivery;
    this.attemptNumber = ++delivery.attempts;
    this.#timeout = timeout;
    this.#clock = clock;
  }

  get event(): BusEvent {
    return this.delivery.event;
  }

  get signal(): AbortSignal {
    // Made when a handler first asks for it: few do.
    this.#abort ??= new AbortController();
    return this.#abort.signal;
  }

  /** `settle` may be called before this returns. */
  run(settle: (delivery: Delivery, result: AttemptResult) => void): void {
    this.#settle = settle;
    const result = this.#call();
    if ('kind' in result) {
      this.#end(result);
      return;
    }
    this.#startTimer();
    void result.then((late) => this.#end(late));
  }

  stop(reason: Error): void {
    this.#settle = undefined;
    this.#cancelTimer?.();
    this.#abort ??= new AbortController();
    this.#abort.abort(reason);
  }

  #call(): AttemptResult | Promise<AttemptResult> {
    const { delivery } = this;
    const { address, receiver } = delivery.recipient;
    if (address.kind === 'target') {
      const { body } = delivery;
      // Before the target is looked up: input that cannot be made fails in the same way whether anything is there or not.
      if (body.kind === 'failed') {
        const { errorCode, errorMessage, hint } = body;
        return { kind: 'failure', failure: { ...createFailure('handler', errorCode, errorMessage, false), hint } };
      }
      this.body = body.text;
    }
    return receiver.attempt(this);
  }

  #startTimer(): void {
    const timeout = this.#timeout;
    if (timeout === Number.POSITIVE_INFINITY || this.#settle === undefined) return;
    this.deadline = this.#clock.now() + timeout;
    this.#cancelTimer = this.#clock.schedule(this.deadline, () => {
      const message = `The target did not answer within ${timeout / 1000} s.`;
      const settle = this.#settle;
      this.stop(new Error(message));
      settle?.(this.delivery, { kind: 'failure', failure: createFailure('handler', 'TIMEOUT', message) });
    });
  }

  #end(result: AttemptResult): void {
    const settle = this.#settle;
    if (settle === undefined) return;
    this.#settle = undefined;
    this.#cancelTimer?.();
    settle(this.delivery, result);
  }
}
