import type { Clock } from '../base/clock/clock.js';
import type { Handle } from '../base/disposable.js';
import type { Anything } from '../base/unknown-value.js';
import type { PatternObject } from '../contracts/event-definition.js';
import type { Envelope } from '../events/envelope.js';
import type { PartialEnvelope } from '../events/partial-envelope.js';
import type { PublishEvent } from '../events/publish-event.js';
import type { Coverage } from '../history/coverage.js';
import type { EventExplanation } from '../history/explain-event.js';
import type { History } from '../history/history.js';
import type { RecordKind, RecordOf } from '../history/record.js';
import type { OperationName, Operations } from '../operations/operations.js';
import type { HandlerOptions, TargetFunction } from '../targets/handlers.js';
import type { LogGroup } from '../targets/log-group.js';
import type { Queue, QueueOptions } from '../targets/queue.js';
import type { Faults } from './faults.js';
import type { PlannedDelivery } from './plan.js';
import type { Publish } from './publish.js';
import type { ReplayOptions } from './replay.js';
import type { Snapshot } from './snapshot.js';
import type { Subscription, SubscriptionHandler, SubscriptionOptions } from './subscription.js';
import type { WaitOptions } from './wait-for.js';

/** One method per operation of the API: `PutRule` is `putRule`. Its input and output are AWS's. */
export type OperationMethods = {
  [Name in OperationName as Uncapitalize<Name>]: (
    ...input: Record<never, never> extends Operations[Name]['input']
      ? [input?: Operations[Name]['input']]
      : [input: Operations[Name]['input']]
  ) => Promise<Operations[Name]['output']>;
};

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

/** What `on` is given and answers, on a bridge and on one of its buses. */
export interface Subscribable {
  /**
   * Subscribes to the events that match a pattern. A subscription is no rule: ListRules does not list it and no quota
   * counts it. The handler gets the one envelope that all subscribers share, deeply frozen. One that throws or rejects
   * makes its delivery fail, and nothing else. Throws `InvalidEventPatternException`. A pattern of a defined event types the
   * envelope.
   */
  on<Detail = Anything, DetailType extends string = string>(
    pattern: string | PatternObject<Envelope<DetailType, Detail>>,
    handler: SubscriptionHandler<Detail, DetailType>,
    options?: SubscriptionOptions,
  ): Subscription;
}

/** One bus of a bridge, by name. */
export interface BusHandle<Event extends PublishEvent = PublishEvent> extends Subscribable {
  /** Name of the bus. */
  readonly name: string;
  /** As `publish` of the bridge, on this bus. Throws `ResourceNotFoundException` if it does not exist. */
  publish: Publish<WithoutBus<Event>>;
}

type WithoutBus<Event> = Event extends unknown ? Omit<Event, 'bus'> : never;

/**
 * Amazon EventBridge in this process. Operations answer and refuse as the service does: what it refuses as a whole is
 * thrown as a `ServiceError`. Every method may be taken off the bridge and passed on.
 * With definitions in its options, `Event` is what they define; `Time` is the clock that was given.
 */
