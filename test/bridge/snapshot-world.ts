import { type Bridge, type BridgeOptions, createBridge, type VirtualClock, virtualClock } from '../../src/index.js';

export const home = 'arn:aws:events:us-east-1:123456789012';
export const EventPattern = '{"source":["com.shop"]}';
export const bill = 'arn:aws:lambda:us-east-1:123456789012:function:bill';
export const sqs = (name: string) => `arn:aws:sqs:us-east-1:123456789012:${name}`;
export const event = { source: 'com.shop', detailType: 'Order Placed', detail: { n: 1 } };

/** A bridge on a virtual clock, whose retries wait as long as they may. */
export function world(options: BridgeOptions = {}): { bridge: Bridge; clock: VirtualClock } {
  const clock = virtualClock();
  const bridge = createBridge({ clock, random: () => 1, onFailedDelivery: 'ignore', ...options });
  return { bridge, clock };
}

/** Puts a rule `r` for events of `com.shop`, with one target. */
export async function ruleTo(bridge: Bridge, Arn: string, more: object = {}): Promise<void> {
  await bridge.putRule({ Name: 'r', EventPattern });
  await bridge.putTargets({ Rule: 'r', Targets: [{ Id: '1', Arn, ...more }] });
}
