import type { Semaphore } from '../base/semaphore.js';
import type { BusEvent } from '../events/bus-event.js';
import type { InputResult } from '../inputs/target-input.js';
import type { Failure } from './outcome.js';
import type { Recipient } from './recipient.js';

/** Where a delivery stands. `Dispatcher` moves it from state to state; nothing follows `ended`. */
export type DeliveryState =
  /** Starts next. */
  | { readonly kind: 'ready' }
  /** Waits for a permit of a semaphore. */
  | { readonly kind: 'blocked'; readonly by: Semaphore }
  | RunningState
  /** Waits for the due time of its next attempt. */
  | { readonly kind: 'waiting'; readonly next: NextAttempt; readonly cancelTimer: () => void }
  | { readonly kind: 'ended' };

/** An attempt is being made. */
export interface RunningState {
  readonly kind: 'running';
  /** When the attempt times out, in epoch milliseconds. */
  readonly deadline: number;
  /** Aborts the attempt. Its result does not matter any more. */
  stop(reason: Error): void;
}

/** Another attempt, due at a time in epoch milliseconds. */
export type NextAttempt =
  | { readonly kind: 'retry'; readonly at: number; readonly failure: Failure }
  /** The Lambda function threw and is invoked again. */
  | { readonly kind: 'reinvoke'; readonly at: number; readonly error: unknown };

export const ready: DeliveryState = { kind: 'ready' };
export const ended: DeliveryState = { kind: 'ended' };

/** One event on its way to one recipient. */
export class Delivery {
  readonly event: BusEvent;
  readonly recipient: Recipient;
  /** Epoch milliseconds. */
  readonly acceptedAt: number;
  /** Whether chaos made it beside another of the same event. */
  readonly isDuplicate: boolean;
  state: DeliveryState = ready;
  /** The semaphore of which it holds a permit. */
  permit: Semaphore | undefined;
  /** How many attempts were started. */
  attempts = 0;
  /** How often the Lambda function threw. */
  invocationErrors = 0;
  /** The outcome is `delivered`; what may follow are reinvocations of the Lambda function that threw. */
  isDelivered = false;
  /** The last retry or reinvocation that followed from an attempt. It is not due any more once it started. */
  nextAttempt: NextAttempt | undefined;
  /** See `CascadeCounter`. */
  cascade = 0;

  constructor(event: BusEvent, recipient: Recipient, acceptedAt: number, isDuplicate = false) {
    this.event = event;
    this.recipient = recipient;
    this.acceptedAt = acceptedAt;
    this.isDuplicate = isDuplicate;
  }

  duplicate(): Delivery {
    return new Delivery(this.event, this.recipient, this.acceptedAt, true);
  }

  /** What the target receives. */
  get body(): InputResult {
    const { input } = this.recipient;
    return input?.(this.event, this.acceptedAt) ?? { kind: 'body', text: this.event.text };
  }

  /** `"Order Placed" 8a1f… to arn:… (rule big, target 1)`, for messages. */
  toString(): string {
    const { address } = this.recipient;
    const { fields } = this.event;
    const event = `${JSON.stringify(fields['detail-type'])} ${fields.id}`;
    if (address.kind === 'subscription') return `${event} to subscription ${address.subscription}`;
    return `${event} to ${address.arn} (rule ${address.rule}, target ${address.targetId})`;
  }
}
