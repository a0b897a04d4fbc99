import { invalid } from '../../base/service-error.js';
import { copyJson } from '../../base/unknown-value.js';
import { pageOfNamed } from '../../core/pages.js';
import type { Host, Plugin, Taggable } from '../../core/plugin.js';
import { operationsOf } from '../../core/plugin.js';
import {
  alreadyExists,
  busNotFound,
  type EmptyResponse,
  limitExceeded,
  type OmitUndefined,
  omitUndefined,
  resourceNotFound,
} from '../../core/responses.js';
import { busTargets } from '../../targets/bus.js';
import type { TargetKind } from '../../targets/target-kind.js';
import type {
  BusSettings,
  CreateEventBusRequest,
  CreateEventBusResponse,
  DeleteEventBusRequest,
  DescribeEventBusRequest,
  DescribeEventBusResponse,
  EventBus,
  EventBusOperations,
  ListEventBusesRequest,
  ListEventBusesResponse,
  UpdateEventBusRequest,
  UpdateEventBusResponse,
} from './event-bus-api.js';
import { eventBusShapes } from './event-bus-api.js';
import type { BusRecord } from './event-bus-record.js';
import { addBus, busesOf, busNamed, busRecords, checkTags, findBus } from './event-bus-record.js';

export function createEventBus(host: Host, input: CreateEventBusRequest): CreateEventBusResponse {
  const { EventSourceName, Name: name = '' } = input;
  if (EventSourceName !== undefined) throw resourceNotFound(`Event source ${EventSourceName} does not exist.`);
  if (name.includes('/')) throw invalid("Event bus name must not contain '/'.");
  if (busesOf(host).get(name) !== undefined) throw alreadyExists(`Event bus ${name}`);
  checkTags(host, input.Tags ?? []);
  if (busesOf(host).size >= host.limit('buses')) throw limitExceeded();
  const bus = addBus(host, name, { ...settings(input), Tags: input.Tags ?? [] });
  return { EventBusArn: bus.Arn, ...settings(bus) };
}

/** What is left out stays as it is: nobody recorded what the service does. */
export function updateEventBus(host: Host, input: UpdateEventBusRequest): UpdateEventBusResponse {
  const before = findBus(host, input.Name);
  const bus = { ...before, ...settings(input), LastModifiedTime: host.clock.now() };
  busesOf(host).put(bus);
  return { Arn: bus.Arn, Name: bus.Name, ...settings(bus) };
}

export function describeEventBus(host: Host, input: DescribeEventBusRequest): DescribeEventBusResponse {
  const bus = findBus(host, input.Name);
  return { ...listed(bus), ...settings(bus) };
}

export function listEventBuses(host: Host, input: ListEventBusesRequest): ListEventBusesResponse {
  const { page, next } = pageOfNamed(busesOf(host).values(), input);
  return { EventBuses: page.map(listed), ...next };
}

/** A bus that is not there is deleted; one that is goes with its rules, targets, tags and subscriptions. */
export function deleteEventBus(host: Host, { Name = '' }: DeleteEventBusRequest): EmptyResponse {
  if (Name === 'default') throw invalid('Cannot delete event bus default.');
  busesOf(host).delete(Name);
  return {};
}

function listed({ Name, Arn, Description, Policy, CreationTime, LastModifiedTime }: BusRecord): EventBus {
  return {
    Name,
    Arn,
    ...omitUndefined({ Description, Policy }),
    CreationTime: new Date(CreationTime),
    LastModifiedTime: new Date(LastModifiedTime),
  };
}

/** A copy: what is answered may be changed, and the record is frozen. */
function settings({
  Description,
  KmsKeyIdentifier,
  DeadLetterConfig,
  LogConfig,
}: BusSettings): OmitUndefined<BusSettings> {
  return copyJson(omitUndefined({ Description, KmsKeyIdentifier, DeadLetterConfig, LogConfig }));
}

const operations = operationsOf<EventBusOperations>(eventBusShapes, {
  CreateEventBus: createEventBus,
  UpdateEventBus: updateEventBus,
  DescribeEventBus: describeEventBus,
  ListEventBuses: listEventBuses,
  DeleteEventBus: deleteEventBus,
});

/** The event buses of a bridge: `default`, and those named in its options. A bus can be the target of a rule of another bus. */
export function eventBuses(names: readonly string[] = []): Plugin<EventBusOperations> {
  return {
    name: 'eventBuses',
    operations,
    limits: { buses: 100 },
    collections: [busRecords],
    install: (host) => {
      host.store.onChange(busRecords, (before, after) => {
        if (before === undefined && after !== undefined) host.routes.addBus(after.Name);
        if (before !== undefined && after === undefined) host.routes.removeBus(before.Name);
      });
      return {
        ready: () => {
          for (const name of new Set(['default', ...names])) addBus(host, name);
        },
        targetKinds: [busTargetKind(host)],
        findTaggable: (resource, isLocal) => findTaggableBus(host, resource, isLocal),
      };
    },
  };
}

function busTargetKind(host: Host): TargetKind {
  return {
    ...busTargets({
      find: (arn) => busNamed(host, arn),
      ingest: (event, origin) => host.ingestDeferred(() => event, origin),
    }),
    // Both are known to be refused; the sentences are Footbridge's.
    check: ({ Id, Arn, RetryPolicy }, busArn) => {
      if (Arn === busArn) throw invalid(`Target ${Id} must not be the event bus of its own rule.`);
      if (RetryPolicy !== undefined) throw invalid(`RetryPolicy is not supported for target ${Id}, an event bus.`);
    },
  };
}

function findTaggableBus(host: Host, resource: string, isLocal: boolean): Taggable | undefined {
  if (!resource.startsWith('event-bus/')) return undefined;
  const name = resource.slice('event-bus/'.length);
  const bus = isLocal ? busesOf(host).get(name) : undefined;
  if (bus === undefined) throw busNotFound(name);
  return { tags: bus.Tags, setTags: (tags) => busesOf(host).put({ ...bus, Tags: tags }) };
}
