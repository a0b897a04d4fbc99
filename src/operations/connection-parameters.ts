import { type Home, makeArn } from '../base/arn.js';
import { invalid } from '../base/service-error.js';
import type {
  ConnectionAuthorizationType,
  ConnectionAuthResponseParameters,
  ConnectionHttpParameter,
  ConnectionHttpParameters,
  DescribeConnectionConnectivityParameters,
} from '../state/connection-record.js';
import type { ConnectivityResourceParameters, UpdateConnectionAuthRequestParameters } from './connection-requests.js';
import { defined } from './defined.js';
import { shortPart } from './unique-part.js';

const membersOfTypes = {
  BASIC: 'BasicAuthParameters',
  OAUTH_CLIENT_CREDENTIALS: 'OAuthParameters',
  API_KEY: 'ApiKeyAuthParameters',
} as const;

/** What is shown of how a connection reaches a private API. */
export type DescribeConnectivity = (
  parameters: ConnectivityResourceParameters,
) => DescribeConnectionConnectivityParameters;

/** Throws for the parameters of another type, and for none of this one if they are required. The sentences are Footbridge's. */
export function checkParameters(
  type: ConnectionAuthorizationType,
  parameters: UpdateConnectionAuthRequestParameters,
  isRequired: boolean,
): void {
  const own = membersOfTypes[type];
  const other = Object.values(membersOfTypes).find((member) => member !== own && parameters[member] !== undefined);
  if (other !== undefined) {
    throw invalid(`Parameter AuthParameters is not valid. Reason: AuthorizationType ${type} does not take ${other}.`);
  }
  if (isRequired && parameters[own] === undefined) {
    throw invalid(`Parameter AuthParameters is not valid. Reason: AuthorizationType ${type} needs ${own}.`);
  }
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
  const isOfOtherType = (member: string) =>
    Object.values<string>(membersOfTypes).includes(member) && member !== membersOfTypes[type];
  return {
    ...Object.fromEntries(Object.entries(before).filter(([member]) => !isOfOtherType(member))),
    ...defined({
      BasicAuthParameters: basic && { ...before.BasicAuthParameters, ...defined({ Username: basic.Username }) },
      OAuthParameters: oAuth && {
        ...before.OAuthParameters,
        ...defined({
          ClientParameters: oAuth.ClientParameters && {
            ...before.OAuthParameters?.ClientParameters,
            ...defined({ ClientID: oAuth.ClientParameters.ClientID }),
          },
          AuthorizationEndpoint: oAuth.AuthorizationEndpoint,
          HttpMethod: oAuth.HttpMethod,
          OAuthHttpParameters: oAuth.OAuthHttpParameters && shownHttp(oAuth.OAuthHttpParameters),
        }),
      },
      ApiKeyAuthParameters: apiKey && { ...before.ApiKeyAuthParameters, ...defined({ ApiKeyName: apiKey.ApiKeyName }) },
      InvocationHttpParameters: http && shownHttp(http),
      ConnectivityParameters: connectivity && describe(connectivity),
    }),
  };
}

function shownHttp(parameters: ConnectionHttpParameters): ConnectionHttpParameters {
  return Object.fromEntries(
    Object.entries(parameters as Record<string, ConnectionHttpParameter[]>).map(([name, list]) => [
      name,
      list.map(({ Value, ...rest }) => (rest.IsValueSecret ? rest : { ...rest, ...defined({ Value }) })),
    ]),
  );
}

/** With the association that the service makes for the configuration of a private API. */
export function connectivityOf(home: Home, unique: string): DescribeConnectivity {
  const association = `servicenetworkresourceassociation/snra-${shortPart(unique, 17)}`;
  return ({ ResourceParameters }) => ({
    ResourceParameters: {
      ResourceConfigurationArn: ResourceParameters?.ResourceConfigurationArn,
      ResourceAssociationArn: makeArn(home, 'vpc-lattice', association),
    },
  });
}
