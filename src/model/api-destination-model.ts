import { httpsEndpoint, lineDescription, page, shortName } from './scalars.js';
import { integer, oneOf, requests, string } from './shape.js';

const connectionArn = string(
  1,
  1600,
  '^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:connection\\/[\\.\\-_A-Za-z0-9]+\\/[\\-A-Za-z0-9]+$',
);
/** In the server's order, as recorded; the published model has another. */
const httpMethod = oneOf('HEAD', 'POST', 'PATCH', 'DELETE', 'PUT', 'GET', 'OPTIONS');
const byName = { 'Name!': shortName };

export const apiDestinationModel = requests({
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
    NamePrefix: shortName,
    ConnectionArn: connectionArn,
    ...page,
  },
});
