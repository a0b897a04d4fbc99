import { makeArn } from '../../base/arn.js';
import { invalid, ServiceError } from '../../base/service-error.js';
import { pageOfNamed } from '../../core/pages.js';
import { type Host, operationsOf, type Plugin } from '../../core/plugin.js';
import {
  alreadyExists,
  type EmptyResponse,
  limitExceeded,
  omitUndefined,
  resourceNotFound,
} from '../../core/responses.js';
import { uniqueSuffix } from '../../core/service-arn.js';
import { apiDestinationTargets } from '../../targets/api-destination.js';
import { isHttpsEndpoint } from '../connections/connection-parameters.js';
import { type ConnectionRecord, connectionRecords, connectionsOf } from '../connections/connection-record.js';
import { connectionState } from '../connections/connections.js';
import type {
  ApiDestination,
  ApiDestinationByName,
  ApiDestinationOperations,
  ChangeApiDestinationResponse,
  CreateApiDestinationRequest,
  DescribeApiDestinationResponse,
  ListApiDestinationsRequest,
  ListApiDestinationsResponse,
  UpdateApiDestinationRequest,
} from './api-destination-api.js';
import {
  type ApiDestinationRecord,
  apiDestinationRecords,
  apiDestinationShapes,
  apiDestinationsOf,
} from './api-destination-record.js';

export function createApiDestination(host: Host, input: CreateApiDestinationRequest): ChangeApiDestinationResponse {
  const { clock, home, ids } = host;
  const { Name = '', ConnectionArn = '', InvocationEndpoint = '', HttpMethod = 'POST' } = input;
  const { InvocationRateLimitPerSecond = maxRate, Description } = input;
  if (apiDestinationsOf(host).get(Name) !== undefined)
    throw alreadyExists(`${failed('create')} An api-destination with name '${Name}'`);
  checkSettings(host, 'create', Name, input);
  if (apiDestinationsOf(host).size >= host.limit('apiDestinations')) throw limitExceeded();
  const now = clock.now();
  const destination: ApiDestinationRecord = {
    Name,
    ApiDestinationArn: makeArn(home, 'events', `api-destination/${Name}/${uniqueSuffix(ids)}`),
    ...(Description ? { Description } : {}),
    ConnectionArn,
    InvocationEndpoint,
    HttpMethod,
    InvocationRateLimitPerSecond,
    CreationTime: now,
    LastModifiedTime: now,
  };
  apiDestinationsOf(host).put(destination);
  return changed(host, destination);
}

/** What is left out stays as it is. */
export function updateApiDestination(host: Host, input: UpdateApiDestinationRequest): ChangeApiDestinationResponse {
  const { Description: oldDescription, ...before } = findApiDestination(host, 'update', input.Name);
  checkSettings(host, 'update', before.Name, input);
  const {
    Description = oldDescription,
    ConnectionArn,
    InvocationEndpoint,
    HttpMethod,
    InvocationRateLimitPerSecond,
  } = input;
  const destination: ApiDestinationRecord = {
    ...before,
    // An empty one is taken away.
    ...(Description ? { Description } : {}),
    ...omitUndefined({ ConnectionArn, InvocationEndpoint, HttpMethod, InvocationRateLimitPerSecond }),
    LastModifiedTime: host.clock.now(),
  };
  apiDestinationsOf(host).put(destination);
  return changed(host, destination);
}

export function describeApiDestination(host: Host, input: ApiDestinationByName): DescribeApiDestinationResponse {
  const destination = findApiDestination(host, 'describe', input.Name);
  return { ...listed(host, destination), ...omitUndefined({ Description: destination.Description }) };
}

export function listApiDestinations(host: Host, input: ListApiDestinationsRequest): ListApiDestinationsResponse {
  if (input.ConnectionArn !== undefined && input.NamePrefix !== undefined) {
    throw invalid(
      `${failed('list')} Request failed because only one filter is supported per request, either ConnectionArn or NamePrefix.`,
    );
  }
  const wanted = Array.from(apiDestinationsOf(host).values()).filter(
    ({ ConnectionArn }) => input.ConnectionArn === undefined || ConnectionArn === input.ConnectionArn,
  );
  const { page, next } = pageOfNamed(wanted, input);
  return { ApiDestinations: page.map((destination) => listed(host, destination)), ...next };
}

export function deleteApiDestination(host: Host, input: ApiDestinationByName): EmptyResponse {
  apiDestinationsOf(host).delete(findApiDestination(host, 'delete', input.Name).Name);
  return {};
}

