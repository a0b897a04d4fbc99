import type { createBridge } from '../../src/index.js';
import { RoleArn } from '../role.js';

export const machine = 'arn:aws:states:us-east-1:123456789012:stateMachine:ship';
export const dlq = 'arn:aws:sqs:us-east-1:123456789012:ship-dlq';
export const order = { source: 'com.shop', detailType: 'Order Placed', detail: {} };
export const shop = { source: ['com.shop'] };
export type Bridge = ReturnType<typeof createBridge>;

/** Makes one delivery fail, to a dead-letter queue unless it is left out. */
export async function fail(bridge: Bridge, { withQueue = true } = {}): Promise<void> {
  await bridge.putRule({ Name: 'ships', EventPattern: JSON.stringify(shop) });
  const Targets = [
    {
      Id: '1',
      Arn: machine,
      RoleArn,
      RetryPolicy: { MaximumRetryAttempts: 0 },
      ...(withQueue ? { DeadLetterConfig: { Arn: dlq } } : {}),
    },
  ];
  await bridge.putTargets({ Rule: 'ships', Targets });
  bridge.handle(machine, () => Promise.reject(new Error('out of stock')));
  await bridge.publish(order);
  await bridge.idle();
}
