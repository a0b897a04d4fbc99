import type { Recipient } from '../delivery/recipient.js';

/** Where the index sends a matching event: the targets of a rule, or a subscription. */
export type Route = RuleRoute | SubscriptionRoute;

export interface RuleRoute {
  readonly kind: 'rule';
  readonly name: string;
  /** The JSON text of the pattern under which it is in the index, if it is there. */
  readonly pattern: string | undefined;
  recipients: readonly Recipient[];
}

export interface SubscriptionRoute {
  readonly kind: 'subscription';
  readonly name: string;
  /** The pattern's JSON text. */
  readonly pattern: string;
  readonly recipients: readonly Recipient[];
}
