import type { Recipient } from '../delivery/recipient.js';
import type { BusEvent } from '../events/bus-event.js';

/** Where the index sends a matching event: the targets of a rule, or a subscription. */
export type Route = RuleRoute | SubscriptionRoute;

export interface RuleRoute {
  readonly kind: 'rule';
  readonly name: string;
  /** The JSON text of the pattern under which it is in the index, if it is there. */
  readonly pattern: string | undefined;
  recipients: readonly Recipient[];
  /** Only the rule of an archive has it. */
  keep: Keep | undefined;
}

/** Archives an event at a time in epoch milliseconds. No delivery: it is done at once, and cannot fail. */
export type Keep = (event: BusEvent, now: number) => void;

export interface SubscriptionRoute {
  readonly kind: 'subscription';
  readonly name: string;
  /** The pattern's JSON text. */
  readonly pattern: string;
  readonly recipients: readonly Recipient[];
}
