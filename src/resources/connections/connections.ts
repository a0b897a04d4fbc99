import { makeArn } from '../../base/arn.js';
import { invalid, ServiceError } from '../../base/service-error.js';
import { copyJson } from '../../base/unknown-value.js';
import { pageOfNamed } from '../../core/pages.js';
import { type Host, operationsOf, type Plugin } from '../../core/plugin.js';
import { alreadyExists, limitExceeded, omitUndefined, resourceNotFound } from '../../core/responses.js';
import { uniqueSuffix } from '../../core/service-arn.js';
import { validateInput } from '../../model/validate-input.js';
import {
  checkParameters,
  connectivityOf,
  type DescribeConnectivity,
  shortSuffix,
  shownParameters,
} from './connection-parameters.js';
import { type ConnectionRecord, connectionRecords, connectionsOf } from './connection-record.js';
import type * as Requests from './connection-requests.js';
import type { ConnectionOperations } from './connection-requests.js';
import { connectionShapes } from './connection-shapes.js';

/**
 * How long a connection by OAuth is AUTHORIZING, and any connection DEAUTHORIZING or DELETING, in milliseconds. Captured is about a
 * second for the last two. No endpoint is asked for a token.
 */
const transitionTime = 1000;

export function createConnection(
  host: Host,
  input: Requests.CreateConnectionRequest,
): Requests.CreateConnectionResponse {
  const { clock, home, ids } = host;
  const { Name = '', AuthorizationType = 'BASIC', AuthParameters = {} } = input;
  removeDeleted(host);
  if (connectionsOf(host).get(Name) !== undefined) throw alreadyExists(`Connection ${Name}`);
  checkParameters(AuthorizationType, AuthParameters, true);
  if (connectionsOf(host).size >= host.limit('connections')) throw limitExceeded();
  const unique = uniqueSuffix(ids);
  const describe = connectivityOf(home, unique);
  const now = clock.now();
  const connection: ConnectionRecord = {
    Name,
    ConnectionArn: makeArn(home, 'events', `connection/${Name}/${unique}`),
    AuthorizationType,
    AuthParameters: shownParameters(AuthorizationType, AuthParameters, {}, describe),
    SecretArn: secretArn(host, Name, unique),
    ...settings(input, describe),
    AuthorizedAt: authorizedAt(AuthorizationType, now),
    IsDeauthorized: false,
    CreationTime: now,
    LastModifiedTime: now,
  };
  connectionsOf(host).put(connection);
  const { LastAuthorizedTime: _, ...answer } = changed(connection, now);
  return answer;
}

/** What is left out stays as it is. A new type needs all its parameters, and so does a connection that was deauthorized. */
export function updateConnection(
  host: Host,
  input: Requests.UpdateConnectionRequest,
): Requests.ChangeConnectionResponse {
  const { clock, home } = host;
  const before = findConnection(host, input.Name, 'update');
  checkHasChange(input);
  const now = clock.now();
  if (isInTransition(connectionState(before, now))) {
    throw new ServiceError(
      'ConcurrentModificationException',
      `Failed to update the connection(s). Connection '${before.Name}' was modified concurrently.`,
    );
  }
  const { AuthorizationType = before.AuthorizationType, AuthParameters = {} } = input;
  const isAnew =
    AuthorizationType !== before.AuthorizationType || (before.IsDeauthorized && input.AuthParameters !== undefined);
  checkParameters(AuthorizationType, AuthParameters, isAnew);
  if (isAnew)
    validateInput(connectionShapes.CreateConnection, { Name: before.Name, AuthorizationType, AuthParameters });
  const unique = before.ConnectionArn.slice(before.ConnectionArn.lastIndexOf('/') + 1);
  const describe = connectivityOf(home, unique);
  const connection: ConnectionRecord = {
    ...before,
    AuthorizationType,
    ...(input.AuthParameters !== undefined
      ? {
          AuthParameters: shownParameters(AuthorizationType, AuthParameters, before.AuthParameters ?? {}, describe),
          SecretArn: secretArn(host, before.Name, unique),
          AuthorizedAt: authorizedAt(AuthorizationType, now),
          IsDeauthorized: false,
          DeauthorizedAt: undefined,
        }
      : {}),
    ...settings(input, describe),
    LastModifiedTime: now,
  };
  connectionsOf(host).put(connection);
  // With new parameters AWS returns the time of the change before: captured.
  const { LastModifiedTime } = input.AuthParameters === undefined ? connection : before;
  return changed({ ...connection, LastModifiedTime }, now);
}

/** AWS counts AuthParameters only beside their type. */
function checkHasChange(input: Requests.UpdateConnectionRequest): void {
  const { AuthorizationType, AuthParameters, Description, KmsKeyIdentifier, InvocationConnectivityParameters } = input;
  const isPair = AuthorizationType !== undefined && AuthParameters !== undefined;
  const others = [Description, KmsKeyIdentifier, InvocationConnectivityParameters];
  if (isPair || (AuthParameters === undefined && others.some((other) => other !== undefined))) return;
  throw invalid(
    'Failed to update the connection(s). At least one of the following is required: Description, KmsKeyIdentifier, AuthorizationType with BasicAuthParameters, ApiKeyAuthParameters, or OAuthParameters.',
  );
}

