import { describe, expect, test } from 'vitest';
import { createBridge, type Operations, sequentialIds, virtualClock } from '../../src/index.js';

type Create = Operations['CreateConnection']['input'];

const start = new Date('2026-01-02T03:04:05Z');
const unique = '00000000-0000-0000-0000-000000000001';
const ConnectionArn = `arn:aws:events:us-east-1:123456789012:connection/shop/${unique}`;
const SecretArn = `arn:aws:secretsmanager:us-east-1:123456789012:secret:events!connection/shop/${unique}-000001`;

const basic: Create = {
  Name: 'shop',
  AuthorizationType: 'BASIC',
  AuthParameters: { BasicAuthParameters: { Username: 'user', Password: 'secret-1' } },
};
const apiKey: Create = {
  Name: 'shop',
  AuthorizationType: 'API_KEY',
  AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'X-Key', ApiKeyValue: 'secret-2' } },
};
const oAuth: Create = {
  Name: 'shop',
  AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS',
  AuthParameters: {
    OAuthParameters: {
      ClientParameters: { ClientID: 'client', ClientSecret: 'secret-3' },
      AuthorizationEndpoint: 'https://shop.example/token',
      HttpMethod: 'POST',
      OAuthHttpParameters: { BodyParameters: [{ Key: 'scope', Value: 'all' }] },
    },
  },
};

function bridgeAt(clock = virtualClock(start.toISOString())) {
  return createBridge({ clock, ids: sequentialIds() });
}

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
    expect(authorizing).not.toHaveProperty('LastAuthorizedTime');
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
      'Parameter AuthParameters is not valid. Reason: AuthorizationType BASIC needs BasicAuthParameters.',
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

