import type { AccountRegion } from '../base/arn.js';
import type { Clock, SchedulingClock } from '../base/clock/clock.js';
import type { JsonShape } from '../base/json/json-shape.js';
import type { DeliveryEvents, Dispatcher } from '../delivery/dispatcher.js';
import type { Receiver, Recipient, RecipientQueue } from '../delivery/recipient.js';
import type { Route } from '../delivery/route.js';
import type { BusEvent } from '../events/bus-event.js';
import type { PutEventsRequestEntry } from '../events/entry.js';
import type { Ingest, Origin } from '../events/ingest.js';
import type { EntryError } from '../events/validate-entry.js';
import type { OperationCall } from '../history/call-log.js';
import type { EventHistory } from '../history/history.js';
import type { Structure } from '../model/shape.js';
import type { Tag, TargetRecord } from '../model/target.js';
import type { EventMatcher } from '../patterns/index/event-matcher.js';
import type { HandledFunction } from '../targets/handlers.js';
import type { Citation, RuleTarget, TargetKind } from '../targets/target-kind.js';
import type { CollectionType, Store } from './collections.js';
import type { RoutingPlan, RoutingReport } from './routing-plan.js';
import type { RoutingTable } from './routing-table.js';

/**
 * What adds itself to a bridge: a kind of resource, a kind of target, or a way to look into the bridge. The host knows no plugin by
 * name; a plugin is everything that one folder adds, and nothing outside its folder changes with it but the list of plugins.
 */
export interface Plugin<Methods extends object = object, Members extends object = object> {
  /** The name of the function that makes it. */
  readonly name: string;
  /** Never there: carry the types of what the bridge gets. */
  readonly types?: { readonly operations: Methods; readonly members: Members };
  /** Names of the plugins that it does not work without. */
  readonly requires?: readonly string[];
  /** By the operation's name; each becomes a method of the bridge. */
  readonly operations?: OperationSet;
  /** The quotas that it enforces, with AWS's defaults. */
  readonly limits?: Readonly<Record<string, number>>;
  /** Collections whose records are the whole state of the plugin: they are saved and loaded by the host. */
  readonly collections?: readonly CollectionType[];
  /** Other state, by its name in a snapshot: what it must be like. `save` and `load` of the part go with it. */
  readonly state?: Readonly<Record<string, JsonShape>>;
  /** State that a snapshot may lack. */
  readonly optionalState?: Readonly<Record<string, JsonShape>>;
  /** Members of the bridge beside the operations. Called once for a bridge. */
  members?(bridge: BridgeAccess): Members;
  /** Called once for each host: `reset` and `restore` make a new one. */
  install?(host: Host): Part;
}

/** What a plugin does in one host. */
export interface Part {
  /** What other plugins use of it: see `ServiceKey`. */
  readonly service?: object;
  /** Called once all plugins are installed. */
  ready?(): void;
  readonly targetKinds?: readonly TargetKind[];
  /** Takes part in PutEvents before anything takes effect. */
  readonly interceptor?: EntryInterceptor;
  /** Wraps what receives the deliveries to a target. */
  wrapReceiver?(receiver: Receiver, target: RuleTarget): Receiver;
  /** A resource of the account with tags, by the end of its ARN; throws if there is no such resource, or it is not local. */
  findTaggable?(resource: string, isLocal: boolean): Taggable | undefined;
  /** Stops what happens by itself, until the function that it returns is called. */
  pause?(): () => void;
  /** Nothing happens by itself any more; what pauses this part pauses the next one. */
  handOverTo?(next: Part): void;
  /** Faults that were prepared and never happened, for the warning at `close`. */
  unfired?(): readonly string[];
  save?(): Readonly<Record<string, unknown>>;
  /** Loads what `save` returned, which has the shape of `state`. */
  load?(state: object): void;
  /** Resumes what was under way when the state was saved. Throws nothing. */
  resume?(): void;
}

