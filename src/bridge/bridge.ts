import type { Clock } from '../base/clock/clock.js';
import type { DisposableHandle } from '../base/disposable.js';
import type { Anything } from '../base/unknown-value.js';
import type { PatternObject } from '../contracts/event-definition.js';
import type { MembersOf, OperationMethodsOf, OperationType, OperationTypes } from '../core/plugin.js';
import type { Envelope } from '../events/envelope.js';
import type { PartialEnvelope } from '../events/partial-envelope.js';
import type { PublishEvent } from '../events/publish-event.js';
import type { RecordKind, RecordOf } from '../history/record.js';
import type { HandlerOptions, TargetFunction } from '../targets/handlers.js';
import type { AllPlugins } from './all-plugins.js';
import type { Publisher } from './publish.js';
import type { Subscription, SubscriptionHandler, SubscriptionOptions } from './subscription.js';
import type { WaitOptions } from './wait-for.js';

/** How deliveries stand. Counted since the bridge was made, or since `reset`, `restore` or `resetHistory`. */
export interface DeliveryReport {
  /** Deliveries that ended well. */
  readonly delivered: number;
  /** Deliveries that ended in a dead-letter queue. */
  readonly deadLettered: number;
  /** Deliveries that ended otherwise: no dead-letter queue took them. */
  readonly failed: number;
  /** Deliveries that wait for a retry, and Lambda functions that threw and wait to be invoked again. */
  readonly waiting: number;
  /** When the first of them is due; `undefined` if none waits. */
  readonly nextAt: Date | undefined;
}

/** What a bridge and each of its buses can be subscribed by. */
export interface Subscribable {
  /**
   * Subscribes to the events that match a pattern.
   *
   * A subscription is not a rule: ListRules does not list it and no quota counts it. The handler gets the one envelope that all
   * subscribers share, deeply frozen. One that throws or rejects makes its delivery fail, and nothing else. A pattern of a defined
   * event types the envelope.
   *
   * @throws {InvalidEventPatternException} for an invalid pattern.
   * @throws {ValidationException} for invalid options.
   */
  on<Detail = Anything, DetailType extends string = string>(
    pattern: string | PatternObject<Envelope<DetailType, Detail>>,
    handler: SubscriptionHandler<Detail, DetailType>,
    options?: SubscriptionOptions,
  ): Subscription;
}

/** One bus of a bridge, by name. `publish` throws `ResourceNotFoundException` if the bus does not exist. */
export interface BusHandle<Event extends PublishEvent = PublishEvent>
  extends Subscribable,
    Publisher<WithoutBus<Event>> {
  /** Name of the bus. */
  readonly name: string;
}

type WithoutBus<Event> = Event extends unknown ? Omit<Event, 'bus'> : never;

/** Performs operations by their AWS names. `Types` has the input and output of each. */
export interface Invoker<Types extends Readonly<Record<string, OperationType>>> {
  /**
   * Performs an operation by its AWS name.
   *
   * @throws {UnknownOperationException} for an operation that the bridge does not have.
   */
  invoke<Name extends keyof Types>(name: Name, input?: Types[Name]['input']): Promise<Types[Name]['output']>;
}

/**
 * What every bridge has, whatever its plugins: events, subscriptions, handlers, and the ways to wait for them.
 *
 * With definitions in its options, `Event` is what they define; `Time` is the
 * clock that was given. Every method may be taken off the bridge and passed on.
 */
