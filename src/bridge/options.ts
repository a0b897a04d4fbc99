import { type Clock, type Duration, systemClock } from '../base/clock/clock.js';
import { randomIds } from '../base/random.js';
import type { DefinedEvent } from '../contracts/event-definition.js';
import type {
  DeadLetteredRecord,
  DroppedRecord,
  FailedRecord,
  FunctionErrorRecord,
  HistoryRecord,
  InvalidDetailRecord,
  UnmatchedRecord,
} from '../history/record.js';

/**
 * What to do about something that AWS passes over in silence: nothing; one console line for each distinct cause; an
 * error; or what your function does with the record, where an error that it throws counts as `'error'` does.
 */
export type ViolationPolicy<Rec extends HistoryRecord> = 'ignore' | 'warn' | 'error' | ((record: Rec) => void);

/** What every bridge can be told. */
export interface CommonOptions<Event extends DefinedEvent = DefinedEvent, Time extends Clock = Clock> {
  /** Account in ARNs and envelopes: 12 digits. `123456789012`. */
  readonly account?: string | undefined;
  /** Region in ARNs and envelopes, such as `eu-west-1`. `us-east-1`. */
  readonly region?: string | undefined;
  /** Names of buses to create beside `default`. None. */
  readonly buses?: readonly string[] | undefined;
  /** Where the bridge reads the time, and what it waits by. `systemClock`; `virtualClock()` in tests. */
  readonly clock?: Time | undefined;
  /** Makes the ids of events: texts that are not empty. `randomIds`; `sequentialIds()` in tests. */
  readonly ids?: (() => string) | undefined;
  /** A number from 0 up to 1, for what is left to chance: how long a retry waits. `Math.random`. */
  readonly random?: (() => number) | undefined;
  /**
   * An event went to a bus that does not exist: AWS accepts and drops it. With `'error'` the call throws
   * `ResourceNotFoundException` and none of its entries takes effect. `'ignore'`.
   */
  readonly onUnknownBus?: ViolationPolicy<DroppedRecord> | undefined;
  /**
   * An event matched no rule and no subscription. With `'error'` the call throws `UnmatchedEventException` and none of
   * its entries takes effect. `'ignore'`.
   */
  readonly onUnmatchedEvent?: ViolationPolicy<UnmatchedRecord> | undefined;
  /** Nothing handles the ARN of a target. With `'error'` the next `idle`, `drain` or `close` rejects. `'warn'`. */
  readonly onUnhandledTarget?: ViolationPolicy<FailedRecord | DeadLetteredRecord> | undefined;
  /**
   * A delivery has failed, retries and all, and there is no dead-letter queue; or a Lambda function threw each time. With
   * `'error'` the next `idle`, `drain` or `close` rejects. `'warn'`.
   */
  readonly onFailedDelivery?: ViolationPolicy<FailedRecord | FunctionErrorRecord> | undefined;
  /**
   * What `defineEvent` answered, for each kind of event that `publish` is to take: then it refuses every other one
   * (`ValidationException`). Details are checked against the schemas, also of events that come in by PutEvents or `inject`.
   * Without definitions everything is taken, as by AWS.
   */
  readonly events?: readonly Event[] | undefined;
  /**
   * The detail of an event is not what its definition wants. `publish` asks before it sends: with `'error'` it rejects with
   * an `InvalidDetailError`, and nothing is sent. An event that comes in otherwise stays in, as on AWS, and with `'error'` is
   * recorded only; what your function throws of it the next `idle`, `drain` or `close` rejects with. `'error'`.
   */
  readonly onInvalidDetail?: ViolationPolicy<InvalidDetailRecord> | undefined;
  /** AWS's quotas, those that you want otherwise: whole numbers from 1 on, or Infinity; `replayDelay` is a time. */
  readonly limits?: Partial<Limits> | undefined;
}

/** The options of `createBridge`. */
export interface BridgeOptions<Event extends DefinedEvent = DefinedEvent, Time extends Clock = Clock>
  extends CommonOptions<Event, Time> {
  /**
   * How many events the history keeps, and as many calls; 0 keeps none, Infinity all.
   *
   * @defaultValue 10,000
   */
  readonly history?: number | undefined;
}

/** The quotas of a bridge. AWS's are the defaults; each can be raised or lowered. */
export interface Limits {
  /** The entries of one PutEvents request must be smaller in all. 1,048,576 bytes. */
  readonly requestBytes: number;
  /** Event buses, `default` among them. 100. */
  readonly buses: number;
  /** Rules on one bus. 300. */
  readonly rulesPerBus: number;
  /** Rules on one bus whose pattern has a wildcard. 30. */
  readonly wildcardRulesPerBus: number;
  /** Targets of one rule. 5. */
  readonly targetsPerRule: number;
  /** Tags of one bus or rule. 50. */
  readonly tagsPerResource: number;
  /** Length of the policy of a bus in characters. 10,240. */
  readonly policyCharacters: number;
  /** Connections. 3,000. */
  readonly connections: number;
  /** API destinations. 3,000. */
  readonly apiDestinations: number;
  /** Replays that are starting or running. 10. */
  readonly activeReplays: number;
  /**
   * How long a replay is STARTING before it begins, on the clock of the bridge: milliseconds, or a text such as `'60s'`, which is about
   * what AWS takes. 0: it begins at once.
   */
  readonly replayDelay: Duration;
  /** Length of an event pattern in characters. 2,048; the API never takes more than 4,096. */
  readonly patternCharacters: number;
  /**
   * Deliveries to one target that have not ended. 10,000. Above it PutEvents returns `ThrottlingException` for the
   * entries that match the target, and `publish` waits; what comes by a replay, a schedule, another bus or `inject` is accepted
   * all the same. Footbridge's own.
   */
  readonly pendingDeliveries: number;
}

/** Options with nothing left open. */
export type Settings = { readonly [Name in keyof CommonOptions]-?: Exclude<CommonOptions[Name], undefined> } & {
  /** By their names, those of the plugins of the bridge. */
  readonly limits: Readonly<Record<string, number>>;
};

export const defaults: Omit<Settings, 'limits'> = {
  account: '123456789012',
  region: 'us-east-1',
  buses: [],
  clock: systemClock,
  ids: randomIds,
  random: Math.random,
  onUnknownBus: 'ignore',
  onUnmatchedEvent: 'ignore',
  onUnhandledTarget: 'warn',
  onFailedDelivery: 'warn',
  events: [],
  onInvalidDetail: 'error',
};
