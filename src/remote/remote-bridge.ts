import type { DisposableHandle } from '../base/disposable.js';
import type { Anything } from '../base/unknown-value.js';
import type { DeliveryReport, OperationName, Operations } from '../bridge/bridge.js';
import type { Publisher } from '../bridge/publish.js';
import type { Subscription, SubscriptionHandler, SubscriptionOptions } from '../bridge/subscription.js';
import type { WaitOptions } from '../bridge/wait-for.js';
import type { PatternObject } from '../contracts/event-definition.js';
import type { Envelope } from '../events/envelope.js';
import type { PublishEvent } from '../events/publish-event.js';
import type { HandlerOptions, TargetFunction } from '../targets/handlers.js';

/// <reference lib="esnext.disposable" preserve="true" />

/** Options of `connectBridge`. */
export interface ConnectOptions {
  /**
   * Milliseconds between heartbeats, in both directions. A side that has received nothing for three of them considers the other
   * disconnected. 10 to 3,600,000.
   *
   * @defaultValue 10,000
   */
  readonly heartbeat?: number | undefined;
  /**
   * Milliseconds of real time that a call waits for a server that cannot be reached.
   *
   * @defaultValue 5,000
   */
  readonly timeout?: number | undefined;
  /**
   * Milliseconds before the first try to reconnect; each further one waits twice as long, up to 2 s.
   *
   * @defaultValue 50
   */
  readonly reconnectDelay?: number | undefined;
}

/** Options of a subscription from another process. */
export interface RemoteSubscriptionOptions extends SubscriptionOptions {
  /**
   * Name of the bus, which is created if it does not exist.
   *
   * @defaultValue 'default'
   */
  readonly bus?: string | undefined;
}

/** A handle that can be used at once. Awaiting it waits until the server has accepted the registration, or throws its error. */
export type Registered<Kind extends DisposableHandle> = Kind & PromiseLike<Kind>;

/**
 * A bridge in another process, that `serve` or `fetchHandler` makes available.
 *
 * It reconnects when the server comes back, and then registers every `handle` and `on` again. A call waits for a server that cannot
 * be reached, and rejects with `ServerUnreachableException` after `timeout`: it was not sent. A call that was sent and got no
 * response rejects with `ConnectionLostException`: it may have been processed.
 *
 * `publish` sends many events a hundred at a time. The codes of its `PutEventsError` include `ConnectionLostException` (the event may
 * have been accepted) and `ServerUnreachableException` (it was not sent).
 */
export interface RemoteBridge extends Publisher<PublishEvent> {
  /** Where the server is. */
  readonly url: string;
  /** The account in ARNs and envelopes. */
  readonly account: string;
  /** The region in ARNs and envelopes. */
  readonly region: string;

  /**
   * Performs an operation by its AWS name.
   *
   * @throws {ServiceError} when the bridge throws it, with the same name.
   */
  invoke<Name extends OperationName>(
    name: Name,
    input?: Operations[Name]['input'],
  ): Promise<Operations[Name]['output']>;

  /**
   * Subscribes, like `on` of a bridge: an attempt ends when the handler in this process does.
   *
   * @param options - Without a name it is called after the handler, or `remote-subscription-1` and so on. `concurrency` is 100 by
   * default, and at most 1,000.
   * @throws {InvalidEventPatternException} when the pattern is invalid.
   */
  on<Detail = Anything, DetailType extends string = string>(
    pattern: string | PatternObject<Envelope<DetailType, Detail>>,
    handler: SubscriptionHandler<Detail, DetailType>,
    options?: RemoteSubscriptionOptions,
  ): Registered<Subscription>;

  /**
   * Registers a handler, like `handle` of a bridge, with the retries and dead letters of any target.
   *
   * At most one connected process handles a name; another is rejected with `ResourceAlreadyExistsException`. It takes the place of a
   * handler of the server's own, which handles again afterwards. When this process disconnects, running attempts fail with
   * `CONNECTION_LOST`, which is retried. The attempt may have been made, so a handler can get an event twice, as on AWS.
   */
  handle<Event = Anything>(
    arnOrName: string,
    handler: TargetFunction<Event>,
    options?: HandlerOptions,
  ): Registered<DisposableHandle>;

  /** Waits for an event, like `waitFor` of a bridge. `timeout` must be finite. */
  waitFor<Detail = Anything, DetailType extends string = string>(
    pattern: string | PatternObject<Envelope<DetailType, Detail>>,
    options?: WaitOptions,
  ): Promise<Envelope<DetailType, Detail>>;

  /** Waits until nothing is in flight, like `idle` of a bridge, including the handlers of all connected processes. */
  idle(): Promise<DeliveryReport>;

  /**
   * Disposes every `handle` and `on`, waits up to 5 s of real time until running handlers have ended and the server knows it, and
   * disconnects. Pending and later calls reject with `ConnectionClosedException`. The bridge stays open.
   */
  close(): Promise<void>;

  /** `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}
