import type { Delivery } from './delivery.js';
import type { Failure, Outcome } from './outcome.js';

/** What deliveries have to tell. */
export interface DeliveryEvents {
  /** Told once of each delivery. */
  ended(delivery: Delivery, outcome: Outcome): void;
  /** An attempt failed, and another follows at a time. */
  retrying(delivery: Delivery, failure: Failure, at: number): void;
  /** A Lambda function threw. `at` is when it is invoked again, `undefined` if it is not. */
  functionThrew(delivery: Delivery, error: unknown, at: number | undefined): void;
}
