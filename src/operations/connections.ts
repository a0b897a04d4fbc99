import { makeArn } from '../base/arn.js';
import { copyJson } from '../base/unknown-value.js';
import { apiModel } from '../model/api-model.js';
import { validateInput } from '../model/validate-input.js';
import type { ConnectionRecord } from '../state/connection-record.js';
import {
  checkParameters,
  connectivityOf,
  type DescribeConnectivity,
  shownParameters,
} from './connection-parameters.js';
import type * as Requests from './connection-requests.js';
import { defined } from './defined.js';
import type { OperationContext } from './operation-context.js';
import { pageOfNamed } from './page.js';
import { alreadyExists, limitExceeded, notFound } from './refusals.js';
import { shortPart, uniquePart } from './unique-part.js';

/** How long a connection by OAuth is AUTHORIZING, in milliseconds. Nobody is asked for a token; the time is Footbridge's. */
const authorizingTime = 1000;

export function createConnection(
  context: OperationContext,
  input: Requests.CreateConnectionRequest,
): Requests.CreateConnectionResponse {
  const { clock, home, ids, limits, store } = context;
  const { Name = '', AuthorizationType = 'BASIC', AuthParameters = {} } = input;
  if (store.connections.get(Name) !== undefined) throw alreadyExists(`Connection ${Name}`);
  checkParameters(AuthorizationType, AuthParameters, true);
  if (store.connections.size >= limits.connections) throw limitExceeded();
  const unique = uniquePart(ids);
  const describe = connectivityOf(home, unique);
  const now = clock.now();
  const connection: ConnectionRecord = {
    Name,
    ConnectionArn: makeArn(home, 'events', `connection/${Name}/${unique}`),
    AuthorizationType,
    AuthParameters: shownParameters(AuthorizationType, AuthParameters, {}, describe),
    SecretArn: secretArn(context, Name, unique),
    ...settings(input, describe),
    AuthorizedAt: authorizedAt(AuthorizationType, now),
    IsDeauthorized: false,
    CreationTime: now,
    LastModifiedTime: now,
  };
  store.connections.put(connection);
  const { LastAuthorizedTime: _, ...answer } = changed(connection, now);
  return answer;
}

/** What is left out stays as it is. A new type needs all its parameters, and so does a connection that was deauthorized. */
export function updateConnection(
  context: OperationContext,
  input: Requests.UpdateConnectionRequest,
): Requests.ChangeConnectionResponse {
  const { clock, home, store } = context;
  const before = findConnection(context, input.Name);
  const { AuthorizationType = before.AuthorizationType, AuthParameters = {} } = input;
  const isAnew =
    AuthorizationType !== before.AuthorizationType || (before.IsDeauthorized && input.AuthParameters !== undefined);
  checkParameters(AuthorizationType, AuthParameters, isAnew);
  if (isAnew) validateInput(apiModel.CreateConnection, { Name: before.Name, AuthorizationType, AuthParameters });
  const unique = before.ConnectionArn.slice(before.ConnectionArn.lastIndexOf('/') + 1);
  const describe = connectivityOf(home, unique);
  const now = clock.now();
  const connection: ConnectionRecord = {
    ...before,
    AuthorizationType,
    ...(input.AuthParameters !== undefined
      ? {
          AuthParameters: shownParameters(AuthorizationType, AuthParameters, before.AuthParameters ?? {}, describe),
          SecretArn: secretArn(context, before.Name, unique),
          AuthorizedAt: authorizedAt(AuthorizationType, now),
          IsDeauthorized: false,
        }
      : {}),
    ...settings(input, describe),
    LastModifiedTime: now,
  };
  store.connections.put(connection);
  return changed(connection, now);
}

