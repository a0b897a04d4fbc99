import { describe, expect, test } from 'vitest';
import { createBridge, virtualClock } from '../../src/index.js';
import { apiKey, basic, bridgeAt, ConnectionArn, oAuth, SecretArn, start } from './connection-inputs.js';

describe('A connection', () => {
  test.each([
    [basic, { BasicAuthParameters: { Username: 'user' } }],
    [apiKey, { ApiKeyAuthParameters: { ApiKeyName: 'X-Key' } }],
  ])('is authorized at once, and shown without its secret: %j', async (input, AuthParameters) => {
    await using bridge = bridgeAt();
    const created = {
      ConnectionArn,
      ConnectionState: 'AUTHORIZED',
      CreationTime: start,
      LastModifiedTime: start,
    };
    expect(await bridge.createConnection({ ...input, Description: 'd' })).toEqual(created);
    const listed = {
      ...created,
      Name: 'shop',
      AuthorizationType: input.AuthorizationType,
      LastAuthorizedTime: start,
    };
    expect(await bridge.describeConnection({ Name: 'shop' })).toEqual({
      ...listed,
      Description: 'd',
      AuthParameters,
      SecretArn,
    });
    expect(await bridge.listConnections()).toEqual({ Connections: [listed] });
  });

  test('by OAuth is AUTHORIZING for a second of the clock', async () => {
    const clock = virtualClock(start.toISOString());
    await using bridge = bridgeAt(clock);
    expect(await bridge.createConnection(oAuth)).toMatchObject({ ConnectionState: 'AUTHORIZING' });
    const authorizing = await bridge.describeConnection({ Name: 'shop' });
    expect(authorizing).toMatchObject({
      ConnectionState: 'AUTHORIZING',
      AuthParameters: {
        OAuthParameters: {
          ClientParameters: { ClientID: 'client' },
          AuthorizationEndpoint: 'https://shop.example/token',
          HttpMethod: 'POST',
          OAuthHttpParameters: { BodyParameters: [{ Key: 'scope', Value: 'all' }] },
        },
      },
    });
    expect(authorizing.LastAuthorizedTime).toEqual(new Date(0));
    await clock.advance('999ms');
    expect(await bridge.listConnections({ ConnectionState: 'AUTHORIZED' })).toEqual({ Connections: [] });
    await clock.advance('1ms');
    expect(await bridge.listConnections({ ConnectionState: 'AUTHORIZED' })).toMatchObject({
      Connections: [{ Name: 'shop', LastAuthorizedTime: new Date(start.getTime() + 1000) }],
    });
  });

  test.each([basic, apiKey, oAuth])('tells its secrets to nobody: %j', async (input) => {
    await using bridge = bridgeAt();
    const secret = [{ Key: 'h', Value: 'secret-4', IsValueSecret: true }];
    const InvocationHttpParameters = {
      HeaderParameters: [...secret, { Key: 'open', Value: 'v', IsValueSecret: false }],
      QueryStringParameters: secret,
      BodyParameters: secret,
    };
    await bridge.createConnection({ ...input, AuthParameters: { ...input.AuthParameters, InvocationHttpParameters } });
    const described = await bridge.describeConnection({ Name: 'shop' });
    expect(JSON.stringify([described, await bridge.listConnections()])).not.toContain('secret-');
    const hidden = [{ Key: 'h', IsValueSecret: true }];
    expect(described.AuthParameters?.InvocationHttpParameters).toEqual({
      HeaderParameters: [...hidden, { Key: 'open', Value: 'v', IsValueSecret: false }],
      QueryStringParameters: hidden,
      BodyParameters: hidden,
    });
  });

  test('does not tell a secret that is refused', async () => {
    await using bridge = bridgeAt();
    const BasicAuthParameters = { Username: 'a:b', Password: 'secret:1' };
    const pattern = '^[ \\t]*[^\\x00-\\x1F:\\x7F]+([ \\t]+[^\\x00-\\x1F:\\x7F]+)*[ \\t]*$';
    await expect(bridge.createConnection({ ...basic, AuthParameters: { BasicAuthParameters } })).rejects.toMatchObject({
      name: 'ValidationException',
      message:
        `2 validation errors detected: Value 'a:b' at 'authParameters.basicAuthParameters.username' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern}; ` +
        `Value at 'authParameters.basicAuthParameters.password' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern}`,
    });
  });

  test('to a private API is given an association', async () => {
    await using bridge = bridgeAt();
    const ResourceConfigurationArn =
      'arn:aws:vpc-lattice:us-east-1:123456789012:resourceconfiguration/rcfg-0123456789abcdef0';
    const parameters = { ResourceParameters: { ResourceConfigurationArn } };
    await bridge.createConnection({
      ...basic,
      AuthParameters: { ...basic.AuthParameters, ConnectivityParameters: parameters },
      InvocationConnectivityParameters: parameters,
    });
    const ResourceAssociationArn =
      'arn:aws:vpc-lattice:us-east-1:123456789012:servicenetworkresourceassociation/snra-00000000000000001';
    const described = { ResourceParameters: { ResourceConfigurationArn, ResourceAssociationArn } };
    expect(await bridge.describeConnection({ Name: 'shop' })).toMatchObject({
      InvocationConnectivityParameters: described,
      AuthParameters: { ConnectivityParameters: described },
    });
  });

  test.each([
    [
      'an unknown type',
      { ...basic, AuthorizationType: 'INVALID_AUTH_TYPE' },
      "1 validation error detected: Value 'INVALID_AUTH_TYPE' at 'authorizationType' failed to satisfy constraint: Member must satisfy enum value set: [BASIC, OAUTH_CLIENT_CREDENTIALS, API_KEY]",
    ],
    [
      'a name with blanks',
      { ...basic, Name: 'Invalid Name With Spaces!' },
      "1 validation error detected: Value 'Invalid Name With Spaces!' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+",
    ],
    [
      'three faults',
      {
        ...basic,
        Name: 'This should fail with two errors 123467890123412341234123412341234',
        AuthorizationType: 'INVALID',
      },
      "3 validation errors detected: Value 'This should fail with two errors 123467890123412341234123412341234' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+; " +
        "Value 'This should fail with two errors 123467890123412341234123412341234' at 'name' failed to satisfy constraint: Member must have length less than or equal to 64; " +
        "Value 'INVALID' at 'authorizationType' failed to satisfy constraint: Member must satisfy enum value set: [BASIC, OAUTH_CLIENT_CREDENTIALS, API_KEY]",
    ],
    [
      'no parameters of its type',
      { ...basic, AuthParameters: {} },
      'Parameter BasicAuthParameters is not valid. Reason: Missing required field(s)',
    ],
    [
      'parameters of another type',
      { ...basic, AuthParameters: { ...basic.AuthParameters, ...apiKey.AuthParameters } },
      'Parameter AuthParameters is not valid. Reason: AuthorizationType BASIC does not take ApiKeyAuthParameters.',
    ],
    [
      'an endpoint that is none',
      {
        ...oAuth,
        AuthParameters: {
          OAuthParameters: {
            ...oAuth.AuthParameters?.OAuthParameters,
            AuthorizationEndpoint: '<',
            HttpMethod: 'PATCH',
          },
        },
      },
      "2 validation errors detected: Value '<' at 'authParameters.oAuthParameters.authorizationEndpoint' failed to satisfy constraint: Member must satisfy regular expression pattern: ^((%[0-9A-Fa-f]{2}|[-()_.!~*';/?:@\\x26=+$,A-Za-z0-9])+)([).!';/?:,])?$; " +
        "Value 'PATCH' at 'authParameters.oAuthParameters.httpMethod' failed to satisfy constraint: Member must satisfy enum value set: [GET, POST, PUT]",
    ],
  ])('is not created with %s', async (_, input, message) => {
    await using bridge = bridgeAt();
    await expect(bridge.createConnection(input as never)).rejects.toMatchObject({
      name: 'ValidationException',
      message,
    });
    expect(await bridge.listConnections()).toEqual({ Connections: [] });
  });

  test('has a name of its own, and room', async () => {
    await using bridge = createBridge({ limits: { connections: 1 } });
    await bridge.createConnection(basic);
    await expect(bridge.createConnection(basic)).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: 'Connection shop already exists.',
    });
    await expect(bridge.createConnection({ ...basic, Name: 'other' })).rejects.toMatchObject({
      name: 'LimitExceededException',
    });
  });
});