describe('A connection that changes', () => {
  test('keeps its ARN, its secret and what is left out', async () => {
    const clock = virtualClock(start.toISOString());
    await using bridge = bridgeAt(clock);
    await bridge.createConnection({ ...oAuth, Description: 'd' });
    await clock.advance('1h');
    const now = new Date(start.getTime() + 3_600_000);
    expect(
      await bridge.updateConnection({
        Name: 'shop',
        AuthParameters: { OAuthParameters: { ClientParameters: { ClientSecret: 'other' }, HttpMethod: 'PUT' } },
      }),
    ).toEqual({ ConnectionArn, ConnectionState: 'AUTHORIZING', CreationTime: start, LastModifiedTime: now });
    expect(await bridge.describeConnection({ Name: 'shop' })).toMatchObject({
      Description: 'd',
      SecretArn,
      AuthParameters: {
        OAuthParameters: {
          ClientParameters: { ClientID: 'client' },
          AuthorizationEndpoint: 'https://shop.example/token',
          HttpMethod: 'PUT',
        },
      },
    });
    await clock.advance('1s');
    expect(await bridge.updateConnection({ Name: 'shop', Description: 'new' })).toMatchObject({
      ConnectionState: 'AUTHORIZED',
      LastAuthorizedTime: new Date(now.getTime() + 1000),
    });
  });

  test('to another type drops the parameters of the old one, and needs all of the new', async () => {
    await using bridge = bridgeAt();
    const InvocationHttpParameters = { HeaderParameters: [{ Key: 'h', Value: 'v' }] };
    await bridge.createConnection({ ...oAuth, AuthParameters: { ...oAuth.AuthParameters, InvocationHttpParameters } });
    const change = { Name: 'shop', AuthorizationType: 'BASIC' as const };
    await expect(bridge.updateConnection(change)).rejects.toThrow('AuthorizationType BASIC needs BasicAuthParameters.');
    await expect(
      bridge.updateConnection({ ...change, AuthParameters: { BasicAuthParameters: { Username: 'u' } } }),
    ).rejects.toMatchObject({
      name: 'ValidationException',
      message:
        "1 validation error detected: Value null at 'authParameters.basicAuthParameters.password' failed to satisfy constraint: Member must not be null",
    });
    await bridge.updateConnection({ ...change, AuthParameters: basic.AuthParameters });
    expect(await bridge.describeConnection({ Name: 'shop' })).toMatchObject({
      ConnectionState: 'AUTHORIZED',
      AuthorizationType: 'BASIC',
    });
    expect((await bridge.describeConnection({ Name: 'shop' })).AuthParameters).toEqual({
      BasicAuthParameters: { Username: 'user' },
      InvocationHttpParameters,
    });
    await expect(
      bridge.updateConnection({ Name: 'shop', AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'k' } } }),
    ).rejects.toThrow('AuthorizationType BASIC does not take ApiKeyAuthParameters.');
  });

  test('can be deauthorized, and authorized again', async () => {
    await using bridge = bridgeAt();
    await bridge.createConnection(basic);
    expect(await bridge.deauthorizeConnection({ Name: 'shop' })).toEqual({
      ConnectionArn,
      ConnectionState: 'DEAUTHORIZING',
      CreationTime: start,
      LastModifiedTime: start,
      LastAuthorizedTime: start,
    });
    const described = await bridge.describeConnection({ Name: 'shop' });
    expect(described).toMatchObject({ ConnectionState: 'DEAUTHORIZED', LastAuthorizedTime: start });
    expect(described).not.toHaveProperty('AuthParameters');
    expect(described).not.toHaveProperty('SecretArn');
    expect(await bridge.updateConnection({ Name: 'shop', Description: 'd' })).toMatchObject({
      ConnectionState: 'DEAUTHORIZED',
    });
    await expect(
      bridge.updateConnection({ Name: 'shop', AuthParameters: { BasicAuthParameters: { Password: 'p' } } }),
    ).rejects.toThrow("Value null at 'authParameters.basicAuthParameters.username'");
    await bridge.updateConnection({ Name: 'shop', AuthParameters: basic.AuthParameters });
    expect(await bridge.describeConnection({ Name: 'shop' })).toMatchObject({
      ConnectionState: 'AUTHORIZED',
      SecretArn,
      AuthParameters: { BasicAuthParameters: { Username: 'user' } },
    });
  });

  test('to nothing is DELETING, then unknown, and new when it is made again', async () => {
    await using bridge = bridgeAt();
    await bridge.createConnection({ ...basic, Description: 'old' });
    expect(await bridge.deleteConnection({ Name: 'shop' })).toEqual({
      ConnectionArn,
      ConnectionState: 'DELETING',
      CreationTime: start,
      LastModifiedTime: start,
      LastAuthorizedTime: start,
    });
    await bridge.createConnection(basic);
    const again = await bridge.describeConnection({ Name: 'shop' });
    expect(again).not.toHaveProperty('Description');
    expect(again.ConnectionArn).not.toBe(ConnectionArn);
  });

  test.each(['describeConnection', 'updateConnection', 'deauthorizeConnection', 'deleteConnection'] as const)(
    'must be there: %s',
    async (method) => {
      await using bridge = createBridge();
      await expect(bridge[method]({ Name: 'none' })).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        message: "Failed to describe the connection(s). Connection 'none' does not exist.",
      });
    },
  );

  test('is one of many that are listed page by page', async () => {
    await using bridge = createBridge();
    for (const Name of ['c', 'a', 'b', 'x']) await bridge.createConnection({ ...basic, Name });
    const first = await bridge.listConnections({ Limit: 2 });
    const second = await bridge.listConnections({ NextToken: first.NextToken });
    expect([first, second].map(({ Connections }) => Connections.map(({ Name }) => Name))).toEqual([
      ['a', 'b'],
      ['c', 'x'],
    ]);
    expect((await bridge.listConnections({ NamePrefix: 'x' })).Connections).toHaveLength(1);
  });

  test('has an ARN that the service would take, whatever makes the ids', async () => {
    await using bridge = createBridge({ ids: () => `evt_${'é'.repeat(100)}` });
    const { ConnectionArn: arn } = await bridge.createConnection(basic);
    expect(arn).toMatch(/:connection\/shop\/[-A-Za-z0-9]{1,64}$/);
    await bridge.createApiDestination({
      Name: 'd',
      ConnectionArn: arn,
      InvocationEndpoint: 'https://shop.example',
      HttpMethod: 'POST',
    });
  });
});