/** Takes the parameters away, and with them the secret. The answer says DEAUTHORIZING; who asks then hears DEAUTHORIZED. */
export function deauthorizeConnection(
  context: OperationContext,
  input: Requests.ConnectionByName,
): Requests.ChangeConnectionResponse {
  const { AuthParameters: _, SecretArn: __, ...before } = findConnection(context, input.Name);
  const now = context.clock.now();
  const connection: ConnectionRecord = { ...before, IsDeauthorized: true, LastModifiedTime: now };
  context.store.connections.put(connection);
  return { ...changed(connection, now), ConnectionState: 'DEAUTHORIZING' };
}

export function deleteConnection(
  context: OperationContext,
  input: Requests.ConnectionByName,
): Requests.ChangeConnectionResponse {
  const connection = findConnection(context, input.Name);
  context.store.connections.delete(connection.Name);
  return { ...changed(connection, context.clock.now()), ConnectionState: 'DELETING' };
}

export function describeConnection(
  context: OperationContext,
  input: Requests.ConnectionByName,
): Requests.DescribeConnectionResponse {
  const connection = findConnection(context, input.Name);
  const { Description, InvocationConnectivityParameters, KmsKeyIdentifier, SecretArn, AuthParameters } = connection;
  return {
    ...listed(connection, context.clock.now()),
    // A copy: what is answered may be changed, and the record is frozen.
    ...copyJson(
      defined({ Description, InvocationConnectivityParameters, KmsKeyIdentifier, SecretArn, AuthParameters }),
    ),
  };
}

export function listConnections(
  { clock, store }: OperationContext,
  input: Requests.ListConnectionsRequest,
): Requests.ListConnectionsResponse {
  const now = clock.now();
  const wanted = Array.from(store.connections.values()).filter(
    (connection) => input.ConnectionState === undefined || connectionState(connection, now) === input.ConnectionState,
  );
  const { page, next } = pageOfNamed(wanted, input);
  return { Connections: page.map((connection) => listed(connection, now)), ...next };
}

/** Throws ResourceNotFoundException, in the service's words. */
export function findConnection({ store }: OperationContext, name = ''): ConnectionRecord {
  const connection = store.connections.get(name);
  if (connection !== undefined) return connection;
  throw notFound(`Failed to describe the connection(s). Connection '${name}' does not exist.`);
}

/** What the state is at a time, in epoch milliseconds. */
export function connectionState(
  { IsDeauthorized, AuthorizedAt }: ConnectionRecord,
  now: number,
): Requests.ConnectionState {
  if (IsDeauthorized) return 'DEAUTHORIZED';
  return now < AuthorizedAt ? 'AUTHORIZING' : 'AUTHORIZED';
}

function settings(
  { Description, KmsKeyIdentifier, InvocationConnectivityParameters: given }: Requests.ConnectionSettings,
  describe: DescribeConnectivity,
) {
  return defined({ Description, KmsKeyIdentifier, InvocationConnectivityParameters: given && describe(given) });
}

function authorizedAt(type: ConnectionRecord['AuthorizationType'], now: number): number {
  return type === 'OAUTH_CLIENT_CREDENTIALS' ? now + authorizingTime : now;
}

function secretArn({ home }: OperationContext, name: string, unique: string): string {
  return makeArn(home, 'secretsmanager', `secret:events!connection/${name}/${unique}-${shortPart(unique, 6)}`);
}

function changed(connection: ConnectionRecord, now: number): Requests.ChangeConnectionResponse {
  const { ConnectionArn, AuthorizedAt, CreationTime, LastModifiedTime } = connection;
  return {
    ConnectionArn,
    ConnectionState: connectionState(connection, now),
    CreationTime: new Date(CreationTime),
    LastModifiedTime: new Date(LastModifiedTime),
    ...(now < AuthorizedAt ? {} : { LastAuthorizedTime: new Date(AuthorizedAt) }),
  };
}

function listed(connection: ConnectionRecord, now: number): Requests.Connection {
  const { Name, AuthorizationType } = connection;
  return { ...changed(connection, now), Name, AuthorizationType };
}