/** Takes the parameters away, and in a moment the secret. */
export function deauthorizeConnection(host: Host, input: Requests.ConnectionByName): Requests.ChangeConnectionResponse {
  const now = host.clock.now();
  const connection: ConnectionRecord = {
    ...findConnection(host, input.Name, 'deauthorize'),
    AuthParameters: {},
    IsDeauthorized: true,
    DeauthorizedAt: now,
    LastModifiedTime: now,
  };
  connectionsOf(host).put(connection);
  return changed(connection, now);
}

/** It is DELETING for a moment, in which its name is taken. */
export function deleteConnection(host: Host, input: Requests.ConnectionByName): Requests.ChangeConnectionResponse {
  const before = findConnection(host, input.Name, 'delete');
  const now = host.clock.now();
  const connection: ConnectionRecord = { ...before, DeletedAt: before.DeletedAt ?? now };
  connectionsOf(host).put(connection);
  return changed(connection, now);
}

/** Removes the connections whose deletion is complete: no timer does. */
function removeDeleted(host: Host): void {
  const now = host.clock.now();
  for (const { Name, DeletedAt } of [...connectionsOf(host).values()]) {
    if (DeletedAt !== undefined && now >= DeletedAt + transitionTime) connectionsOf(host).delete(Name);
  }
}

export function describeConnection(host: Host, input: Requests.ConnectionByName): Requests.DescribeConnectionResponse {
  const connection = findConnection(host, input.Name);
  const now = host.clock.now();
  const { Description, InvocationConnectivityParameters, KmsKeyIdentifier, AuthParameters = {} } = connection;
  const SecretArn = connectionState(connection, now) === 'DEAUTHORIZED' ? undefined : connection.SecretArn;
  return {
    ...listed(connection, now),
    // A copy: what is answered may be changed, and the record is frozen.
    ...copyJson(
      omitUndefined({ Description, InvocationConnectivityParameters, KmsKeyIdentifier, SecretArn, AuthParameters }),
    ),
  };
}

export function listConnections(host: Host, input: Requests.ListConnectionsRequest): Requests.ListConnectionsResponse {
  removeDeleted(host);
  const now = host.clock.now();
  const wanted = Array.from(connectionsOf(host).values()).filter(
    (connection) => input.ConnectionState === undefined || connectionState(connection, now) === input.ConnectionState,
  );
  const { page, next } = pageOfNamed(wanted, input);
  return { Connections: page.map((connection) => listed(connection, now)), ...next };
}

/** Throws ResourceNotFoundException. Recorded is the sentence of `describe`; the others are built like those of API destinations. */
export function findConnection(host: Host, name = '', verb = 'describe'): ConnectionRecord {
  removeDeleted(host);
  const connection = connectionsOf(host).get(name);
  if (connection !== undefined) return connection;
  throw resourceNotFound(`Failed to ${verb} the connection(s). Connection '${name}' does not exist.`);
}

/** What the state is at a time, in epoch milliseconds. */
export function connectionState(
  { DeletedAt, IsDeauthorized, DeauthorizedAt = 0, AuthorizedAt }: ConnectionRecord,
  now: number,
): Requests.ConnectionState {
  if (DeletedAt !== undefined) return 'DELETING';
  if (IsDeauthorized) return now < DeauthorizedAt + transitionTime ? 'DEAUTHORIZING' : 'DEAUTHORIZED';
  return now < AuthorizedAt ? 'AUTHORIZING' : 'AUTHORIZED';
}

function isInTransition(state: Requests.ConnectionState): boolean {
  return state === 'DEAUTHORIZING' || state === 'DELETING';
}

function settings(
  { Description, KmsKeyIdentifier, InvocationConnectivityParameters: given }: Requests.ConnectionSettings,
  describe: DescribeConnectivity,
) {
  return omitUndefined({ Description, KmsKeyIdentifier, InvocationConnectivityParameters: given && describe(given) });
}

function authorizedAt(type: ConnectionRecord['AuthorizationType'], now: number): number {
  return type === 'OAUTH_CLIENT_CREDENTIALS' ? now + transitionTime : now;
}

function secretArn({ home }: Host, name: string, unique: string): string {
  return makeArn(home, 'secretsmanager', `secret:events!connection/${name}/${unique}-${shortSuffix(unique, 6)}`);
}

function changed(connection: ConnectionRecord, now: number): Requests.ChangeConnectionResponse {
  const { ConnectionArn, AuthorizedAt, CreationTime, LastModifiedTime } = connection;
  return {
    ConnectionArn,
    ConnectionState: connectionState(connection, now),
    CreationTime: new Date(CreationTime),
    LastModifiedTime: new Date(LastModifiedTime),
    LastAuthorizedTime: new Date(now < AuthorizedAt ? 0 : AuthorizedAt),
  };
}

function listed(connection: ConnectionRecord, now: number): Requests.Connection {
  const { Name, AuthorizationType } = connection;
  const common = { ...changed(connection, now), Name, AuthorizationType };
  return common.ConnectionState === 'DEAUTHORIZED' ? { ...common, StateReason: deauthorizedReason } : common;
}

const deauthorizedReason =
  'The authorization parameters were removed from this connection by a DeauthorizeConnection operation.';

const operations = operationsOf<ConnectionOperations>(connectionShapes, {
  CreateConnection: createConnection,
  UpdateConnection: updateConnection,
  DescribeConnection: describeConnection,
  ListConnections: listConnections,
  DeauthorizeConnection: deauthorizeConnection,
  DeleteConnection: deleteConnection,
});

/** Connections: the authorization of API destinations. */
export function connections(): Plugin<ConnectionOperations> {
  return { name: 'connections', operations, limits: { connections: 3000 }, collections: [connectionRecords] };
}
