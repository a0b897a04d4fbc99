import {
  flagShape,
  membersShape as members,
  objectShape as object,
  oneOfShape as oneOf,
  textShape as text,
} from '../../base/json/json-shape.js';
import type { Collection, CollectionType } from '../../core/collections.js';
import type { Host } from '../../core/plugin.js';

import { instant } from '../../core/record-shapes.js';
/** How a connection authorizes its requests. */
export type ConnectionAuthorizationType = 'BASIC' | 'OAUTH_CLIENT_CREDENTIALS' | 'API_KEY';

/**
 * A connection, without its secrets: no call shows them and nothing uses them, so they are not kept. Times are epoch
 * milliseconds.
 */
export interface ConnectionRecord {
  readonly Name: string;
  readonly ConnectionArn: string;
  readonly Description?: string | undefined;
  readonly AuthorizationType: ConnectionAuthorizationType;
  /** Empty in a connection that was deauthorized. */
  readonly AuthParameters?: ConnectionAuthResponseParameters | undefined;
  readonly InvocationConnectivityParameters?: DescribeConnectionConnectivityParameters | undefined;
  readonly KmsKeyIdentifier?: string | undefined;
  readonly SecretArn?: string | undefined;
  /** From when on it was, is or will be authorized. */
  readonly AuthorizedAt: number;
  readonly IsDeauthorized: boolean;
  /** When it was deauthorized; absent in one of an older snapshot. */
  readonly DeauthorizedAt?: number | undefined;
  /** When it was deleted: it is still there for a while. */
  readonly DeletedAt?: number | undefined;
  readonly CreationTime: number;
  readonly LastModifiedTime: number;
}

/** What is shown of the parameters of a connection: all but the secrets. */
export interface ConnectionAuthResponseParameters {
  readonly BasicAuthParameters?: { readonly Username?: string | undefined } | undefined;
  readonly OAuthParameters?: ConnectionOAuthResponseParameters | undefined;
  readonly ApiKeyAuthParameters?: { readonly ApiKeyName?: string | undefined } | undefined;
  readonly InvocationHttpParameters?: ConnectionHttpParameters | undefined;
  readonly ConnectivityParameters?: DescribeConnectionConnectivityParameters | undefined;
}

/** What is shown of a connection by OAuth. */
export interface ConnectionOAuthResponseParameters {
  readonly ClientParameters?: { readonly ClientID?: string | undefined } | undefined;
  readonly AuthorizationEndpoint?: string | undefined;
  readonly HttpMethod?: 'GET' | 'POST' | 'PUT' | undefined;
  readonly OAuthHttpParameters?: ConnectionHttpParameters | undefined;
}

/** What a connection adds to a request. */
export interface ConnectionHttpParameters {
  readonly HeaderParameters?: ConnectionHttpParameter[] | undefined;
  readonly QueryStringParameters?: ConnectionHttpParameter[] | undefined;
  readonly BodyParameters?: ConnectionHttpParameter[] | undefined;
}

/** A header, or a parameter of the query or the body. */
export interface ConnectionHttpParameter {
  readonly Key?: string | undefined;
  /** Not shown if it is secret. */
  readonly Value?: string | undefined;
  readonly IsValueSecret?: boolean | undefined;
}

/** How a private API is reached. */
export interface DescribeConnectionConnectivityParameters {
  readonly ResourceParameters:
    | {
        readonly ResourceConfigurationArn: string | undefined;
        readonly ResourceAssociationArn: string | undefined;
      }
    | undefined;
}

export const connectionRecords: CollectionType<ConnectionRecord> = {
  name: 'connections',
  shape: members(
    {
      Name: text,
      ConnectionArn: text,
      AuthorizationType: oneOf('BASIC', 'OAUTH_CLIENT_CREDENTIALS', 'API_KEY'),
      AuthorizedAt: instant,
      IsDeauthorized: flagShape,
      CreationTime: instant,
      LastModifiedTime: instant,
    },
    {
      Description: text,
      AuthParameters: object,
      InvocationConnectivityParameters: object,
      SecretArn: text,
      DeauthorizedAt: instant,
      DeletedAt: instant,
    },
  ),
};

export function connectionsOf({ store }: Host): Collection<ConnectionRecord> {
  return store.collection(connectionRecords);
}
