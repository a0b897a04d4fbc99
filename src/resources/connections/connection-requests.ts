import type { NamedPageRequest } from '../../core/pages.js';
import type {
  ConnectionAuthorizationType,
  ConnectionAuthResponseParameters,
  ConnectionHttpParameters,
  DescribeConnectionConnectivityParameters,
} from './connection-record.js';

/** The state of a connection. A Bridge's are the first five. */
export type ConnectionState =
  | 'AUTHORIZING'
  | 'AUTHORIZED'
  | 'DEAUTHORIZED'
  | 'DELETING'
  | 'DEAUTHORIZING'
  | 'CREATING'
  | 'UPDATING'
  | 'ACTIVE'
  | 'FAILED_CONNECTIVITY';

/** What can be set on a connection, whatever its type. */
export interface ConnectionSettings {
  /** At most 512 characters, in one line. */
  readonly Description?: string | undefined;
  readonly InvocationConnectivityParameters?: ConnectivityResourceParameters | undefined;
  readonly KmsKeyIdentifier?: string | undefined;
}

/** The input of CreateConnection. */
export interface CreateConnectionRequest extends ConnectionSettings {
  /** 1 to 64 letters, digits, dots, dashes and underscores. */
  readonly Name: string | undefined;
  readonly AuthorizationType: ConnectionAuthorizationType | undefined;
  /** Those of the type, and no others. */
  readonly AuthParameters: CreateConnectionAuthRequestParameters | undefined;
}

/** The parameters of a new connection. */
export interface CreateConnectionAuthRequestParameters extends ConnectionRequestParameters {
  readonly BasicAuthParameters?:
    | { readonly Username: string | undefined; readonly Password: string | undefined }
    | undefined;
  readonly OAuthParameters?:
    | {
        readonly ClientParameters:
          | { readonly ClientID: string | undefined; readonly ClientSecret: string | undefined }
          | undefined;
        readonly AuthorizationEndpoint: string | undefined;
        readonly HttpMethod: 'GET' | 'POST' | 'PUT' | undefined;
        readonly OAuthHttpParameters?: ConnectionHttpParameters | undefined;
      }
    | undefined;
  readonly ApiKeyAuthParameters?:
    | { readonly ApiKeyName: string | undefined; readonly ApiKeyValue: string | undefined }
    | undefined;
}

/** Parameters that a connection of any type may have. */
interface ConnectionRequestParameters {
  readonly InvocationHttpParameters?: ConnectionHttpParameters | undefined;
  readonly ConnectivityParameters?: ConnectivityResourceParameters | undefined;
}

/** How to reach a private API. */
export interface ConnectivityResourceParameters {
  readonly ResourceParameters: { readonly ResourceConfigurationArn: string | undefined } | undefined;
}

/** The input of UpdateConnection. */
export interface UpdateConnectionRequest extends ConnectionSettings {
  readonly Name: string | undefined;
  readonly AuthorizationType?: ConnectionAuthorizationType | undefined;
  readonly AuthParameters?: UpdateConnectionAuthRequestParameters | undefined;
}

/** The parameters of a connection that change. */
export interface UpdateConnectionAuthRequestParameters extends ConnectionRequestParameters {
  readonly BasicAuthParameters?:
    | { readonly Username?: string | undefined; readonly Password?: string | undefined }
    | undefined;
  readonly OAuthParameters?:
    | {
        readonly ClientParameters?:
          | { readonly ClientID?: string | undefined; readonly ClientSecret?: string | undefined }
          | undefined;
        readonly AuthorizationEndpoint?: string | undefined;
        readonly HttpMethod?: 'GET' | 'POST' | 'PUT' | undefined;
        readonly OAuthHttpParameters?: ConnectionHttpParameters | undefined;
      }
    | undefined;
  readonly ApiKeyAuthParameters?:
    | { readonly ApiKeyName?: string | undefined; readonly ApiKeyValue?: string | undefined }
    | undefined;
}

/** A connection by its name. */
export interface ConnectionByName {
  readonly Name: string | undefined;
}

/** The output of CreateConnection. */
export interface CreateConnectionResponse {
  ConnectionArn: string;
  ConnectionState: ConnectionState;
  CreationTime: Date;
  LastModifiedTime: Date;
}

/** The output of UpdateConnection, DeauthorizeConnection and DeleteConnection. */
export interface ChangeConnectionResponse extends CreateConnectionResponse {
  /** 1970-01-01 for one that never was authorized. */
  LastAuthorizedTime: Date;
}

/** A connection, as ListConnections lists it. */
export interface Connection extends ChangeConnectionResponse {
  Name: string;
  AuthorizationType: ConnectionAuthorizationType;
  /** Why it is DEAUTHORIZED. */
  StateReason?: string;
}

/** The output of DescribeConnection. */
export interface DescribeConnectionResponse extends Connection {
  Description?: string;
  InvocationConnectivityParameters?: DescribeConnectionConnectivityParameters;
  KmsKeyIdentifier?: string;
  /** Where AWS keeps the secrets: `…:secret:events!connection/NAME/UUID-abc123`. Nothing stands behind it here. */
  SecretArn?: string;
  /** Without the secrets. */
  AuthParameters?: ConnectionAuthResponseParameters;
}

/** The input of ListConnections. */
export interface ListConnectionsRequest extends NamedPageRequest {
  readonly ConnectionState?: ConnectionState | undefined;
}

/** The output of ListConnections. */
export interface ListConnectionsResponse {
  /** By name. */
  Connections: Connection[];
  /** There if, and only if, more connections follow. */
  NextToken?: string;
}

/** The operations on connections. */
export interface ConnectionOperations {
  /**
   * Creates a connection. With OAuth it is AUTHORIZING for a second of the bridge's clock, otherwise AUTHORIZED at once.
   *
   * @throws {ResourceAlreadyExistsException} when the connection exists.
   * @throws {LimitExceededException} above `limits.connections`.
   * @throws {ValidationException} for parameters of another authorization type.
   */
  createConnection(input: CreateConnectionRequest): Promise<CreateConnectionResponse>;
  /**
   * Changes a connection; what is left out stays. New parameters authorize it again.
   *
   * @throws {ResourceNotFoundException} when the connection does not exist.
   * @throws {ValidationException} for parameters of another authorization type.
   */
  updateConnection(input: UpdateConnectionRequest): Promise<ChangeConnectionResponse>;
  /**
   * Describes a connection, without its secrets.
   *
   * @throws {ResourceNotFoundException} when the connection does not exist.
   */
  describeConnection(input: ConnectionByName): Promise<DescribeConnectionResponse>;
  /** Lists the connections by name, 100 at a time if `Limit` does not say less. */
  listConnections(input?: ListConnectionsRequest): Promise<ListConnectionsResponse>;
  /**
   * Removes the parameters of a connection: DEAUTHORIZING in the response, DEAUTHORIZED from then on.
   *
   * @throws {ResourceNotFoundException} when the connection does not exist.
   */
  deauthorizeConnection(input: ConnectionByName): Promise<ChangeConnectionResponse>;
  /**
   * Deletes a connection. The API destinations that use it become INACTIVE.
   *
   * @throws {ResourceNotFoundException} when the connection does not exist.
   */
  deleteConnection(input: ConnectionByName): Promise<ChangeConnectionResponse>;
}
