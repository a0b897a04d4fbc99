import { CloudWatchEvents, CloudWatchEventsClient } from '@aws-sdk/client-cloudwatch-events';
import {
  EventBridge,
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsCommandInput,
  type PutEventsCommandOutput,
} from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { setupServer } from 'msw/node';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { clientConfig, eventBridgeHandlers, mockResponder, retarget } from '../../src/aws-sdk.js';
import { createBridge } from '../../src/index.js';

describe('The types of footbridge/aws-sdk', () => {
  const bridge = createBridge();

  test('fit the configuration of each client', () => {
    const config = clientConfig(bridge);
    const clients = [EventBridgeClient, EventBridge, CloudWatchEventsClient, CloudWatchEvents] as const;
    for (const Client of clients) expect(new Client(config)).toBeInstanceOf(Client);
    expect(new EventBridgeClient({ ...config, region: 'eu-west-1', maxAttempts: 3 })).toBeInstanceOf(EventBridgeClient);
  });

  test('fit each class of clients, and nothing else', () => {
    for (const Client of [EventBridgeClient, EventBridge, CloudWatchEventsClient, CloudWatchEvents]) {
      retarget(Client, bridge).dispose();
    }
    // @ts-expect-error a client is no class
    expect(() => retarget(new EventBridgeClient({}), bridge)).toThrow();
    // @ts-expect-error a class without send is none of clients
    expect(() => retarget(Date, bridge)).toThrow();
  });

  test('fit mocks, and the inputs and outputs of the SDK', () => {
    const fake = mockResponder(bridge, 'PutEvents');
    const mock = mockClient(EventBridgeClient);
    mock.on(PutEventsCommand).callsFake(fake);
    mock.restore();
    const like: (input: PutEventsCommandInput) => Promise<PutEventsCommandOutput> = fake;
    expect(like).toBe(fake);
    expectTypeOf(fake).returns.resolves.toHaveProperty('$metadata');
    // @ts-expect-error there is no such operation
    mockResponder(bridge, 'PutRocket');
  });

  test('fit the handlers of MSW', () => {
    expect(setupServer(...eventBridgeHandlers(bridge)).listHandlers()).toHaveLength(1);
  });
});
