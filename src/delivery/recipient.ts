import { Bell } from '../base/signal.js';
import type { BusEvent } from '../events/bus-event.js';
import type { TargetRecord } from '../model/target.js';
import type { DeadLetterQueue } from './dead-letter.js';
import type { Gate } from './gate.js';
import type { Failure, Verdict } from './outcome.js';
import type { RetryLimits } from './retry-policy.js';

/** The port that deliveries leave through. */
export interface Receiver {
  /** Why an attempt cannot even be made, if it cannot. */
  refuse(): Failure | undefined;
  /** On what terms an attempt that begins now is made. */
  terms(): Terms;
  /** Makes one attempt. What it throws or rejects with, `judge` makes a verdict of. */
  attempt(call: ReceiverCall): unknown;
  judge(error: unknown): Verdict;
}

/** What a receiver is told of the attempt that it is to make. */
export interface ReceiverCall {
  readonly event: BusEvent;
  /** What the target receives. */
  readonly body: string;
  /** Which attempt it is, from 1. */
  readonly number: number;
  /** Aborted when nobody waits for the attempt any more. */
  readonly signal: AbortSignal;
}

export interface Terms {
  /** Milliseconds on the clock that an attempt may take. */
  readonly timeout: number;
  /** What bounds the attempts that run at once, if anything does. */
  readonly gate: Gate | undefined;
}

/** Whom a delivery is for, as records name it. */
export type Address =
  | {
      readonly kind: 'target';
      readonly rule: string;
      readonly ruleArn: string;
      readonly targetId: string;
      readonly arn: string;
    }
  | { readonly kind: 'subscription'; readonly subscription: string };

/** What all deliveries to one recipient share. */
export class Lane {
  /** How many have not come to their end. */
  unfinished = 0;
  /** Those who wait until one has. */
  readonly room = new Bell();
  /** Why no more attempts are made, once that is so. */
  ended: Failure | undefined;
}

/** What a target receives of an event, or why there is nothing to send. */
export type Body =
  | { readonly kind: 'body'; readonly text: string }
  | { readonly kind: 'failed'; readonly errorCode: string; readonly errorMessage: string };

/** One target of one rule, or one subscription, as it was when the event was accepted. */
export interface Recipient {
  readonly address: Address;
  /** What a recipient like it can be made from; absent for a subscription. */
  readonly target?: TargetRecord | undefined;
  readonly receiver: Receiver;
  readonly lane: Lane;
  readonly retryLimits: RetryLimits;
  /** The event's own text if absent. `acceptedAt` in epoch milliseconds. */
  readonly input?: ((event: BusEvent, acceptedAt: number) => Body) | undefined;
  /** Where events go that could not be delivered. */
  readonly deadLetters?: DeadLetterQueue | undefined;
}
