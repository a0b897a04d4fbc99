import { makeArn } from '../../base/arn.js';
import { pageOfNamed } from '../../core/pages.js';
import type { Host, Plugin } from '../../core/plugin.js';
import { operationsOf } from '../../core/plugin.js';
import {
  alreadyExists,
  type EmptyResponse,
  limitExceeded,
  omitUndefined,
  resourceNotFound,
} from '../../core/responses.js';
import { apiDestinationTargets } from '../../targets/api-destination.js';
import { uniqueSuffix } from '../connections/connection-parameters.js';
import { connectionsOf } from '../connections/connection-record.js';
import { connectionState, findConnection } from '../connections/connections.js';
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
import type { ApiDestinationRecord } from './api-destination-record.js';
import { apiDestinationRecords, apiDestinationShapes, apiDestinationsOf } from './api-destination-record.js';

export function createApiDestination(host: Host, input: CreateApiDestinationRequest): ChangeApiDestinationResponse {
  const { clock, home, ids } = host;
  const { Name = '', ConnectionArn = '', InvocationEndpoint = '', HttpMethod = 'POST' } = input;
  const { InvocationRateLimitPerSecond = 300, Description } = input;
  if (apiDestinationsOf(host).get(Name) !== undefined) throw alreadyExists(`An api-destination '${Name}'`);
  checkConnection(host, ConnectionArn);
  if (apiDestinationsOf(host).size >= host.limit('apiDestinations')) throw limitExceeded();
  const now = clock.now();
  const destination: ApiDestinationRecord = {
    Name,
    ApiDestinationArn: makeArn(home, 'events', `api-destination/${Name}/${uniqueSuffix(ids)}`),
    ...omitUndefined({ Description }),
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
  const before = findApiDestination(host, input.Name);
  if (input.ConnectionArn !== undefined) checkConnection(host, input.ConnectionArn);
  const { Description, ConnectionArn, InvocationEndpoint, HttpMethod, InvocationRateLimitPerSecond } = input;
  const destination: ApiDestinationRecord = {
    ...before,
    ...omitUndefined({ Description, ConnectionArn, InvocationEndpoint, HttpMethod, InvocationRateLimitPerSecond }),
    LastModifiedTime: host.clock.now(),
  };
  apiDestinationsOf(host).put(destination);
  return changed(host, destination);
}

export function describeApiDestination(host: Host, input: ApiDestinationByName): DescribeApiDestinationResponse {
  const destination = findApiDestination(host, input.Name);
  return { ...listed(host, destination), ...omitUndefined({ Description: destination.Description }) };
}

export function listApiDestinations(host: Host, input: ListApiDestinationsRequest): ListApiDestinationsResponse {
  const wanted = Array.from(apiDestinationsOf(host).values()).filter(
    ({ ConnectionArn }) => input.ConnectionArn === undefined || ConnectionArn === input.ConnectionArn,
  );
  const { page, next } = pageOfNamed(wanted, input);
  return { ApiDestinations: page.map((destination) => listed(host, destination)), ...next };
}

export function deleteApiDestination(host: Host, input: ApiDestinationByName): EmptyResponse {
  apiDestinationsOf(host).delete(findApiDestination(host, input.Name).Name);
  return {};
}

/** Throws ResourceNotFoundException, in the service's words. */
function findApiDestination(host: Host, name = ''): ApiDestinationRecord {
  const destination = apiDestinationsOf(host).get(name);
  if (destination !== undefined) return destination;
  throw resourceNotFound(`Failed to describe the api-destination(s). An api-destination '${name}' does not exist.`);
}

/** Throws as if the connection had been asked for by its name: nobody recorded what the service says here. */
function checkConnection(host: Host, arn: string): void {
  const name = arn.split('/')[1];
  if (findConnection(host, name).ConnectionArn !== arn) {
    throw resourceNotFound(`Failed to describe the connection(s). Connection '${name}' does not exist.`);
  }
}

function isActive(host: Host, { ConnectionArn }: ApiDestinationRecord): boolean {
  const connection = connectionsOf(host).get(ConnectionArn.split('/')[1] ?? '');
  return connection?.ConnectionArn === ConnectionArn && connectionState(connection, host.clock.now()) === 'AUTHORIZED';
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
    install: () => ({ targetKinds: [apiDestinationTargets] }),
  };
}