/** A resource that can have tags. */
export interface Taggable {
  readonly tags: readonly Tag[];
  setTags(tags: readonly Tag[]): void;
}

/** Names the service of a plugin, and says what is refused where that plugin is absent. */
export interface ServiceKey<Service extends object> {
  readonly plugin: string;
  /** Never there: carries the type. */
  readonly service?: Service;
}

/** Makes the recipient of a target of a rule. */
export type RecipientFor = (
  rule: { readonly Name: string; readonly Arn: string },
  target: TargetRecord,
  recipientQueue: RecipientQueue,
) => Recipient;

/** What the methods of a plugin are made from. */
export interface BridgeAccess {
  /** The clock of the options. */
  readonly clock: Clock;
  /** The host of now; throws `BridgeClosedException` once the bridge is closed. */
  readonly openHost: () => Host;
  /** The host of now, also of a bridge that is closed. */
  readonly host: () => Host;
  /** Records all that happens from now on. */
  readonly setHistory: (history: EventHistory, describeNearest: DescribeNearest) => void;
  readonly history: () => EventHistory | undefined;
  /** Empties the history and starts counting deliveries anew. */
  readonly resetHistory: () => void;
  /** Puts another host in place of the one of now, whose deliveries then end as failed. What `prepare` throws, it throws. */
  readonly replaceHost: (errorCode: string, errorMessage: string, prepare: PrepareHost) => void;
  /** Adds what functions beside the bridge use of it. */
  readonly addInternals: (internals: object) => void;
}

/** Makes the next host, which may keep the code of the one before. Nothing of it goes on before `resume`. */
export type PrepareHost = (before: Host, create: () => Host) => { readonly host: Host; resume(): void };

/** Says what was accepted instead of what a pattern wants, and why each of the nearest events differs. */
export type DescribeNearest = (pattern: string | object) => string;

/** One operation of the API. */
export interface Operation {
  /** What its input must be like. */
  readonly shape: Structure;
  /** Performs it on an input that has the shape. */
  readonly perform: (host: Host, input: never, caller?: PutEventsCaller) => object | Promise<object>;
}

/** Operations by their names. */
export type OperationSet = Readonly<Record<string, Operation>>;

/** What performs the operations that an interface of methods is made of: `createArchive` is `CreateArchive`. */
type PerformersOf<Methods> = {
  readonly [Method in keyof Methods as Capitalize<Method & string>]: (
    host: Host,
    input: NonNullable<InputOf<Methods[Method]>>,
    caller?: PutEventsCaller,
  ) => OutputOf<Methods[Method]> | Promise<OutputOf<Methods[Method]>>;
};

/** The operations of an interface of methods: the shape of each input, and what performs it. */
export function operationsOf<Methods>(
  shapes: { readonly [Name in keyof PerformersOf<Methods>]: Structure },
  performers: PerformersOf<Methods>,
): OperationSet {
  const names = Object.keys(performers) as (keyof PerformersOf<Methods>)[];
  return Object.fromEntries(names.map((name) => [name, { shape: shapes[name], perform: performers[name] as never }]));
}

/** The input of an operation's method. */
export type InputOf<Method> = Method extends (input: infer Input) => Promise<unknown> ? Input : never;

/** The output of an operation's method. */
export type OutputOf<Method> = Method extends (input: never) => Promise<infer Output> ? Output : never;

/** The operations that plugins add to a bridge, as methods. */
export type OperationMethodsOf<Plugins extends readonly Plugin[]> = Plugins extends readonly []
  ? object
  : Intersection<NonNullable<Plugins[number]['types']>['operations']>;

/** The other members that plugins add to a bridge. */
export type MembersOf<Plugins extends readonly Plugin[]> = Intersection<
  NonNullable<Plugins[number]['types']>['members']
>;

