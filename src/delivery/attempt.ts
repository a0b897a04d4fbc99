import type { TimedClock } from '../base/clock/clock.js';
import type { BusEvent } from '../events/bus-event.js';
import type { Delivery } from './delivery.js';
import { delivered, type Failure, makeFailure, type Verdict } from './outcome.js';
import type { ReceiverCall } from './recipient.js';

/** One try to deliver. It settles once: by what its handler does, by its timeout, or not at all once it is stopped. */
export class Attempt implements ReceiverCall {
  readonly delivery: Delivery;
  /** Counts from 1. */
  readonly number: number;
  /** What the target receives. */
  body = '';
  /** When it will have taken too long, in epoch milliseconds. */
  deadline = Number.POSITIVE_INFINITY;
  readonly #timeout: number;
  readonly #clock: TimedClock;
  #abort: AbortController | undefined;
  #cancelTimer: (() => void) | undefined;
  #settle: ((attempt: Attempt, verdict: Verdict) => void) | undefined;

  /** `timeout` in milliseconds on the clock. */
  constructor(delivery: Delivery, timeout: number, clock: TimedClock) {
    this.delivery = delivery;
    this.number = ++delivery.attempts;
    this.#timeout = timeout;
    this.#clock = clock;
  }

  get event(): BusEvent {
    return this.delivery.event;
  }

  /** Aborted when nobody waits for the attempt any more. Made when a handler first asks for it. */
  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    return this.#abort.signal;
  }

  /** `settle` may be called before this returns. */
  run(settle: (attempt: Attempt, verdict: Verdict) => void): void {
    this.#settle = settle;
    const failure = this.#readBody() ?? this.delivery.recipient.receiver.refuse();
    if (failure === undefined) this.#call();
    else this.#end({ kind: 'failure', failure });
  }

  /** Nobody waits for it any more, and it settles no more. */
  stop(reason: Error): void {
    this.#settle = undefined;
    this.#cancelTimer?.();
    this.#abort ??= new AbortController();
    this.#abort.abort(reason);
  }

  /** Before the target is looked for: what cannot be sent fails the same whether anything is there or not. */
  #readBody(): Failure | undefined {
    if (this.delivery.recipient.address.kind === 'subscription') return undefined;
    const { body } = this.delivery;
    if (body.kind === 'failed') return makeFailure('handler', body.errorCode, body.errorMessage, false);
    this.body = body.text;
    return undefined;
  }

  #call(): void {
    const { receiver } = this.delivery.recipient;
    let result: unknown;
    try {
      result = receiver.attempt(this);
    } catch (error) {
      this.#end(receiver.judge(error));
      return;
    }
    if ((typeof result !== 'object' && typeof result !== 'function') || result === null) {
      this.#end(delivered);
      return;
    }
    this.#watch();
    // `then` of what a handler answers may be a getter that throws: the constructor turns that into a rejection.
    new Promise((resolve) => resolve(result)).then(
      () => this.#end(delivered),
      (error: unknown) => this.#end(receiver.judge(error)),
    );
  }

  #watch(): void {
    const timeout = this.#timeout;
    if (timeout === Number.POSITIVE_INFINITY || this.#settle === undefined) return;
    this.deadline = this.#clock.now() + timeout;
    this.#cancelTimer = this.#clock.schedule(this.deadline, () => {
      const sentence = `The target did not answer within ${timeout / 1000} s.`;
      const settle = this.#settle;
      this.stop(new Error(sentence));
      settle?.(this, { kind: 'failure', failure: makeFailure('handler', 'TIMEOUT', sentence) });
    });
  }

  #end(verdict: Verdict): void {
    const settle = this.#settle;
    if (settle === undefined) return;
    this.#settle = undefined;
    this.#cancelTimer?.();
    settle(this, verdict);
  }
}
