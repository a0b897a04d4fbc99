import { type AccountRegion, makeArn, parseArn } from '../../base/arn.js';
import { invalid } from '../../base/service-error.js';
import { copyJson } from '../../base/unknown-value.js';
import { pageOfNamed } from '../../core/pages.js';
import { type Host, operationsOf, type Plugin, type Taggable } from '../../core/plugin.js';
import {
  alreadyExists,
  busNotFound,
  type EmptyResponse,
  limitExceeded,
  type OmitUndefined,
  omitUndefined,
  resourceNotFound,
} from '../../core/responses.js';
import { checkDeadLetterQueueArn, malformedArn } from '../../core/service-arn.js';
import { busTargets } from '../../targets/bus.js';
import type { TargetKind } from '../../targets/target-kind.js';
import {
  type BusSettings,
  type CreateEventBusRequest,
  type CreateEventBusResponse,
  type DeleteEventBusRequest,
  type DescribeEventBusRequest,
  type DescribeEventBusResponse,
  type EventBus,
  type EventBusOperations,
  eventBusShapes,
  type ListEventBusesRequest,
  type ListEventBusesResponse,
  type UpdateEventBusRequest,
  type UpdateEventBusResponse,
} from './event-bus-api.js';
import {
  addBus,
  type BusRecord,
  busesOf,
  busNamed,
  busNameOfOtherRegion,
  busRecords,
  busRules,
  checkTags,
  findBus,
} from './event-bus-record.js';

export function createEventBus(host: Host, input: CreateEventBusRequest): CreateEventBusResponse {
  const { EventSourceName, Name: name = '' } = input;
  if (EventSourceName !== undefined) {
    if (name !== EventSourceName) throw invalid('Event bus name must match event source name.');
    throw resourceNotFound(`Event source ${EventSourceName} does not exist.`);
  }
  if (name.includes('/')) throw invalid("Event bus name must not contain '/'.");
  if (busesOf(host).get(name) !== undefined) throw alreadyExists(`Event bus ${name}`);
  const given = checkedSettings(host, input);
  checkTags(host, input.Tags ?? []);
  if (busesOf(host).size >= host.limit('buses')) throw limitExceeded();
  const bus = addBus(host, name, { ...settings(given), Tags: input.Tags ?? [] });
  return { EventBusArn: bus.Arn, ...settings(bus) };
}

/** What is left out stays as it is: that is not captured. An empty key or queue takes it away. */
export function updateEventBus(host: Host, input: UpdateEventBusRequest): UpdateEventBusResponse {
  const before = findBus(host, input.Name);
  const bus = { ...before, ...checkedSettings(host, input), LastModifiedTime: host.clock.now() };
  busesOf(host).put(bus);
  return { Arn: bus.Arn, Name: bus.Name, ...settings(bus) };
}

export function describeEventBus(host: Host, input: DescribeEventBusRequest): DescribeEventBusResponse {
  if (busNameOfOtherRegion(host, input.Name) !== undefined) throw invalid('Cross-region api call is not allowed.');
  const bus = findBus(host, input.Name);
  return { ...listed(bus), ...settings(bus) };
}

export function listEventBuses(host: Host, input: ListEventBusesRequest): ListEventBusesResponse {
  const { page, next } = pageOfNamed(busesOf(host).values(), input);
  return { EventBuses: page.map(listed), ...next };
}

/** A bus that is not there is deleted; one that is goes with its tags and subscriptions. */
export function deleteEventBus(host: Host, { Name = '' }: DeleteEventBusRequest): EmptyResponse {
  if (Name === 'default') throw invalid('Cannot delete event bus default.');
  if (host.find(busRules)?.hasRules(Name)) throw invalid("EventBus can't be deleted since it has rules.");
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

/** What was given, as it is kept: a member is there, though undefined, if it is to be taken away. Throws for what AWS rejects. */
function checkedSettings(host: Host, input: BusSettings): BusSettings {
  const { KmsKeyIdentifier: key, DeadLetterConfig: queue } = input;
  const { Description, LogConfig } = input;
  if (queue !== undefined) {
    if (queue.Arn === undefined) {
      throw invalid(
        'Parameter DeadLetterConfig.Arn is not valid. Reason: Provide a valid SQS queue ARN, or an empty string to remove the dead-letter queue configuration.',
      );
    }
    if (queue.Arn !== '') checkDeadLetterQueueArn(host.home, queue.Arn);
  }
  return {
    ...omitUndefined({ Description, LogConfig }),
    ...(key === undefined ? {} : { KmsKeyIdentifier: key === '' ? undefined : checkedKey(host.home, key) }),
    ...(queue === undefined ? {} : { DeadLetterConfig: queue.Arn === '' ? undefined : queue }),
  };
}

const keyId = /^(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** A key by its id or ARN as it is, by its alias as the alias's ARN. Whether there is such a key is not known here. */
function checkedKey(home: AccountRegion, given: string): string {
  const key = given.startsWith('alias/') ? makeArn(home, 'kms', given) : given;
  const arn = parseArn(key);
  if (arn?.service === 'kms' && /^(?:key|alias(?!\/aws\/))\/./u.test(arn.resource)) return key;
  if (arn !== undefined) throw malformedArn(key);
  if (keyId.test(key)) return key;
  throw invalid(
    `Parameter Invalid keyId ${key} (Service: Kms, Status Code: 400, Request ID: ${noRequestId}) (SDK Attempt Count: 1) is not valid.`,
  );
}

/** Nothing is requested of KMS. */
const noRequestId = '00000000-0000-0000-0000-000000000000';

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
    check: ({ Arn, RetryPolicy }, busArn) => {
      if (Arn === busArn) throw invalid('Source EventBus and Target EventBus must not be the same.');
      if (RetryPolicy !== undefined) throw invalid('Retry policy is not supported for Event bus targets.');
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
