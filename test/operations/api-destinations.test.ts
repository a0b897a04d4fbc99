import { describe, expect, test } from 'vitest';
import { type Bridge, createBridge, sequentialIds, virtualClock } from '../../src/index.js';

const start = new Date('2026-01-02T03:04:05Z');
const home = 'arn:aws:events:us-east-1:123456789012';
const ConnectionArn = `${home}:connection/shop/00000000-0000-0000-0000-000000000001`;
const ApiDestinationArn = `${home}:api-destination/orders/00000000-0000-0000-0000-000000000002`;
const input = {
  Name: 'orders',
  ConnectionArn,
  InvocationEndpoint: 'https://shop.example/orders/*',
  HttpMethod: 'POST',
} as const;

async function bridgeWithConnection(clock = virtualClock(start.toISOString())): Promise<Bridge> {
  const bridge = createBridge({ clock, ids: sequentialIds(), limits: { apiDestinations: 3 } });
  await bridge.createConnection({
    Name: 'shop',
    AuthorizationType: 'API_KEY',
    AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'X-Key', ApiKeyValue: 'secret' } },
  });
  return bridge;
}

describe('An API destination', () => {
  test('is created, described and listed, with 300 invocations a second', async () => {
    await using bridge = await bridgeWithConnection();
    const created = {
      ApiDestinationArn,
      ApiDestinationState: 'ACTIVE',
      CreationTime: start,
      LastModifiedTime: start,
    };
    expect(await bridge.createApiDestination({ ...input, Description: 'd' })).toEqual(created);
    const listed = { ...created, ...input, InvocationRateLimitPerSecond: 300 };
    expect(await bridge.describeApiDestination({ Name: 'orders' })).toEqual({ ...listed, Description: 'd' });
    expect(await bridge.listApiDestinations()).toEqual({ ApiDestinations: [listed] });
    expect(await bridge.listApiDestinations({ NamePrefix: 'x' })).toEqual({ ApiDestinations: [] });
    expect(await bridge.listApiDestinations({ ConnectionArn })).toEqual({ ApiDestinations: [listed] });
    expect(await bridge.listApiDestinations({ ConnectionArn: `${home}:connection/x/1` })).toEqual({
      ApiDestinations: [],
    });
  });

  test('is updated, and what is left out stays', async () => {
    const clock = virtualClock(start.toISOString());
    await using bridge = await bridgeWithConnection(clock);
    await bridge.createApiDestination({ ...input, Description: 'd' });
    await clock.advance('1m');
    const LastModifiedTime = new Date(start.getTime() + 60_000);
    expect(
      await bridge.updateApiDestination({ Name: 'orders', HttpMethod: 'PUT', InvocationRateLimitPerSecond: 1 }),
    ).toEqual({ ApiDestinationArn, ApiDestinationState: 'ACTIVE', CreationTime: start, LastModifiedTime });
    expect(await bridge.describeApiDestination({ Name: 'orders' })).toMatchObject({
      ...input,
      HttpMethod: 'PUT',
      InvocationRateLimitPerSecond: 1,
      Description: 'd',
    });
  });

  test('is INACTIVE while its connection is AUTHORIZING, and once that is deleted', async () => {
    const clock = virtualClock(start.toISOString());
    await using bridge = await bridgeWithConnection(clock);
    const stateOf = async () => (await bridge.describeApiDestination({ Name: 'orders' })).ApiDestinationState;
    await bridge.updateConnection({
      Name: 'shop',
      AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS',
      AuthParameters: {
        OAuthParameters: {
          ClientParameters: { ClientID: 'client', ClientSecret: 'secret' },
          AuthorizationEndpoint: 'https://shop.example/token',
          HttpMethod: 'GET',
        },
      },
    });
    expect(await bridge.createApiDestination(input)).toMatchObject({ ApiDestinationState: 'INACTIVE' });
    await clock.advance('1s');
    expect(await stateOf()).toBe('ACTIVE');
    await bridge.deauthorizeConnection({ Name: 'shop' });
    expect(await stateOf()).toBe('ACTIVE');
    await clock.advance('2s');
    expect(await bridge.describeApiDestination({ Name: 'orders' })).toMatchObject({
      ApiDestinationState: 'ACTIVE',
      LastModifiedTime: start,
    });
    await bridge.deleteConnection({ Name: 'shop' });
    await clock.advance('3s');
    expect(await bridge.describeApiDestination({ Name: 'orders' })).toMatchObject({
      ApiDestinationState: 'INACTIVE',
      ConnectionArn,
      LastModifiedTime: new Date(start.getTime() + 3000),
    });
  });

  test('is deleted', async () => {
    await using bridge = await bridgeWithConnection();
    await bridge.createApiDestination(input);
    expect(await bridge.deleteApiDestination({ Name: 'orders' })).toEqual({});
    expect(await bridge.listApiDestinations()).toEqual({ ApiDestinations: [] });
  });

  test.each(['describe', 'update', 'delete'] as const)('must be there: %s', async (verb) => {
    await using bridge = createBridge();
    await expect(bridge[`${verb}ApiDestination`]({ Name: 'none' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Failed to ${verb} the api-destination(s). An api-destination 'none' does not exist.`,
    });
  });

  test('needs a connection that exists, a name of its own and room', async () => {
    await using bridge = await bridgeWithConnection();
    const other = `${home}:connection/shop/other`;
    const unknown = (verb: string) => ({
      name: 'ResourceNotFoundException',
      message: `Failed to ${verb} the api-destination(s). Connection '${other}' does not exist.`,
    });
    await expect(bridge.createApiDestination({ ...input, ConnectionArn: other })).rejects.toMatchObject(
      unknown('create'),
    );
    await bridge.createApiDestination(input);
    await expect(bridge.updateApiDestination({ Name: 'orders', ConnectionArn: other })).rejects.toMatchObject(
      unknown('update'),
    );
    await expect(bridge.createApiDestination(input)).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: "Failed to create the api-destination(s). An api-destination with name 'orders' already exists.",
    });
    for (const Name of ['b', 'c']) await bridge.createApiDestination({ ...input, Name });
    await expect(bridge.createApiDestination({ ...input, Name: 'd' })).rejects.toMatchObject({
      name: 'LimitExceededException',
    });
    const first = await bridge.listApiDestinations({ Limit: 2 });
    expect(first.ApiDestinations.map(({ Name }) => Name)).toEqual(['b', 'c']);
    expect(await bridge.listApiDestinations({ NextToken: first.NextToken })).toMatchObject({
      ApiDestinations: [{ Name: 'orders' }],
    });
  });

  test('is refused with the sentences of the service', async () => {
    await using bridge = createBridge();
    await expect(
      bridge.createApiDestination({
        Name: 'orders',
        ConnectionArn: 'invalid-connection-arn',
        InvocationEndpoint: 'invalid-endpoint',
        HttpMethod: 'INVALID_METHOD' as never,
      }),
    ).rejects.toMatchObject({
      name: 'ValidationException',
      message:
        "2 validation errors detected: Value 'invalid-connection-arn' at 'connectionArn' failed to satisfy constraint: Member must satisfy regular expression pattern: ^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:connection\\/[\\.\\-_A-Za-z0-9]+\\/[\\-A-Za-z0-9]+$; " +
        "Value 'INVALID_METHOD' at 'httpMethod' failed to satisfy constraint: Member must satisfy enum value set: [HEAD, POST, PATCH, DELETE, PUT, GET, OPTIONS]",
    });
    await expect(
      bridge.createApiDestination({ ...input, Name: 'Invalid Name With Spaces!', InvocationRateLimitPerSecond: 0 }),
    ).rejects.toThrow(
      "2 validation errors detected: Value 'Invalid Name With Spaces!' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+; " +
        "Value '0' at 'invocationRateLimitPerSecond' failed to satisfy constraint: Member must have value greater than or equal to 1",
    );
  });

  test('receives events by the function behind its ARN', async () => {
    await using bridge = await bridgeWithConnection();
    await bridge.createApiDestination(input);
    const bodies: unknown[] = [];
    bridge.handle(ApiDestinationArn, (event) => bodies.push(event.detail));
    await bridge.putRule({ Name: 'r', EventPattern: '{"source":["com.shop"]}' });
    await bridge.putTargets({
      Rule: 'r',
      Targets: [
        {
          Id: '1',
          Arn: ApiDestinationArn,
          RoleArn: 'arn:aws:iam::123456789012:role/r',
          HttpParameters: { PathParameterValues: ['$.detail.id'] },
        },
      ],
    });
    await bridge.publish({ source: 'com.shop', detailType: 'Order Placed', detail: { id: 1 } });
    expect(await bridge.idle()).toMatchObject({ delivered: 1 });
    expect(bodies).toEqual([{ id: 1 }]);
  });
});
