import { castDraft, produce } from 'immer';
import { type AccountRegion, makeArn } from '../../base/arn.js';
import { invalid } from '../../base/service-error.js';
import { omitUndefined } from '../../core/responses.js';
import type {
  ConnectionAuthorizationType,
  ConnectionAuthResponseParameters,
  ConnectionHttpParameter,
  ConnectionHttpParameters,
  DescribeConnectionConnectivityParameters,
} from './connection-record.js';
import type { ConnectivityResourceParameters, UpdateConnectionAuthRequestParameters } from './connection-requests.js';

const membersOfTypes = {
  BASIC: 'BasicAuthParameters',
  OAUTH_CLIENT_CREDENTIALS: 'OAuthParameters',
  API_KEY: 'ApiKeyAuthParameters',
} as const;

/** What is shown of how a connection reaches a private API. */
export type DescribeConnectivity = (
  parameters: ConnectivityResourceParameters,
) => DescribeConnectionConnectivityParameters;

/**
 * Throws for the parameters of another type, for none of this one if they are required, and for an endpoint that is not https. The
 * sentence of parameters of both types is Footbridge's.
 */
export function checkParameters(
  type: ConnectionAuthorizationType,
  parameters: UpdateConnectionAuthRequestParameters,
  isRequired: boolean,
): void {
  const own = membersOfTypes[type];
  const other = Object.values(membersOfTypes).find((member) => member !== own && parameters[member] !== undefined);
  if (parameters[own] === undefined && (isRequired || other !== undefined)) {
    throw invalid(`Parameter ${own} is not valid. Reason: Missing required field(s)`);
  }
  if (other !== undefined) {
    throw invalid(`Parameter AuthParameters is not valid. Reason: AuthorizationType ${type} does not take ${other}.`);
  }
  const endpoint = parameters.OAuthParameters?.AuthorizationEndpoint;
  if (endpoint !== undefined && !isHttpsEndpoint(endpoint)) {
    throw invalid(`Parameter AuthorizationEndpoint is not valid. Reason: Endpoint '${endpoint}' is not valid`);
  }
}

/** Whether a URL is https, names a host, and has neither user info nor `*` in the host. One without a scheme is accepted: captured. */
export function isHttpsEndpoint(url: string): boolean {
  const [, scheme, authority = ''] = /^([a-z][-+.a-z0-9]*):\/\/([^/?#]*)/iu.exec(url) ?? [];
  return scheme === undefined || (scheme.toLowerCase() === 'https' && /^[^@*]+$/u.test(authority));
}

/**
 * What is shown of the parameters of a connection, after those given have replaced those of before: never a secret, as none
 * goes in.
 */
export function shownParameters(
  type: ConnectionAuthorizationType,
  given: UpdateConnectionAuthRequestParameters,
  before: ConnectionAuthResponseParameters,
  describe: DescribeConnectivity,
): ConnectionAuthResponseParameters {
  const { BasicAuthParameters: basic, OAuthParameters: oAuth, ApiKeyAuthParameters: apiKey } = given;
  const { InvocationHttpParameters: http, ConnectivityParameters: connectivity } = given;
  return produce(before, (shown) => {
    for (const member of Object.values(membersOfTypes)) if (member !== membersOfTypes[type]) delete shown[member];
    if (basic !== undefined) {
      shown.BasicAuthParameters = { ...shown.BasicAuthParameters, ...omitUndefined({ Username: basic.Username }) };
    }
    if (oAuth !== undefined) {
      const { ClientParameters: client, AuthorizationEndpoint, HttpMethod, OAuthHttpParameters } = oAuth;
      shown.OAuthParameters ??= {};
      if (client !== undefined) {
        shown.OAuthParameters.ClientParameters = {
          ...shown.OAuthParameters.ClientParameters,
          ...omitUndefined({ ClientID: client.ClientID }),
        };
      }
      Object.assign(shown.OAuthParameters, omitUndefined({ AuthorizationEndpoint, HttpMethod }));
      if (OAuthHttpParameters !== undefined) {
        shown.OAuthParameters.OAuthHttpParameters = castDraft(shownHttp(OAuthHttpParameters));
      }
    }
    if (apiKey !== undefined) {
      shown.ApiKeyAuthParameters = {
        ...shown.ApiKeyAuthParameters,
        ...omitUndefined({ ApiKeyName: apiKey.ApiKeyName }),
      };
    }
    if (http !== undefined) shown.InvocationHttpParameters = castDraft(shownHttp(http));
    if (connectivity !== undefined) shown.ConnectivityParameters = describe(connectivity);
  });
}

function shownHttp(parameters: ConnectionHttpParameters): ConnectionHttpParameters {
  return Object.fromEntries(
    Object.entries(parameters as Record<string, ConnectionHttpParameter[]>).map(([name, list]) => [
      name,
      list.map(({ Key, Value, IsValueSecret = false }) => ({
        ...omitUndefined({ Key, Value: IsValueSecret ? undefined : Value }),
        IsValueSecret,
      })),
    ]),
  );
}

/** With the association that the service makes for the configuration of a private API. */
export function connectivityOf(home: AccountRegion, unique: string): DescribeConnectivity {
  const association = `servicenetworkresourceassociation/snra-${shortSuffix(unique, 17)}`;
  return ({ ResourceParameters }) => ({
    ResourceParameters: {
      ResourceConfigurationArn: ResourceParameters?.ResourceConfigurationArn,
      ResourceAssociationArn: makeArn(home, 'vpc-lattice', association),
    },
  });
}

/** `length` letters and digits that follow from a unique part. */
export function shortSuffix(unique: string, length: number): string {
  return unique.replaceAll('-', '').slice(-length).padStart(length, '0');
}
