import type { Semaphore } from '../base/semaphore.js';
import { Signal } from '../base/signal.js';
import type { BusEvent } from '../events/bus-event.js';
import type { InputResult } from '../inputs/target-input.js';
import type { TargetRecord } from '../model/target.js';
import type { AttemptResult, ExhaustedCondition, Failure } from './outcome.js';

/** One target of one rule, or one subscription, at the time of routing. */
export interface Recipient {
  readonly address: Address;
  /** The record that the recipient was made from; absent for a subscription. */
  readonly target?: TargetRecord | undefined;
  readonly receiver: Receiver;
  readonly recipientQueue: RecipientQueue;
  readonly retryLimits: RetryLimits;
  /** Makes the target's input. If absent, it is the event's own text. `acceptedAt` in epoch milliseconds. */
  readonly input?: ((event: BusEvent, acceptedAt: number) => InputResult) | undefined;
  /** Where events go that cannot be delivered. */
  readonly deadLetterQueue?: DeadLetterQueue | undefined;
}

/** The names of a recipient. */
export type Address =
  | {
      readonly kind: 'target';
      readonly rule: string;
      readonly ruleArn: string;
      readonly targetId: string;
      readonly arn: string;
    }
  | { readonly kind: 'subscription'; readonly subscription: string };

/** The pending deliveries of one recipient. */
export class RecipientQueue {
  /** How many deliveries have not ended. */
  pendingCount = 0;
  /** Notified when one has ended. */
  readonly capacityFreed = new Signal();
  /** Why no more attempts are made. */
  closedBy: Failure | undefined;
}

/** The port that makes attempts: a function, a queue, a log group, a bus. */
export interface Receiver {
  /** What applies to an attempt that starts now. */
  readonly attemptOptions: AttemptOptions;
  /** Makes one attempt. Never throws or rejects. */
  attempt(call: AttemptRequest): AttemptResult | Promise<AttemptResult>;
}

export interface AttemptOptions {
  /** How long the attempt may take, in milliseconds on the clock. */
  readonly timeout: number;
  /** Limits how many attempts run at once. */
  readonly semaphore: Semaphore | undefined;
}

export const unlimited: AttemptOptions = { timeout: Number.POSITIVE_INFINITY, semaphore: undefined };

/** The attempt that a receiver makes. */
export interface AttemptRequest {
  readonly event: BusEvent;
  /** What the target receives. */
  readonly body: string;
  /** Counts from 1. */
  readonly attemptNumber: number;
  /** Aborted when the result does not matter any more. */
  readonly signal: AbortSignal;
}

/** How often, and for how long, a delivery is tried again. */
export interface RetryLimits {
  /** Attempts after the first. */
  readonly retries: number;
  /** Milliseconds since the event was accepted. */
  readonly maxAge: number;
}

/** The message attributes of a dead letter, as the service names them. */
export interface DeadLetterAttributes {
  /** ARN of the rule. */
  readonly RULE_ARN: string;
  /** ARN of the target. */
  readonly TARGET_ARN: string;
  /** Why: `NO_RESOURCE`, `ERROR_FROM_TARGET`, `TIMEOUT` … */
  readonly ERROR_CODE: string;
  /** The same in a sentence. */
  readonly ERROR_MESSAGE: string;
  /** The limit that ended the retries. Absent if the failure is not retried. */
  readonly EXHAUSTED_RETRY_CONDITION?: ExhaustedCondition;
  /** The number of retries, as text. Absent if the failure is not retried. */
  readonly RETRY_ATTEMPTS?: string;
  /** The event's trace header, if it has one. In SQS a system attribute. */
  readonly AWSTraceHeader?: string;
}

/** A message for a dead-letter queue. */
export interface DeadLetter {
  /** What the target was to receive, also if it is not JSON. */
  readonly body: string;
  readonly attributes: DeadLetterAttributes;
}

/** The port that dead letters leave through. */
export interface DeadLetterQueue {
  readonly arn: string;
  /** Returns false if the queue does not take the letter, which is lost then. */
  send(letter: DeadLetter): boolean;
}
