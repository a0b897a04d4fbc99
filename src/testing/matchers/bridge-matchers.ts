import type { Anything } from '../../base/unknown-value.js';
import type { Envelope } from '../../events/envelope.js';
import type { DeliveredOptions } from './delivered-matcher.js';
import type { EventuallyOptions, ReceivedOptions } from './received-options.js';

/** Expected members of an event, as plain values or asymmetric matchers. */
export type EventValues = { readonly [Member in keyof Envelope]?: Anything };

/**
 * The assertion matchers for events, patterns, bridges and buses.
 *
 * - A subject is a bridge or one of its buses: `bridge.bus('orders')`.
 * - *Received* means accepted from a publisher: by PutEvents, `publish` or `inject`. Events that another bus forwarded or a replay
 *   sent again count only if `origins` names them.
 * - `.not`, a count of 0 and `toHaveNoFailures` fail while deliveries are in flight, because those may still change the result. They
 *   also fail if events have left the history.
 * - The name of a bus, recipient or queue that the bridge never had fails every assertion, with `.not` too.
 */
export interface BridgeMatchers<Result = void> {
  /**
   * Passes if the event matches the pattern. The event is an object or JSON text.
   *
   * @param pattern - An event pattern, as an object or JSON text.
   * @throws {Error} when the pattern is invalid, or when what is tested is not an event.
   * @example expect(event).toMatchEventPattern({ source: ['com.shop'] });
   */
  toMatchEventPattern(pattern: string | object): Result;
  /**
   * Passes if AWS accepts the event pattern, given as an object or JSON text.
   *
   * @example expect({ source: ['com.shop'] }).toBeValidEventPattern();
   */
  toBeValidEventPattern(): Result;
  /**
   * Passes if an event was received that matches the pattern.
   *
   * @param pattern - An event pattern; without one, any event passes.
   * @param options - Which events count.
   * @throws {Error} when the pattern or an option is invalid.
   * @example expect(bridge).toHaveReceivedEvent({ source: ['com.shop'] });
   */
  toHaveReceivedEvent(pattern?: string | object, options?: ReceivedOptions): Result;
  /**
   * Passes if an event was received that has these members.
   *
   * An object must have the given members and may have others. Arrays must be equal element by element. Asymmetric matchers of any
   * `expect` may be used at any depth.
   *
   * @param values - Members of the event.
   * @param options - Which events count.
   * @throws {Error} when no event can have the values, or an option is invalid.
   * @example expect(bridge).toHaveReceivedEventWith({ source: 'com.shop', detail: { id: expect.any(String) } });
   */
  toHaveReceivedEventWith(values: EventValues, options?: ReceivedOptions): Result;
  /**
   * Passes if exactly this number of events was received.
   *
   * @param times - A whole number, 0 or more.
   * @param options - Which events count.
   * @throws {Error} when an argument is invalid.
   * @example expect(bridge).toHaveReceivedEventTimes(2);
   */
  toHaveReceivedEventTimes(times: number, options?: ReceivedOptions): Result;
  /**
   * Passes if exactly this number of events was received that match the pattern.
   *
   * @param pattern - An event pattern.
   * @param times - A whole number, 0 or more.
   * @param options - Which events count.
   * @throws {Error} when an argument is invalid.
   * @example expect(bridge).toHaveReceivedEventTimes({ source: ['com.shop'] }, 2);
   */
  toHaveReceivedEventTimes(pattern: string | object, times: number, options?: ReceivedOptions): Result;
  /**
   * Passes if events were received that match these patterns, one each, in this order. Other events may come in between.
   *
   * @param patterns - Event patterns.
   * @param options - Which events count.
   * @throws {Error} when a pattern or an option is invalid.
   * @example expect(bridge).toHaveReceivedEvents([{ 'detail-type': ['Placed'] }, { 'detail-type': ['Shipped'] }]);
   */
  toHaveReceivedEvents(patterns: readonly (string | object)[], options?: ReceivedOptions): Result;
  /**
   * Resolves once an event was received that matches the pattern, or rejects after `timeout` milliseconds of real time.
   *
   * `.not` waits for the whole time.
   *
   * @param pattern - An event pattern; without one, any event passes.
   * @param options - How long to wait, and which events count.
   * @throws {Error} when the pattern or an option is invalid.
   * @example await expect(bridge).toEventuallyReceiveEvent({ source: ['com.shop'] });
   */
  toEventuallyReceiveEvent(pattern?: string | object, options?: EventuallyOptions): Promise<void>;
  /**
   * Passes if an event was delivered to a target or a subscription.
   *
   * A Lambda function that threw counts as delivered, as on AWS.
   *
   * @param ruleOrTarget - A rule, a target's id or ARN, the name in an ARN (`bill` of `arn:…:function:bill`), or a subscription.
   * @param options - Which deliveries count, and how many there must be.
   * @throws {Error} when an argument is invalid.
   * @example expect(bridge).toHaveDeliveredTo('bill', { payload: { total: 120 }, times: 1 });
   */
  toHaveDeliveredTo(ruleOrTarget: string, options?: DeliveredOptions): Result;
  /**
   * Passes if deliveries ended in the dead-letter queue, also if the queue was emptied since.
   *
   * @param queue - The name or ARN of the queue.
   * @param times - The exact number of dead letters; without it, at least one.
   * @throws {Error} when an argument is invalid.
   * @example expect(bridge).toHaveDeadLetters('bill-dlq', 1);
   */
  toHaveDeadLetters(queue: string, times?: number): Result;
  /**
   * Passes if no delivery failed or was dead-lettered, no Lambda function threw on its last attempt, and no failed attempt waits
   * for a retry.
   *
   * What ended because the test disposed a subscription or reset the bridge does not count.
   *
   * @example expect(bridge).toHaveNoFailures();
   */
  toHaveNoFailures(): Result;
}

/** What the matchers add to `expect` itself. */
export interface AsymmetricBridgeMatchers {
  /**
   * Returns an asymmetric matcher that equals every event that matches the pattern.
   *
   * @param pattern - An event pattern, as an object or JSON text.
   * @returns a value for `toEqual`, `expect.objectContaining` and the like.
   * @example expect(handler).toHaveBeenCalledWith(expect.eventMatching({ source: ['com.shop'] }));
   */
  eventMatching(pattern: string | object): Anything;
}
