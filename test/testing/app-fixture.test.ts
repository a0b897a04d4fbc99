import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { test as base } from 'vitest';
import { loadTemplate } from '../../src/templates.js';
import { withApp } from '../../src/testing/fixture/app-fixture.js';
import { appTest, describe, expect } from '../../src/vitest.js';
import { failureOf } from './failing.js';

const pattern = { source: ['com.shop'] };
const template = {
  Resources: {
    Orders: { Type: 'AWS::Events::EventBus', Properties: { Name: 'orders' } },
    Bill: {
      Type: 'AWS::Lambda::Function',
      Properties: { Environment: { Variables: { BUS_NAME: { Ref: 'Orders' } } } },
    },
    Mail: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { BUS_NAME: 'default' } } } },
    Placed: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: { Ref: 'Orders' },
        EventPattern: pattern,
        Targets: [{ Id: 'bill', Arn: { 'Fn::GetAtt': ['Bill', 'Arn'] } }],
      },
    },
    Nightly: {
      Type: 'AWS::Events::Rule',
      Properties: {
        ScheduleExpression: 'rate(1 day)',
        Targets: [{ Id: 'bill', Arn: { 'Fn::GetAtt': ['Bill', 'Arn'] } }],
      },
    },
  },
};

/** Code under test: it makes its own client, and finds the bus in its environment. */
const client = new EventBridgeClient({
  region: 'eu-west-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  maxAttempts: 1,
  requestHandler: { handle: () => Promise.reject(new Error('the network')) },
});
const environment: { BUS_NAME?: string } = process.env;
async function placeOrder(): Promise<void> {
  const Entries = [{ Source: 'com.shop', DetailType: 'Placed', Detail: '{}', EventBusName: environment.BUS_NAME }];
  await client.send(new PutEventsCommand({ Entries }));
}

const bills: unknown[] = [];
const Bill = (event: unknown) => void bills.push(event);
const test = appTest({ template, functions: { Bill }, retarget: EventBridgeClient });

describe('appTest', () => {
  test('A test of an application runs its functions on the events that its own clients send', async ({
    bridge,
    stack,
  }) => {
    await placeOrder();
    await bridge.idle();
    expect(bridge).toHaveDeliveredTo('Bill', { event: pattern });
    expect(bills).toHaveLength(1);
    expect(stack.rules.map(({ name }) => name)).toContain('stack-Placed');
  });

  test('A test of an application does not run the schedules of its template', async ({ clock, bridge }) => {
    await clock.advance('7d');
    expect(bridge).not.toHaveReceivedEvent();
  });

  base('A test of an application has its environment and clients back afterwards', async () => {
    expect(environment.BUS_NAME).toBeUndefined();
    await expect(placeOrder()).rejects.toThrow('the network');
  });

  const withSchedules = appTest({ template, functions: { Bill }, schedules: true });
  withSchedules('A test of an application runs its schedules if asked for', async ({ clock, bridge }) => {
    await clock.advance('2d');
    expect(bridge).toHaveDeliveredTo('Nightly');
  });

  base('A test of an application is rejected if two functions need different values of a variable', async () => {
    const running = withApp(loadTemplate, () => {}, { template, functions: { Bill, Mail: () => {} } });
    expect(await failureOf(running)).toBe(
      'appTest: the environment variable BUS_NAME is "orders" for Bill and "default" for Mail. Choose one with the option environment.',
    );
    expect(environment.BUS_NAME).toBeUndefined();
  });

  const chosen = appTest({ template, functions: { Bill, Mail: () => {} }, environment: { BUS_NAME: 'orders' } });
  chosen('A test of an application has the environment of its options where they set a variable', () => {
    expect(environment.BUS_NAME).toBe('orders');
  });
});
