import { makeArn } from '../base/arn.js';
import { ServiceError } from '../base/service-error.js';
import type { BusRecord, DeadLetterConfig, LogConfig, Tag } from '../state/bus-record.js';
import { findBus } from './find-record.js';
import type { OperationContext } from './operation-context.js';
import { invalid, limitExceeded } from './refusals.js';

/** The input of CreateEventBus. */
export interface CreateEventBusRequest {
  /** 1 to 256 letters, digits, dots, dashes and underscores. */
  readonly Name: string | undefined;
  /** For partner buses, which a Bridge does not have. */
  readonly EventSourceName?: string | undefined;
  readonly Description?: string | undefined;
  readonly KmsKeyIdentifier?: string | undefined;
  readonly DeadLetterConfig?: DeadLetterConfig | undefined;
  readonly LogConfig?: LogConfig | undefined;
  readonly Tags?: readonly Tag[] | undefined;
}

/** The output of CreateEventBus. */
export interface CreateEventBusResponse {
  EventBusArn: string;
  Description?: string;
  KmsKeyIdentifier?: string;
  DeadLetterConfig?: DeadLetterConfig;
  LogConfig?: LogConfig;
}

/** The input of DescribeEventBus. */
export interface DescribeEventBusRequest {
  /** Name or ARN; `default` if absent. */
  readonly Name?: string | undefined;
}

/** The output of DescribeEventBus. */
export interface DescribeEventBusResponse {
  Name: string;
  Arn: string;
  Description?: string;
  KmsKeyIdentifier?: string;
  DeadLetterConfig?: DeadLetterConfig;
  LogConfig?: LogConfig;
  CreationTime: Date;
  LastModifiedTime: Date;
}

export function createEventBus(context: OperationContext, input: CreateEventBusRequest): CreateEventBusResponse {
  const { EventSourceName, Name: name = '' } = input;
  if (EventSourceName !== undefined) {
    throw new ServiceError('ResourceNotFoundException', `Event source ${EventSourceName} does not exist.`);
  }
  if (name.includes('/')) throw invalid("Event bus name must not contain '/'.");
  if (context.store.buses.get(name) !== undefined) {
    throw new ServiceError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
  }
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

export function describeEventBus(context: OperationContext, input: DescribeEventBusRequest): DescribeEventBusResponse {
  const bus = findBus(context, input.Name);
  return {
    Name: bus.Name,
    Arn: bus.Arn,
    ...settings(bus),
    CreationTime: new Date(bus.CreationTime),
    LastModifiedTime: new Date(bus.LastModifiedTime),
  };
}

type Settings = Pick<CreateEventBusResponse, 'Description' | 'KmsKeyIdentifier' | 'DeadLetterConfig' | 'LogConfig'>;

/** What a bus may have or not have; absent members stay absent. */
function settings({
  Description,
  KmsKeyIdentifier,
  DeadLetterConfig,
  LogConfig,
}: Omit<CreateEventBusRequest, 'Name'>): Settings {
  return {
    ...(Description === undefined ? {} : { Description }),
    ...(KmsKeyIdentifier === undefined ? {} : { KmsKeyIdentifier }),
    ...(DeadLetterConfig === undefined ? {} : { DeadLetterConfig }),
    ...(LogConfig === undefined ? {} : { LogConfig }),
  };
}
