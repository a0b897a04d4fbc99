import { countShape, membersShape as members, oneOfShape, textShape as text } from '../../base/json/json-shape.js';
import type { Collection, CollectionType } from '../../core/collections.js';
import type { Host } from '../../core/plugin.js';

import { instant } from '../../core/record-shapes.js';
import {
  base64Page,
  httpsEndpoint,
  integer,
  lineDescription,
  name64,
  oneOf,
  requests,
  string,
} from '../../model/shape.js';

/** How an API destination is called. */
export type ApiDestinationHttpMethod = 'HEAD' | 'POST' | 'PATCH' | 'DELETE' | 'PUT' | 'GET' | 'OPTIONS';

/** An API destination. Whether it is active follows from its connection. Times are epoch milliseconds. */
export interface ApiDestinationRecord {
  readonly Name: string;
  readonly ApiDestinationArn: string;
  readonly Description?: string | undefined;
  readonly ConnectionArn: string;
  readonly InvocationEndpoint: string;
  readonly HttpMethod: ApiDestinationHttpMethod;
  readonly InvocationRateLimitPerSecond: number;
  readonly CreationTime: number;
  readonly LastModifiedTime: number;
}

const connectionArn = string(
  1,
  1600,
  '^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:connection\\/[\\.\\-_A-Za-z0-9]+\\/[\\-A-Za-z0-9]+$',
);
/** In the server's order, as recorded; the published model has another. */
const httpMethod = oneOf('HEAD', 'POST', 'PATCH', 'DELETE', 'PUT', 'GET', 'OPTIONS');
const byName = { 'Name!': name64 };

export const apiDestinationShapes = requests({
  CreateApiDestination: {
    ...byName,
    Description: lineDescription,
    'ConnectionArn!': connectionArn,
    'InvocationEndpoint!': httpsEndpoint,
    'HttpMethod!': httpMethod,
    InvocationRateLimitPerSecond: integer(1),
  },
  UpdateApiDestination: {
    ...byName,
    Description: lineDescription,
    ConnectionArn: connectionArn,
    InvocationEndpoint: httpsEndpoint,
    HttpMethod: httpMethod,
    InvocationRateLimitPerSecond: integer(1),
  },
  DescribeApiDestination: byName,
  DeleteApiDestination: byName,
  ListApiDestinations: {
    NamePrefix: name64,
    ConnectionArn: connectionArn,
    ...base64Page,
  },
});

export const apiDestinationRecords: CollectionType<ApiDestinationRecord> = {
  name: 'apiDestinations',
  shape: members(
    {
      Name: text,
      ApiDestinationArn: text,
      ConnectionArn: text,
      InvocationEndpoint: text,
      HttpMethod: oneOfShape('POST', 'GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE'),
      InvocationRateLimitPerSecond: countShape,
      CreationTime: instant,
      LastModifiedTime: instant,
    },
    { Description: text },
  ),
};

export function apiDestinationsOf({ store }: Host): Collection<ApiDestinationRecord> {
  return store.collection(apiDestinationRecords);
}
