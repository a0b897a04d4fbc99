import {
  authText,
  base64Page,
  boolean,
  headerKey,
  headerValue,
  httpsEndpoint,
  kmsKey,
  lineDescription,
  list,
  name64,
  oneOf,
  queryKey,
  queryValue,
  requests,
  type Shape,
  type StringShape,
  string,
  structure,
} from '../../model/shape.js';

const secretText = { ...authText, isSecret: true };

/** Recorded in this order. */
const authorizationType = oneOf('BASIC', 'OAUTH_CLIENT_CREDENTIALS', 'API_KEY');

const connectivityParameters = structure('ConnectivityResourceParameters', {
  'ResourceParameters!': structure('ConnectivityResourceConfigurationArn', {
    'ResourceConfigurationArn!': string(
      0,
      2048,
      '^(?:^arn:[a-z0-9\\-]+:vpc-lattice:[a-zA-Z0-9\\-]+:\\d{12}:resourceconfiguration/rcfg-[0-9a-z]{17}$|^$)',
    ),
  }),
});

const httpParameters = structure('ConnectionHttpParameters', {
  HeaderParameters: parameters('ConnectionHeaderParameter', headerKey, headerValue),
  QueryStringParameters: parameters('ConnectionQueryStringParameter', queryKey, queryValue),
  BodyParameters: parameters('ConnectionBodyParameter', string(), string()),
});

function parameters(name: string, key: StringShape, value: StringShape): Shape {
  const parameter = structure(name, { Key: key, Value: { ...value, isSecret: true }, IsValueSecret: boolean });
  return list(parameter, 0, 100);
}

/** Members end in `!` where all of them must be given, on creation. */
function authParameters(verb: 'Create' | 'Update', mark: '!' | '') {
  const name = (what: string) => `${verb}Connection${what}RequestParameters`;
  return structure(name('Auth'), {
    BasicAuthParameters: structure(name('BasicAuth'), {
      [`Username${mark}`]: authText,
      [`Password${mark}`]: secretText,
    }),
    OAuthParameters: structure(name('OAuth'), {
      [`ClientParameters${mark}`]: structure(name('OAuthClient'), {
        [`ClientID${mark}`]: authText,
        [`ClientSecret${mark}`]: secretText,
      }),
      [`AuthorizationEndpoint${mark}`]: httpsEndpoint,
      [`HttpMethod${mark}`]: oneOf('GET', 'POST', 'PUT'),
      OAuthHttpParameters: httpParameters,
    }),
    ApiKeyAuthParameters: structure(name('ApiKeyAuth'), {
      [`ApiKeyName${mark}`]: authText,
      [`ApiKeyValue${mark}`]: secretText,
    }),
    InvocationHttpParameters: httpParameters,
    ConnectivityParameters: connectivityParameters,
  });
}

const byName = { 'Name!': name64 };

export const connectionShapes = requests({
  CreateConnection: {
    ...byName,
    Description: lineDescription,
    'AuthorizationType!': authorizationType,
    'AuthParameters!': authParameters('Create', '!'),
    InvocationConnectivityParameters: connectivityParameters,
    KmsKeyIdentifier: kmsKey,
  },
  UpdateConnection: {
    ...byName,
    Description: lineDescription,
    AuthorizationType: authorizationType,
    AuthParameters: authParameters('Update', ''),
    InvocationConnectivityParameters: connectivityParameters,
    KmsKeyIdentifier: kmsKey,
  },
  DescribeConnection: byName,
  DeauthorizeConnection: byName,
  DeleteConnection: byName,
  ListConnections: {
    NamePrefix: name64,
    ConnectionState: oneOf(
      'CREATING',
      'UPDATING',
      'DELETING',
      'AUTHORIZED',
      'DEAUTHORIZED',
      'AUTHORIZING',
      'DEAUTHORIZING',
      'ACTIVE',
      'FAILED_CONNECTIVITY',
    ),
    ...base64Page,
  },
});
