import { makeArn } from '../base/arn.js';
import { invalid } from '../base/service-error.js';
import { copyJson } from '../base/unknown-value.js';
import type { BusRecord, DeadLetterConfig, LogConfig } from '../state/bus-record.js';
import type { Tag } from '../state/tag.js';
import { type Defined, defined } from './defined.js';
import { findBus } from './find-record.js';
import type { Nothing } from './nothing.js';
import type { OperationContext } from './operation-context.js';
import { type NamedPageRequest, pageOfNamed } from './page.js';
import { alreadyExists, limitExceeded, notFound } from './refusals.js';
import { checkTags } from './tags.js';

/** What can be set on a bus. All of it is kept and given back; a Bridge encrypts and logs nothing. */
interface BusSettings {
  /** At most 512 characters. */
  readonly Description?: string | undefined;
  readonly KmsKeyIdentifier?: string | undefined;
  readonly DeadLetterConfig?: DeadLetterConfig | undefined;
  readonly LogConfig?: LogConfig | undefined;
}

/** The input of CreateEventBus. */
export interface CreateEventBusRequest extends BusSettings {
  /** 1 to 256 letters, digits, dots, dashes and underscores. */
  readonly Name: string | undefined;
  /** For partner buses, which a Bridge does not have. */
  readonly EventSourceName?: string | undefined;
  readonly Tags?: readonly Tag[] | undefined;
}

/** The output of CreateEventBus. */
export interface CreateEventBusResponse extends Defined<BusSettings> {
  EventBusArn: string;
}

/** The input of UpdateEventBus. */
export interface UpdateEventBusRequest extends BusSettings {
  /** `default` if absent. */
  readonly Name?: string | undefined;
}

/** The output of UpdateEventBus. */
export interface UpdateEventBusResponse extends Defined<BusSettings> {
  Arn: string;
  Name: string;
}

/** The input of DescribeEventBus. */
export interface DescribeEventBusRequest {
  /** Name or ARN; `default` if absent. */
  readonly Name?: string | undefined;
}

/** A bus, as ListEventBuses lists it. */
export interface EventBus {
  Name: string;
  Arn: string;
  Description?: string;
  /** The text of its policy document, if it has one. */
  Policy?: string;
  CreationTime: Date;
  /** When it was last updated, or its policy changed. */
  LastModifiedTime: Date;
}

/** The output of DescribeEventBus. */
export interface DescribeEventBusResponse extends EventBus, Defined<Omit<BusSettings, 'Description'>> {}

/** The input of ListEventBuses. */
export interface ListEventBusesRequest extends NamedPageRequest {}

/** The output of ListEventBuses. */
export interface ListEventBusesResponse {
  /** By name. */
  EventBuses: EventBus[];
  /** There if, and only if, more buses follow. */
  NextToken?: string;
}

/** The input of DeleteEventBus. */
export interface DeleteEventBusRequest {
  readonly Name: string | undefined;
}

export function createEventBus(context: OperationContext, input: CreateEventBusRequest): CreateEventBusResponse {
  const { EventSourceName, Name: name = '' } = input;
  if (EventSourceName !== undefined) throw notFound(`Event source ${EventSourceName} does not exist.`);
  if (name.includes('/')) throw invalid("Event bus name must not contain '/'.");
  if (context.store.buses.get(name) !== undefined) throw alreadyExists(`Event bus ${name}`);
  checkTags(context, input.Tags ?? []);
  if (context.store.buses.size >= context.limits.buses) throw limitExceeded();
  const bus = addBus(context, name, input);
  return { EventBusArn: bus.Arn, ...settings(bus) };
}

/** Makes a bus without asking for quotas. */
export function addBus(
  context: Pick<OperationContext, 'clock' | 'home' | 'store'>,
  name: string,
  input: Omit<CreateEventBusRequest, 'Name'> = {},
): BusRecord {
  const now = context.clock.now();
  const bus: BusRecord = {
    Name: name,
    Arn: makeArn(context.home, 'events', `event-bus/${name}`),
    ...settings(input),
    Tags: input.Tags ?? [],
    CreationTime: now,
    LastModifiedTime: now,
  };
  context.store.buses.put(bus);
  return bus;
}

/** What is left out stays as it is: nobody recorded what the service does. */
export function updateEventBus(context: OperationContext, input: UpdateEventBusRequest): UpdateEventBusResponse {
  const before = findBus(context, input.Name);
  const bus = { ...before, ...settings(input), LastModifiedTime: context.clock.now() };
  context.store.buses.put(bus);
  return { Arn: bus.Arn, Name: bus.Name, ...settings(bus) };
}

export function describeEventBus(context: OperationContext, input: DescribeEventBusRequest): DescribeEventBusResponse {
  const bus = findBus(context, input.Name);
  return { ...listed(bus), ...settings(bus) };
}

export function listEventBuses({ store }: OperationContext, input: ListEventBusesRequest): ListEventBusesResponse {
  const { page, next } = pageOfNamed(store.buses.values(), input);
  return { EventBuses: page.map(listed), ...next };
}

/** A bus that is not there is deleted; one that is goes with its rules, targets, tags and subscriptions. */
export function deleteEventBus({ store }: OperationContext, { Name = '' }: DeleteEventBusRequest): Nothing {
  if (Name === 'default') throw invalid('Cannot delete event bus default.');
  store.buses.delete(Name);
  return {};
}

function listed({ Name, Arn, Description, Policy, CreationTime, LastModifiedTime }: BusRecord): EventBus {
  return {
    Name,
    Arn,
    ...defined({ Description, Policy }),
    CreationTime: new Date(CreationTime),
    LastModifiedTime: new Date(LastModifiedTime),
  };
}

/** A copy: what is answered may be changed, and the record is frozen. */
function settings({ Description, KmsKeyIdentifier, DeadLetterConfig, LogConfig }: BusSettings): Defined<BusSettings> {
  return copyJson(defined({ Description, KmsKeyIdentifier, DeadLetterConfig, LogConfig }));
}
