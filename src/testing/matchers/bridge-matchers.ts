import type { Anything } from '../../base/unknown-value.js';
import type { Envelope } from '../../events/envelope.js';
import type { DeliveredOptions } from './delivered-matcher.js';
import type { EventuallyOptions, ReceivedOptions } from './received-options.js';

/** An event as plain values: those members that matter, with asymmetric matchers wherever they are wanted. */
export type EventValues = { readonly [Member in keyof Envelope]?: Anything };

/**
 * What `expect(…)` can say of events, patterns, bridges and the buses of a bridge (`bridge.bus('orders')`). Received is what
 * was accepted from a publisher, on any bus of a bridge: by PutEvents, `publish` or `inject`; hops from other buses and
 * replays count only when `origins` names them.
 *
 * What says that something did not happen fails while deliveries are in flight, because they may still make it happen: every
 * `.not`, a number of 0, `toHaveNoFailures`. So it does when the history has forgotten events. Names of a bus, a recipient or a
 * queue that nothing on the bridge has or had fail every assertion, with `.not` too: one that is misspelt would always hold.
 */
export interface BridgeMatchers<Result = void> {
  /** The event, as an object or as JSON text, matches the pattern. */
  toMatchEventPattern(pattern: string | object): Result;
  /** It is an event pattern that the service would take, as an object or as JSON text. */
  toBeValidEventPattern(): Result;
  /** An event was received that matches the pattern; without one, any event. */
  toHaveReceivedEvent(pattern?: string | object, options?: ReceivedOptions): Result;
  /**
   * An event was received that has these members with these values: an object must have the members given and may have others,
   * arrays must be equal element by element. Asymmetric matchers of any `expect` may stand anywhere.
   */
  toHaveReceivedEventWith(values: EventValues, options?: ReceivedOptions): Result;
  /** Exactly so many events were received, whatever they are. As `toHaveBeenCalledTimes` says it of a mock. */
  toHaveReceivedEventTimes(times: number, options?: ReceivedOptions): Result;
  /** Exactly so many events were received that match the pattern. */
  toHaveReceivedEventTimes(pattern: string | object, times: number, options?: ReceivedOptions): Result;
  /** Events were received that match these patterns, one each, in this order; others may have come before, between and after. */
  toHaveReceivedEvents(patterns: readonly (string | object)[], options?: ReceivedOptions): Result;
  /**
   * An event that matches the pattern was received, or is within `timeout` milliseconds of real time, also while timers are
   * faked. To be awaited. `.not` waits for the whole time.
   */
  toEventuallyReceiveEvent(pattern?: string | object, options?: EventuallyOptions): Promise<void>;
  /**
   * An event was delivered to a target, named by its rule, its id, its ARN or what the ARN names (`bill` of
   * `arn:…:function:bill`), or to a subscription by its name. Delivered is what ended so: a Lambda function that threw was
   * delivered to all the same, as on AWS.
   */
  toHaveDeliveredTo(ruleOrTarget: string, options?: DeliveredOptions): Result;
  /** Deliveries ended in the dead-letter queue of this name or ARN: exactly so many, or at least one. */
  toHaveDeadLetters(queue: string, times?: number): Result;
  /**
   * No delivery failed or was dead-lettered, no Lambda function threw to its end, and nothing that failed waits for another
   * attempt. What ended because the test disposed a subscription or reset the bridge does not count.
   */
  toHaveNoFailures(): Result;
}

/** What `expect` itself can make. */
export interface AsymmetricBridgeMatchers {
  /** Equals every event that matches the pattern: `expect.objectContaining({ event: expect.eventMatching(pattern) })`. */
  eventMatching(pattern: string | object): Anything;
}