/** Throws ResourceNotFoundException. */
function findApiDestination(host: Host, verb: string, name = ''): ApiDestinationRecord {
  const destination = apiDestinationsOf(host).get(name);
  if (destination !== undefined) return destination;
  throw resourceNotFound(`${failed(verb)} An api-destination '${name}' does not exist.`);
}

function failed(verb: string): string {
  return `Failed to ${verb} the api-destination(s).`;
}

/** Throws AWS's sentences; in which order several faults are told is Footbridge's choice. */
function checkSettings(host: Host, verb: string, name: string, input: UpdateApiDestinationRequest): void {
  const { ConnectionArn: arn, InvocationEndpoint: endpoint, InvocationRateLimitPerSecond: rate = maxRate } = input;
  if (arn !== undefined) checkConnection(host, verb, arn);
  if (endpoint !== undefined && !isHttpsEndpoint(endpoint)) {
    throw invalid(
      `${failed(verb)} Parameter InvocationEndpoint is not valid. Reason: Endpoint '${endpoint}' is invalid, please provide a valid HTTPS endpoint URL.`,
    );
  }
  if (rate <= maxRate) return;
  throw new ServiceError(
    'LimitExceededException',
    `${failed(verb)} Invalid Invocation Rate Limit: Rate specified '${rate}' for '${name}' exceeds maximum allowed of '${maxRate}'.`,
  );
}

const maxRate = 300;

function checkConnection(host: Host, verb: string, arn: string): void {
  if (!arn.startsWith(makeArn(host.home, 'events', 'connection/'))) throw invalid(`Invalid ARN: '${arn}'`);
  if (connectionOf(host, arn) === undefined) {
    throw resourceNotFound(`${failed(verb)} Connection '${arn}' does not exist.`);
  }
}

/** The connection of this ARN: one of the same name that was made later has another. */
function connectionOf(host: Host, arn: string): ConnectionRecord | undefined {
  const connection = connectionsOf(host).get(arn.split('/')[1] ?? '');
  return connection?.ConnectionArn === arn && connection.DeletedAt === undefined ? connection : undefined;
}

/** Captured: a connection that was deauthorized leaves it active, one that was deleted does not. */
function isActive(host: Host, { ConnectionArn }: ApiDestinationRecord): boolean {
  const connection = connectionOf(host, ConnectionArn);
  return connection !== undefined && connectionState(connection, host.clock.now()) !== 'AUTHORIZING';
}

/** What the destinations of a connection notice of its end. */
function connectionChanging(
  host: Host,
  before: ConnectionRecord | undefined,
  after: ConnectionRecord | undefined,
): void {
  if (after?.DeletedAt === undefined || before?.DeletedAt !== undefined) return;
  for (const destination of [...apiDestinationsOf(host).values()]) {
    if (destination.ConnectionArn !== after.ConnectionArn) continue;
    apiDestinationsOf(host).put({ ...destination, LastModifiedTime: after.DeletedAt });
  }
}

function changed(host: Host, destination: ApiDestinationRecord): ChangeApiDestinationResponse {
  const { ApiDestinationArn, CreationTime, LastModifiedTime } = destination;
  return {
    ApiDestinationArn,
    ApiDestinationState: isActive(host, destination) ? 'ACTIVE' : 'INACTIVE',
    CreationTime: new Date(CreationTime),
    LastModifiedTime: new Date(LastModifiedTime),
  };
}

function listed(host: Host, destination: ApiDestinationRecord): ApiDestination {
  const { Name, ConnectionArn, InvocationEndpoint, HttpMethod, InvocationRateLimitPerSecond } = destination;
  return {
    ...changed(host, destination),
    Name,
    ConnectionArn,
    InvocationEndpoint,
    HttpMethod,
    InvocationRateLimitPerSecond,
  };
}

const operations = operationsOf<ApiDestinationOperations>(apiDestinationShapes, {
  CreateApiDestination: createApiDestination,
  UpdateApiDestination: updateApiDestination,
  DescribeApiDestination: describeApiDestination,
  ListApiDestinations: listApiDestinations,
  DeleteApiDestination: deleteApiDestination,
});

/** API destinations. A handler that is registered for the ARN of one stands for its endpoint. Needs `connections()`. */
export function apiDestinations(): Plugin<ApiDestinationOperations> {
  return {
    name: 'apiDestinations',
    requires: ['connections'],
    operations,
    limits: { apiDestinations: 3000 },
    collections: [apiDestinationRecords],
    install: (host) => {
      host.store.onChange(connectionRecords, (before, after) => connectionChanging(host, before, after));
      return { targetKinds: [apiDestinationTargets] };
    },
  };
}