/** The input and output of each operation, by its name. */
export type OperationTypes<Methods> = {
  readonly [Method in keyof Methods as Capitalize<Method & string>]: {
    input: NonNullable<InputOf<Methods[Method]>>;
    output: OutputOf<Methods[Method]>;
  };
};

/** The input and output of an operation. */
export interface OperationType {
  input: unknown;
  output: unknown;
}

type Intersection<Union> = (Union extends unknown ? (value: Union) => void : never) extends (
  value: infer Members,
) => void
  ? Members
  : never;

/** What a host is given. */
export interface Environment {
  readonly home: AccountRegion;
  /** Throws where the clock of the options fails: for what a caller waits for. */
  readonly clock: SchedulingClock;
  /** Never throws: for what no caller waits for. */
  readonly safeClock: SchedulingClock;
  readonly ids: () => string;
  /** Never throws. */
  readonly random: () => number;
  readonly limits: Readonly<Record<string, number>>;
  readonly createMatcher: () => EventMatcher<Route>;
  /** Handlers by ARN. */
  readonly functions: Map<string, HandledFunction>;
  /** What templates say, by ARN. */
  readonly templateSources: Map<string, Citation>;
  readonly report: RoutingReport;
  readonly deliveries: DeliveryEvents;
  /** Told of every call, once it is answered or refused. */
  readonly onCall: (call: OperationCall) => void;
  /** Keeps what is thrown where no call is there to throw it. */
  readonly capture: (work: () => void) => void;
  readonly absentPlugins: AbsentPlugins;
}

/** Names the plugins that a bridge could have and has not. */
export interface AbsentPlugins {
  /** The one that has this operation. */
  ofOperation(name: string): string | undefined;
  /** The one that knows targets with this ARN. */
  ofTarget(arn: string): string | undefined;
}

/** What plugins work with: everything of a bridge that `reset` makes anew. */
export interface Host extends Environment {
  readonly store: Store;
  readonly routes: RoutingTable;
  readonly inFlight: Dispatcher;
  readonly operations: OperationSet;
  readonly plugins: readonly Plugin[];
  readonly parts: readonly Part[];
  /** By the names of their plugins. */
  readonly partsByName: ReadonlyMap<string, Part>;
  readonly interceptors: readonly EntryInterceptor[];
  readonly recipientFor: RecipientFor;
  /** Lets an event in. Throws what a violation policy objects to. */
  readonly ingest: Ingest;
  /** The same for what has no caller: errors are deferred. With `rules`, the event is for none but these. */
  readonly ingestDeferred: (makeEvent: () => BusEvent, origin: Origin, rules?: ReadonlySet<string>) => void;
  /** The quota of this name, which one of the plugins declares. */
  limit(name: string): number;
  has(plugin: string): boolean;
  /** What a plugin offers to others; `undefined` if it is absent. */
  find<Service extends object>(key: ServiceKey<Service>): Service | undefined;
  /** The same; throws a ValidationException that names the plugin, for `what` needs it. */
  require<Service extends object>(key: ServiceKey<Service>, what: string): Service;
  targetKind(arn: string): TargetKind | undefined;
}

/** A caller of PutEvents that waits for capacity instead of being throttled, and has checked the details itself. */
export interface PutEventsCaller {
  /** Told which entry was not taken since this recipient is full: it is not rejected. */
  onFull(index: number, recipientQueue: RecipientQueue): void;
}

/** Takes part in PutEvents before anything takes effect. */
export interface EntryInterceptor {
  /** Throws what the whole call is to fail with. */
  beforeCall(): void;
  /** Replaces decisions. */
  injectErrors(entries: readonly PutEventsRequestEntry[], decisions: EntryDecision[]): void;
}

/** What becomes of an entry. */
export type EntryDecision =
  | { readonly kind: 'accepted'; readonly plan: RoutingPlan }
  | { readonly kind: 'rejected'; readonly issue: EntryError }
  | { readonly kind: 'full'; readonly recipient: Recipient };
