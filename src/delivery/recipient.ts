import type { Delivery } from './delivery.js';
import type { Failed, Outcome } from './outcome.js';

/** The port that deliveries leave through. */
export interface Receiver {
  /** Why a delivery cannot even be tried, if it cannot. */
  refuse(): Failed | undefined;
  /** Makes one attempt. What it throws or rejects with, `judge` makes an outcome of. */
  attempt(delivery: Delivery): unknown;
  judge(error: unknown): Outcome;
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

/** How many deliveries to one recipient have not ended. */
export interface Lane {
  unfinished: number;
}

/** One target of one rule, or one subscription. */
export interface Recipient {
  readonly address: Address;
  readonly receiver: Receiver;
  readonly lane: Lane;
}
