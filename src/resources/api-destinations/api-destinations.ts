import { makeArn } from '../../base/arn.js';
import type { OperationContext } from '../../core/old-context.js';
import { type NamedPageRequest, pageOfNamed } from '../../core/pages.js';
import {
  alreadyExists,
  type EmptyResponse,
  limitExceeded,
  omitUndefined,
  resourceNotFound,
} from '../../core/responses.js';
import { uniqueSuffix } from '../connections/connection-parameters.js';
import { connectionState, findConnection } from '../connections/connections.js';
import type { ApiDestinationHttpMethod, ApiDestinationRecord } from './api-destination-record.js';

/** The input of CreateApiDestination. */
export interface CreateApiDestinationRequest {
  /** 1 to 64 letters, digits, dots, dashes and underscores. */
  readonly Name: string | undefined;
  /** At most 512 characters, in one line. */
  readonly Description?: string | undefined;
  /** Of a connection that exists. */
  readonly ConnectionArn: string | undefined;
  /** The URL that AWS calls. A Bridge calls nobody: what receives the events is `handle`d by the destination's ARN. */
  readonly InvocationEndpoint: string | undefined;
  readonly HttpMethod: ApiDestinationHttpMethod | undefined;
  /** 300 if absent. Kept, not enforced. */
  readonly InvocationRateLimitPerSecond?: number | undefined;
}

/** The input of UpdateApiDestination. */
export interface UpdateApiDestinationRequest extends Partial<Omit<CreateApiDestinationRequest, 'Name'>> {
  readonly Name: string | undefined;
}

/** An API destination by its name. */
export interface ApiDestinationByName {
  readonly Name: string | undefined;
}

/** The output of CreateApiDestination and UpdateApiDestination. */
export interface ChangeApiDestinationResponse {
  ApiDestinationArn: string;
  /** `INACTIVE` while its connection is not AUTHORIZED. */
  ApiDestinationState: 'ACTIVE' | 'INACTIVE';
  CreationTime: Date;
  LastModifiedTime: Date;
}

/** An API destination, as ListApiDestinations lists it. */
export interface ApiDestination extends ChangeApiDestinationResponse {
  Name: string;
  ConnectionArn: string;
  InvocationEndpoint: string;
  HttpMethod: ApiDestinationHttpMethod;
  InvocationRateLimitPerSecond: number;
}

/** The output of DescribeApiDestination. */
export interface DescribeApiDestinationResponse extends ApiDestination {
  Description?: string;
}

/** The input of ListApiDestinations. */
export interface ListApiDestinationsRequest extends NamedPageRequest {
  /** Only those of this connection. */
  readonly ConnectionArn?: string | undefined;
}

/** The output of ListApiDestinations. */
export interface ListApiDestinationsResponse {
  /** By name. */
  ApiDestinations: ApiDestination[];
  /** There if, and only if, more API destinations follow. */
  NextToken?: string;
}

export function createApiDestination(
  context: OperationContext,
  input: CreateApiDestinationRequest,
): ChangeApiDestinationResponse {
  const { clock, home, ids, limits, store } = context;
  const { Name = '', ConnectionArn = '', InvocationEndpoint = '', HttpMethod = 'POST' } = input;
  const { InvocationRateLimitPerSecond = 300, Description } = input;
  if (store.apiDestinations.get(Name) !== undefined) throw alreadyExists(`An api-destination '${Name}'`);
  checkConnection(context, ConnectionArn);
  if (store.apiDestinations.size >= limits.apiDestinations) throw limitExceeded();
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
  store.apiDestinations.put(destination);
  return changed(context, destination);
}

/** What is left out stays as it is. */
export function updateApiDestination(
  context: OperationContext,
  input: UpdateApiDestinationRequest,
): ChangeApiDestinationResponse {
  const before = findApiDestination(context, input.Name);
  if (input.ConnectionArn !== undefined) checkConnection(context, input.ConnectionArn);
  const { Description, ConnectionArn, InvocationEndpoint, HttpMethod, InvocationRateLimitPerSecond } = input;
  const destination: ApiDestinationRecord = {
    ...before,
    ...omitUndefined({ Description, ConnectionArn, InvocationEndpoint, HttpMethod, InvocationRateLimitPerSecond }),
    LastModifiedTime: context.clock.now(),
  };
  context.store.apiDestinations.put(destination);
  return changed(context, destination);
}

export function describeApiDestination(
  context: OperationContext,
  input: ApiDestinationByName,
): DescribeApiDestinationResponse {
  const destination = findApiDestination(context, input.Name);
  return { ...listed(context, destination), ...omitUndefined({ Description: destination.Description }) };
}

export function listApiDestinations(
  context: OperationContext,
  input: ListApiDestinationsRequest,
): ListApiDestinationsResponse {
  const wanted = Array.from(context.store.apiDestinations.values()).filter(
    ({ ConnectionArn }) => input.ConnectionArn === undefined || ConnectionArn === input.ConnectionArn,
  );
  const { page, next } = pageOfNamed(wanted, input);
  return { ApiDestinations: page.map((destination) => listed(context, destination)), ...next };
}

export function deleteApiDestination(context: OperationContext, input: ApiDestinationByName): EmptyResponse {
  context.store.apiDestinations.delete(findApiDestination(context, input.Name).Name);
  return {};
}

/** Throws ResourceNotFoundException, in the service's words. */
function findApiDestination({ store }: OperationContext, name = ''): ApiDestinationRecord {
  const destination = store.apiDestinations.get(name);
  if (destination !== undefined) return destination;
  throw resourceNotFound(`Failed to describe the api-destination(s). An api-destination '${name}' does not exist.`);
}

/** Throws as if the connection had been asked for by its name: nobody recorded what the service says here. */
function checkConnection(context: OperationContext, arn: string): void {
  const name = arn.split('/')[1];
  if (findConnection(context, name).ConnectionArn !== arn) {
    throw resourceNotFound(`Failed to describe the connection(s). Connection '${name}' does not exist.`);
  }
}

function isActive({ clock, store }: OperationContext, { ConnectionArn }: ApiDestinationRecord): boolean {
  const connection = store.connections.get(ConnectionArn.split('/')[1] ?? '');
  return connection?.ConnectionArn === ConnectionArn && connectionState(connection, clock.now()) === 'AUTHORIZED';
}

function changed(context: OperationContext, destination: ApiDestinationRecord): ChangeApiDestinationResponse {
  const { ApiDestinationArn, CreationTime, LastModifiedTime } = destination;
  return {
    ApiDestinationArn,
    ApiDestinationState: isActive(context, destination) ? 'ACTIVE' : 'INACTIVE',
    CreationTime: new Date(CreationTime),
    LastModifiedTime: new Date(LastModifiedTime),
  };
}

function listed(context: OperationContext, destination: ApiDestinationRecord): ApiDestination {
  const { Name, ConnectionArn, InvocationEndpoint, HttpMethod, InvocationRateLimitPerSecond } = destination;
  return {
    ...changed(context, destination),
    Name,
    ConnectionArn,
    InvocationEndpoint,
    HttpMethod,
    InvocationRateLimitPerSecond,
  };
}