export interface CoreBridge<Event extends PublishEvent = PublishEvent, Time extends Clock = Clock>
  extends Subscribable,
    Publisher<Event> {
  /** The account in ARNs and envelopes. */
  readonly account: string;
  /** The region in ARNs and envelopes. */
  readonly region: string;
  /** The clock of the options. */
  readonly clock: Time;

  /**
   * Injects an event that PutEvents would reject: one of an AWS service, or a recorded envelope.
   *
   * What it lacks is filled in; its id and time are kept.
   *
   * @returns The id of the event.
   * @throws {ValidationException} for an invalid event.
   * @throws {ResourceNotFoundException} when the bus does not exist.
   */
  inject(event: PartialEnvelope, options?: { readonly bus?: string | undefined }): Promise<string>;

  /**
   * Registers the function behind a target's ARN; a bare name means a Lambda function of this account and region.
   *
   * The handler of a function also handles its versions and aliases (`bill:live`) that have no handler of their own. `*` means
   * every Lambda function, of whatever account and region, that has no handler. It is called as Lambda calls a handler, with its own
   * copy of the event. A Lambda function that throws was delivered to all the same: it is invoked again after one and after two
   * minutes more, and then `function-error` says so. With another ARN the attempt fails, and is retried as the target's RetryPolicy
   * says. Behind the ARN of an API destination it stands for the endpoint: what it returns with a `status`, such as a `Response`,
   * fails unless that is from 200 to 299, and is retried for 401, 407, 409, 429 and from 500 on, no sooner than its Retry-After says
   * and not at all if that is negative. A second function for one ARN replaces the first: each attempt that begins from then on is
   * made by it, also of deliveries that waited for the first.
   *
   * @throws {ValidationException} for what is not a name, an ARN or a function, and for invalid options.
   */
  handle<Event = Anything>(
    arnOrName: string,
    target: TargetFunction<Event>,
    options?: HandlerOptions,
  ): DisposableHandle;

  /**
   * Returns a bus by its name. Its `on` creates the bus if it does not exist.
   *
   * @throws {ValidationException} when no bus can have this name.
   */
  bus(name: string): BusHandle<Event>;

  /**
   * Resolves when nothing can happen without time passing: no delivery is in flight.
   *
   * Rejects after 5 s of real time, naming the deliveries that still run; and with what `'error'` of the violation policies has
   * gathered since the last call.
   */
  idle(): Promise<DeliveryReport>;

  /**
   * Waits as `idle` does, and lets time pass until nothing waits for it any more: every retry has been made.
   *
   * Every function that threw has been invoked again. A virtual clock is advanced from due time to due time; on another clock what
   * waits starts at once. A handler that still runs is given a second of real time before a virtual clock is moved to its timeout.
   * Where there is no timeout to move to, it rejects as `idle` does, once nothing has happened for 5 s; and in any case where
   * deliveries have caused others 10,000 times in a row. While a virtual clock is moved by it, schedules rest: what falls due then
   * never runs.
   */
  drain(): Promise<DeliveryReport>;

  /**
   * Resolves with the first event accepted on any bus that matches, out of the history or yet to come.
   *
   * A bridge of `footbridge/core` without the plugin `history` only knows what is yet to come. Rejects after `timeout` milliseconds
   * with the nearest events and why each differs.
   *
   * @throws {InvalidEventPatternException} for an invalid pattern.
   */
  waitFor<Detail = Anything, DetailType extends string = string>(
    pattern: string | PatternObject<Envelope<DetailType, Detail>>,
    options?: WaitOptions,
  ): Promise<Envelope<DetailType, Detail>>;

  /**
   * Calls back for every record of a kind, at once.
   *
   * Observers that cause one another without end are called in later turns of the event loop. One that throws or rejects does not
   * affect others; one console line warns of it. Goes on through `reset`.
   *
   * @throws {ValidationException} for an unknown kind.
   */
  observe<Kind extends RecordKind>(kind: Kind, observer: (record: RecordOf<Kind>) => void): DisposableHandle;

  /**
   * Makes the bridge as new: its buses, no rules, subscriptions, handlers, messages, faults or history.
   *
   * Deliveries that have not ended end as failed (`RESET`). Only observers stay, and what connected processes have registered.
   */
  reset(): void;

  /**
   * Waits as `drain` does, then closes: from then on every call is rejected (`BridgeClosedException`).
   *
   * When `signal` aborts it waits no longer. What has not ended by then ends as failed (`CLOSED`); if that was for running longer
   * than `drain` waits, the promise rejects. A second call returns the same promise.
   *
   * @returns What became of all deliveries.
   * @throws {ValidationException} for an invalid signal; then nothing is closed.
   */
  close(options?: { readonly signal?: AbortSignal | undefined }): Promise<DeliveryReport>;

  /** Closes as `close` does, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;

  /**
   * Describes the bridge and its deliveries in a line.
   *
   * Node's `inspect` shows the same; `JSON.stringify`, and the snapshots of test runners, have the names and the numbers. So it is
   * of buses, queues, log groups, subscriptions and the history.
   */
  toString(): string;
}

/** The operations of EventBridge as methods: `PutRule` is `putRule`. Their inputs and outputs are AWS's. */
export interface OperationMethods extends OperationMethodsOf<AllPlugins> {}

/** The input and output of each operation, by its AWS name. */
export type Operations = OperationTypes<OperationMethods>;

/** The names of the operations. */
export type OperationName = keyof Operations;

/** What the plugins add to a bridge beside the operations. */
export interface PluginMembers extends MembersOf<AllPlugins> {}

/**
 * Amazon EventBridge in this process. Operations return and reject as the service does.
 *
 * What it rejects as a whole is thrown as a `ServiceError`. With definitions in its options, `Event` is what they define; `Time` is
 * the clock that was given.
 */
export interface Bridge<Event extends PublishEvent = PublishEvent, Time extends Clock = Clock>
  extends OperationMethods,
    PluginMembers,
    Invoker<Operations>,
    CoreBridge<Event, Time> {}
