import { onTestFinished } from 'vitest';
import { type ConnectOptions, connectBridge, type RemoteBridge } from '../../src/http.js';
import { type Bridge, createBridge } from '../../src/index.js';

/** A connection that is closed when the test ends. */
export async function connected(url: string, options?: ConnectOptions): Promise<RemoteBridge> {
  const remote = await connectBridge(url, options);
  onTestFinished(() => remote.close());
  return remote;
}

/** A bridge that says nothing on the console, with a rule for events of `com.shop` and a target function. */
export async function billingBridge(target: object = {}): Promise<Bridge> {
  const bridge = createBridge({ onUnhandledTarget: 'ignore', onFailedDelivery: 'ignore' });
  await bridge.putRule({ Name: 'bill', EventPattern: '{"source":["com.shop"]}' });
  const Arn = 'arn:aws:lambda:us-east-1:123456789012:function:bill';
  await bridge.putTargets({ Rule: 'bill', Targets: [{ Id: '1', Arn, ...target }] });
  return bridge;
}

export const placed = { source: 'com.shop', detailType: 'Order Placed', detail: { total: 120 } };
