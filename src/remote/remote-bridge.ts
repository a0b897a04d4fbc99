import type { OperationName, Operations } from '../bridge/bridge.js';
/// <reference lib="esnext.disposable" preserve="true" />

import type { Handle } from '../base/disposable.js';
import type { Anything } from '../base/unknown-value.js';
import type { DeliveryReport } from '../bridge/bridge.js';
import type { Publisher } from '../bridge/publish.js';
import type { Subscription, SubscriptionHandler, SubscriptionOptions } from '../bridge/subscription.js';
import type { WaitOptions } from '../bridge/wait-for.js';
import type { PatternObject } from '../contracts/event-definition.js';
import type { Envelope } from '../events/envelope.js';
import type { PublishEvent } from '../events/publish-event.js';

import type { HandlerOptions, TargetFunction } from '../targets/handlers.js';

/** How to be connected. */
export interface ConnectOptions {
  /**
   * Milliseconds between the signs of life that both sides send; a side that has heard nothing for three of them takes the
   * other for dead. 10 to 3,600,000. 10,000.
   */
  readonly heartbeat?: number | undefined;
  /** Milliseconds of real time that a call waits for a server that is not there. 5,000. */
  readonly timeout?: number | undefined;
  /** Milliseconds before the first try to connect again; each further one waits twice as long, up to 2 s. 50. */
  readonly reconnectDelay?: number | undefined;
}

/** How a subscription from another process is to be. */
export interface RemoteSubscriptionOptions extends SubscriptionOptions {
  /** Name of the bus; it is created if there is none. `default`. */
  readonly bus?: string | undefined;
}

/** A handle that can be used at once, and awaited: then the server has taken the registration, or has refused it. */
export type Registered<Kind extends Handle> = Kind & PromiseLike<Kind>;

/**
 * A bridge in another process, that `serve` or `fetchHandler` makes reachable. When the server goes away and comes back, it
 * is connected to again, and every `handle` and `on` is put there again. A call that finds no server waits for it, and
 * rejects as `ServerUnreachableException` after `timeout`: nothing was done. One that was sent and not answered rejects as
 * `ConnectionLostException`: nobody knows whether it was done.
 *
 * `publish` sends many events a hundred at a time, each hundred as one call. What is not accepted is said event by event in a
 * `PutEventsError`: also with the codes `ConnectionLost`, of which nobody knows whether it was accepted, and `ServerUnreachable`,
 * which was not.
 */
export interface RemoteBridge extends Publisher<PublishEvent> {
  /** Where the server is. */
  readonly url: string;
  /** The account in ARNs and envelopes. */
  readonly account: string;
  /** The region in ARNs and envelopes. */
  readonly region: string;

  /** Performs an operation by its AWS name. Throws what the bridge throws, as a `ServiceError` of that name. */
  invoke<Name extends OperationName>(
    name: Name,
    input?: Operations[Name]['input'],
  ): Promise<Operations[Name]['output']>;

  /**
   * As `on` of a bridge: an attempt ends when the handler here does. Without a name it is called after the handler, or
   * `remote-subscription-1` and so on. A pattern of a defined event types the envelope. Of one subscription 100 deliveries are under way at once
   * if `concurrency` says no other number, at most 1,000. Throws `InvalidEventPatternException`.
   */
  on<Detail = Anything, DetailType extends string = string>(
    pattern: string | PatternObject<Envelope<DetailType, Detail>>,
    handler: SubscriptionHandler<Detail, DetailType>,
    options?: RemoteSubscriptionOptions,
  ): Registered<Subscription>;

  /**
   * As `handle` of a bridge, with retries and dead letters like any target's, and bounded as `on` is. At most one connected
   * process handles a name: another is refused (`ResourceAlreadyExistsException`). When this process goes away, attempts under
   * way fail with `CONNECTION_LOST`, which is tried again, and the target is unhandled until it comes back. An attempt that
   * was tried again may have been made: handlers meet some events twice, as on AWS.
   */
  handle<Event = Anything>(
    arnOrName: string,
    target: TargetFunction<Event>,
    options?: HandlerOptions,
  ): Registered<Handle>;

  /** As `waitFor` of a bridge. `timeout` must be finite. */
  waitFor<Detail = Anything, DetailType extends string = string>(
    pattern: string | PatternObject<Envelope<DetailType, Detail>>,
    options?: WaitOptions,
  ): Promise<Envelope<DetailType, Detail>>;

  /** As `idle` of a bridge: it waits for the handlers of all connected processes too. */
  idle(): Promise<DeliveryReport>;

  /**
   * Takes back every `handle` and `on`, waits up to 5 s of real time until the handlers that run have come to an end and the
   * server knows it, and disconnects. From then on every call is refused (`ConnectionClosedException`), as are `waitFor` and
   * `idle` that are under way. The bridge stays.
   */
  close(): Promise<void>;

  /** `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}
