import { makeArn } from '../../base/arn.js';
import { copyJson } from '../../base/unknown-value.js';
import { pageOfNamed } from '../../core/pages.js';
import type { Host, Plugin } from '../../core/plugin.js';
import { operationsOf } from '../../core/plugin.js';
import { alreadyExists, limitExceeded, omitUndefined, resourceNotFound } from '../../core/responses.js';
import { validateInput } from '../../model/validate-input.js';
import {
  checkParameters,
  connectivityOf,
  type DescribeConnectivity,
  shortSuffix,
  shownParameters,
  uniqueSuffix,
} from './connection-parameters.js';
import type { ConnectionRecord } from './connection-record.js';
import { connectionRecords, connectionsOf } from './connection-record.js';
import type * as Requests from './connection-requests.js';
import type { ConnectionOperations } from './connection-requests.js';
import { connectionShapes } from './connection-shapes.js';

/** How long a connection by OAuth is AUTHORIZING, in milliseconds. Nobody is asked for a token; the time is Footbridge's. */
const authorizingTime = 1000;

export function createConnection(
  host: Host,
  input: Requests.CreateConnectionRequest,
): Requests.CreateConnectionResponse {
  const { clock, home, ids } = host;
  const { Name = '', AuthorizationType = 'BASIC', AuthParameters = {} } = input;
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
  const before = findConnection(host, input.Name);
  const { AuthorizationType = before.AuthorizationType, AuthParameters = {} } = input;
  const isAnew =
    AuthorizationType !== before.AuthorizationType || (before.IsDeauthorized && input.AuthParameters !== undefined);
  checkParameters(AuthorizationType, AuthParameters, isAnew);
  if (isAnew)
    validateInput(connectionShapes.CreateConnection, { Name: before.Name, AuthorizationType, AuthParameters });
  const unique = before.ConnectionArn.slice(before.ConnectionArn.lastIndexOf('/') + 1);
  const describe = connectivityOf(home, unique);
  const now = clock.now();
  const connection: ConnectionRecord = {
    ...before,
    AuthorizationType,
    ...(input.AuthParameters !== undefined
      ? {
          AuthParameters: shownParameters(AuthorizationType, AuthParameters, before.AuthParameters ?? {}, describe),
          SecretArn: secretArn(host, before.Name, unique),
          AuthorizedAt: authorizedAt(AuthorizationType, now),
          IsDeauthorized: false,
        }
      : {}),
    ...settings(input, describe),
    LastModifiedTime: now,
  };
  connectionsOf(host).put(connection);
  return changed(connection, now);
}

/** Takes the parameters away, and with them the secret. The answer says DEAUTHORIZING; who asks then hears DEAUTHORIZED. */
export function deauthorizeConnection(host: Host, input: Requests.ConnectionByName): Requests.ChangeConnectionResponse {
  const { AuthParameters: _, SecretArn: __, ...before } = findConnection(host, input.Name);
  const now = host.clock.now();
  const connection: ConnectionRecord = { ...before, IsDeauthorized: true, LastModifiedTime: now };
  connectionsOf(host).put(connection);
  return { ...changed(connection, now), ConnectionState: 'DEAUTHORIZING' };
}

export function deleteConnection(host: Host, input: Requests.ConnectionByName): Requests.ChangeConnectionResponse {
  const connection = findConnection(host, input.Name);
  connectionsOf(host).delete(connection.Name);
  return { ...changed(connection, host.clock.now()), ConnectionState: 'DELETING' };
}

export function describeConnection(host: Host, input: Requests.ConnectionByName): Requests.DescribeConnectionResponse {
  const connection = findConnection(host, input.Name);
  const { Description, InvocationConnectivityParameters, KmsKeyIdentifier, SecretArn, AuthParameters } = connection;
  return {
    ...listed(connection, host.clock.now()),
    // A copy: what is answered may be changed, and the record is frozen.
    ...copyJson(
      omitUndefined({ Description, InvocationConnectivityParameters, KmsKeyIdentifier, SecretArn, AuthParameters }),
    ),
  };
}

export function listConnections(host: Host, input: Requests.ListConnectionsRequest): Requests.ListConnectionsResponse {
  const now = host.clock.now();
  const wanted = Array.from(connectionsOf(host).values()).filter(
    (connection) => input.ConnectionState === undefined || connectionState(connection, now) === input.ConnectionState,
  );
  const { page, next } = pageOfNamed(wanted, input);
  return { Connections: page.map((connection) => listed(connection, now)), ...next };
}

/** Throws ResourceNotFoundException, in the service's words. */
export function findConnection(host: Host, name = ''): ConnectionRecord {
  const connection = connectionsOf(host).get(name);
  if (connection !== undefined) return connection;
  throw resourceNotFound(`Failed to describe the connection(s). Connection '${name}' does not exist.`);
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
  return omitUndefined({ Description, KmsKeyIdentifier, InvocationConnectivityParameters: given && describe(given) });
}

function authorizedAt(type: ConnectionRecord['AuthorizationType'], now: number): number {
  return type === 'OAUTH_CLIENT_CREDENTIALS' ? now + authorizingTime : now;
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
    ...(now < AuthorizedAt ? {} : { LastAuthorizedTime: new Date(AuthorizedAt) }),
  };
}

function listed(connection: ConnectionRecord, now: number): Requests.Connection {
  const { Name, AuthorizationType } = connection;
  return { ...changed(connection, now), Name, AuthorizationType };
}

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