export interface Bridge<Event extends PublishEvent = PublishEvent, Time extends Clock = Clock>
  extends OperationMethods,
    Subscribable {
  /** The account in ARNs and envelopes. */
  readonly account: string;
  /** The region in ARNs and envelopes. */
  readonly region: string;
  /** The clock of the options. */
  readonly clock: Time;

  /** Performs an operation by its AWS name. Throws `UnknownOperationException` for one that there is not. */
  invoke<Name extends OperationName>(
    name: Name,
    input?: Operations[Name]['input'],
  ): Promise<Operations[Name]['output']>;

  /**
   * Publishes one event or many, the short way: `detail` is an object, and many go in as many PutEvents requests as it
   * takes. An event without JSON text is refused before anything is sent (`ValidationException`). `PutEventsError` says
   * which events were not accepted; the others are on their way. Where PutEvents would answer `ThrottlingException` because
   * a target is full (`limits.pendingDeliveries`) it waits instead. What is sent is what the events are when it is called; of
   * very many the event loop has a turn after every few hundred, `idle` waits for all, and what others publish meanwhile may
   * come in between. An `'error'` of the strictness options throws when its request is reached. With definitions in the options
   * nothing is sent unless every event is defined (`ValidationException`) and every detail valid (`InvalidDetailError`).
   */
  publish: Publish<Event>;

  /**
   * Lets an event in that PutEvents would not: one of an AWS service, or a recorded envelope. What it lacks is filled in,
   * its id and time are kept. Answers its id. Throws `ValidationException`, and `ResourceNotFoundException` for a bus that
   * does not exist.
   */
  inject(event: PartialEnvelope, options?: { readonly bus?: string | undefined }): Promise<string>;

  /**
   * Lets recorded envelopes in, as StartReplay does with those of an archive: by the minutes of their times, each with a new
   * id and a `replay-name`, and never archived. What an envelope lacks is filled in as by `inject`. Answers the new ids, in
   * the order of the events given. Nothing is let in if one of them is not valid (`ValidationException`) or the bus does not
   * exist (`ResourceNotFoundException`); an `'error'` of the strictness options throws when its event is reached.
   */
  replay(events: readonly PartialEnvelope[], options?: ReplayOptions): Promise<string[]>;

  /**
   * Puts a function behind a target's ARN; a bare name means a Lambda function of this account and region, and what is put
   * behind it handles its versions and aliases (`bill:live`) that have no function of their own. `*` means every Lambda
   * function, of whatever account and region, that has none. It is called as Lambda calls a handler, with its own copy of the
   * event. A Lambda function that throws was delivered to all the same: it is invoked again after one and after two minutes
   * more, and then `function-error` says so. With another ARN the attempt fails, and is retried as the target's RetryPolicy
   * says. Behind the ARN of an API destination it stands for the endpoint: what it answers with a `status`, such as a
   * `Response`, fails unless that is from 200 to 299, and is retried for 401, 407, 409, 429 and from 500 on, no sooner than its
   * Retry-After says and not at all if that is negative. A second function for one ARN replaces the first: each attempt that
   * begins from then on is made by it, also of deliveries that waited for the first. Throws `ValidationException`.
   */
  handle<Event = Anything>(arnOrName: string, target: TargetFunction<Event>, options?: HandlerOptions): Handle;

  /** A bus by its name. Its `on` creates the bus if there is none. Throws `ValidationException` if no bus can have this name. */
  bus(name: string): BusHandle<Event>;

  /**
   * An SQS queue by its name or ARN. Whatever names it first makes it: a target, a DeadLetterConfig or this call. It takes
   * dead letters, and what its targets receive unless `handle` has put a function before it. Throws `ValidationException` for
   * what names no queue.
   */
  queue(arnOrName: string, options?: QueueOptions): Queue;

  /** A log group by its name or ARN, made as queues are. Throws `ValidationException` for what names no log group. */
  logs(arnOrName: string): LogGroup;

  /** Makes things go wrong on purpose. Faults end with `reset`; one that is left over at `close` is told on the console. */
  readonly faults: Faults;

  /**
   * Every delivery that an event would cause, with the exact body of each; nothing is delivered. What would go to another
   * bus is followed there. Takes what `inject` takes, and throws as it does.
   */
  plan(event: PartialEnvelope, options?: { readonly bus?: string | undefined }): Promise<PlannedDelivery[]>;

  /**
   * Resolves when nothing can happen without time passing: no delivery is under way. Rejects after 5 s of real time,
   * naming those that still run; and with what `'error'` of the strictness options has gathered since the last call.
   */
  idle(): Promise<DeliveryReport>;

  /**
   * Waits as `idle` does, and lets time pass until nothing waits for it any more: every retry has been made, and every
   * function that threw been invoked again. A virtual clock is moved on from due time to due time; on another clock what
   * waits starts at once. A handler that still runs is given a second of real time before a virtual clock is moved to its
   * timeout. Where there is no timeout to move to, it rejects as `idle` does, once nothing has happened for 5 s; and in any
   * case where deliveries have caused others 10,000 times in a row. While a virtual
   * clock is moved by it, schedules rest: what falls due then never runs.
   */
  drain(): Promise<DeliveryReport>;

  /**
   * The first event accepted on any bus that matches, out of the history or yet to come. Rejects after `timeout`
   * milliseconds with the nearest events and why each differs. Throws `InvalidEventPatternException`.
   */
  waitFor<Detail = Anything, DetailType extends string = string>(
    pattern: string | PatternObject<Envelope<DetailType, Detail>>,
    options?: WaitOptions,
  ): Promise<Envelope<DetailType, Detail>>;

  /** What was accepted, rejected, dropped, matched and delivered. */
  readonly history: History;

  /**
   * Calls back for every record of a kind, at once; observers that call back one another without end, in later turns of the
   * event loop. One that throws or rejects harms nobody; it is reported by one console line. Goes on through `reset`.
   * Throws `ValidationException` for a kind that there is not.
   */
  observe<Kind extends RecordKind>(kind: Kind, observer: (record: RecordOf<Kind>) => void): Handle;

  /**
   * Says for every rule and subscription of a bus whether an event matches, and if not, why. Delivers nothing. An event of
   * the history is explained on its own bus, another on `default` unless `options` name one; of a bus that does not exist it
   * says so. Throws `ValidationException`.
   */
  explain(event: PartialEnvelope, options?: { readonly bus?: string | undefined }): EventExplanation;

  /**
   * Which rules and subscriptions, and which branches of their patterns, no event on record has matched; and which events
   * nothing wanted. It is worked out of the history each time, for the rules that there are now: events that the history has
   * forgotten count for nothing, and neither do those that a rule got while its pattern was another.
   */
  coverage(): Coverage;

  /**
   * Makes the bridge as new: its buses, no rules, subscriptions, handlers, messages, faults or history. Deliveries under way end
   * as failed (`RESET`). Only observers stay, and what connected processes have registered.
   */
  reset(): void;

  /**
   * All that the bridge holds, as data that JSON can carry: buses, rules, targets, tags, connections, API destinations,
   * archives and what they hold, replays, the messages of queues and log groups, deliveries that have not ended, and the time.
   * Not in it are what is code (the functions of `handle`, subscriptions, observers, faults, the options) and the history. An
   * observer of `accepted` or `matched` is told before there are deliveries: a snapshot that it makes lacks those of its event.
   */
  snapshot(): Snapshot;

  /**
   * Makes the bridge hold what a snapshot holds, and nothing else. Its deliveries and replays go on where they stood: with
   * their attempts and due times, and an attempt that ran is made again. Functions of `handle` stay; so do subscriptions, on
   * buses that the snapshot has; both are to be there before, since deliveries go on at once. One to a subscription that is
   * not there, by its name, ends as failed (`UNSUBSCRIBED`). What the bridge had under way ends as failed (`RESTORED`), faults
   * end, the history begins anew, and what `queue` and `logs` answered before is no longer the bridge's. A virtual clock is put
   * to the time of the snapshot, and calls nothing for it; on any other, what has become due is due at once. Ids go on as the
   * bridge's `ids` makes them. Throws `ValidationException`, and changes nothing, for what is no snapshot of this version of
   * Footbridge, is damaged, or is of another account or region.
   */
  restore(snapshot: Snapshot): void;

  /** Empties the history and starts counting deliveries anew. */
  resetHistory(): void;

  /**
   * Waits as `drain` does, then closes: from then on every call is refused (`BridgeClosedException`). When `signal` aborts
   * it waits no longer. What has not ended by then ends as failed (`CLOSED`); if that was for running longer than `drain`
   * waits, the promise rejects. Answers what became of everything. A second call answers the same promise. Rejects with
   * `ValidationException` for a signal that is none, and closes nothing.
   */
  close(options?: { readonly signal?: AbortSignal | undefined }): Promise<DeliveryReport>;

  /** `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;

  /**
   * What there is on the bridge and how its deliveries stand, in a line. Node's `inspect` shows the same; `JSON.stringify`, and the
   * snapshots of test runners, have the names and the numbers. So it is of buses, queues, log groups, subscriptions and the history.
   */
  toString(): string;
}
