import { describe, expect, test } from 'vitest';
import { createBridge, virtualClock } from '../../src/index.js';
import { basic, bridgeAt, ConnectionArn, oAuth, SecretArn, start } from './connection-inputs.js';

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
        AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS',
        AuthParameters: { OAuthParameters: { ClientParameters: { ClientSecret: 'other' }, HttpMethod: 'PUT' } },
      }),
    ).toEqual({
      ConnectionArn,
      ConnectionState: 'AUTHORIZING',
      CreationTime: start,
      LastModifiedTime: start,
      LastAuthorizedTime: new Date(0),
    });
    expect(await bridge.describeConnection({ Name: 'shop' })).toMatchObject({
      LastModifiedTime: now,
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
    await expect(bridge.updateConnection({ ...change, AuthParameters: {} })).rejects.toThrow(
      'Parameter BasicAuthParameters is not valid. Reason: Missing required field(s)',
    );
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
      InvocationHttpParameters: { HeaderParameters: [{ Key: 'h', Value: 'v', IsValueSecret: false }] },
    });
    await expect(
      bridge.updateConnection({ ...change, AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'k' } } }),
    ).rejects.toThrow('Parameter BasicAuthParameters is not valid. Reason: Missing required field(s)');
  });

  test('can be deauthorized, and authorized again', async () => {
    const clock = virtualClock(start.toISOString());
    await using bridge = bridgeAt(clock);
    await bridge.createConnection(basic);
    expect(await bridge.deauthorizeConnection({ Name: 'shop' })).toEqual({
      ConnectionArn,
      ConnectionState: 'DEAUTHORIZING',
      CreationTime: start,
      LastModifiedTime: start,
      LastAuthorizedTime: start,
    });
    expect(await bridge.describeConnection({ Name: 'shop' })).toMatchObject({ ConnectionState: 'DEAUTHORIZING' });
    await clock.advance('1s');
    const described = await bridge.describeConnection({ Name: 'shop' });
    expect(described).toMatchObject({ ConnectionState: 'DEAUTHORIZED', LastAuthorizedTime: start, AuthParameters: {} });
    expect(described).not.toHaveProperty('SecretArn');
    expect(await bridge.updateConnection({ Name: 'shop', Description: 'd' })).toMatchObject({
      ConnectionState: 'DEAUTHORIZED',
    });
    await expect(
      bridge.updateConnection({
        Name: 'shop',
        AuthorizationType: 'BASIC',
        AuthParameters: { BasicAuthParameters: { Password: 'p' } },
      }),
    ).rejects.toThrow("Value null at 'authParameters.basicAuthParameters.username'");
    await bridge.updateConnection({
      Name: 'shop',
      AuthorizationType: 'BASIC',
      AuthParameters: basic.AuthParameters,
    });
    expect(await bridge.describeConnection({ Name: 'shop' })).toMatchObject({
      ConnectionState: 'AUTHORIZED',
      SecretArn,
      AuthParameters: { BasicAuthParameters: { Username: 'user' } },
    });
  });

  test('to nothing is DELETING, then unknown, and new when it is made again', async () => {
    const clock = virtualClock(start.toISOString());
    await using bridge = bridgeAt(clock);
    await bridge.createConnection({ ...basic, Description: 'old' });
    expect(await bridge.deleteConnection({ Name: 'shop' })).toEqual({
      ConnectionArn,
      ConnectionState: 'DELETING',
      CreationTime: start,
      LastModifiedTime: start,
      LastAuthorizedTime: start,
    });
    expect(await bridge.describeConnection({ Name: 'shop' })).toMatchObject({ ConnectionState: 'DELETING' });
    await expect(bridge.createConnection(basic)).rejects.toThrow('Connection shop already exists.');
    await clock.advance('1s');
    await expect(bridge.describeConnection({ Name: 'shop' })).rejects.toThrow("Connection 'shop' does not exist.");
    await bridge.createConnection(basic);
    const again = await bridge.describeConnection({ Name: 'shop' });
    expect(again).not.toHaveProperty('Description');
    expect(again.ConnectionArn).not.toBe(ConnectionArn);
  });

  test.each(['describe', 'update', 'deauthorize', 'delete'] as const)('must be there: %s', async (verb) => {
    await using bridge = createBridge();
    await expect(bridge[`${verb}Connection`]({ Name: 'none' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Failed to ${verb} the connection(s). Connection 'none' does not exist.`,
    });
  });

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
