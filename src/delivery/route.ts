import type { BusEvent } from '../events/bus-event.js';
import type { Recipient } from './recipient.js';

/** What an event can match on its bus: a rule, or a subscription. */
export type Route = RuleRoute | SubscriptionRoute;

/** A rule, as routing sees it. */
export interface RuleRoute {
  readonly kind: 'rule';
  readonly name: string;
  /** The JSON text of the pattern under which it is in the index, if it is there. */
  readonly pattern: string | undefined;
  recipients: readonly Recipient[];
  /** Whether it gets read-only management events as well. */
  receivesReadOnlyEvents: boolean;
  /** Only the rule of an archive has it. */
  archiveSink: ArchiveSink | undefined;
}

/** Archives an event at a time in epoch milliseconds. It is not a delivery: it is done at once, and cannot fail. */
export type ArchiveSink = (event: BusEvent, now: number) => void;

/** A subscription, as routing sees it. */
export interface SubscriptionRoute {
  readonly kind: 'subscription';
  readonly name: string;
  /** The pattern's JSON text. */
  readonly pattern: string;
  readonly recipients: readonly Recipient[];
}
