import { type Clock, systemClock } from '../base/clock/clock.js';
import { randomIds } from '../base/random.js';
import type { DefinedEvent } from '../contracts/event-definition.js';
import type { Limits } from '../core/old-context.js';
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

/** How a bridge is to be. Everything may be left out. */
export interface BridgeOptions<Event extends DefinedEvent = DefinedEvent, Time extends Clock = Clock> {
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
  /** How many events the history keeps, and as many calls; 0 keeps none, Infinity all. 10,000. */
  readonly history?: number | undefined;
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
  /** AWS's quotas, those that you want otherwise: whole numbers from 1 on, or Infinity. */
  readonly limits?: Partial<Limits> | undefined;
}

/** Options with nothing left open. */
export type Settings = { readonly [Name in keyof BridgeOptions]-?: Exclude<BridgeOptions[Name], undefined> } & {
  readonly limits: Limits;
};

export const defaultLimits: Limits = {
  requestBytes: 1_048_576,
  buses: 100,
  rulesPerBus: 300,
  wildcardRulesPerBus: 30,
  targetsPerRule: 5,
  tagsPerResource: 50,
  policyCharacters: 10_240,
  connections: 3000,
  apiDestinations: 3000,
  activeReplays: 10,
  patternCharacters: 2048,
  pendingDeliveries: 10_000,
};

export const defaults: Settings = {
  account: '123456789012',
  region: 'us-east-1',
  buses: [],
  clock: systemClock,
  ids: randomIds,
  random: Math.random,
  history: 10_000,
  onUnknownBus: 'ignore',
  onUnmatchedEvent: 'ignore',
  onUnhandledTarget: 'warn',
  onFailedDelivery: 'warn',
  events: [],
  onInvalidDetail: 'error',
  limits: defaultLimits,
};
