import {
  type Bridge,
  type BridgeOptions,
  createBridge,
  type Target,
  type VirtualClock,
  virtualClock,
} from '../../src/index.js';
import { withRole } from '../role.js';

/** Where the clocks of tests start. */
export const start = Date.UTC(2026, 0, 1);

export const topic = 'arn:aws:sns:us-east-1:123456789012:topic';
export const lambda = 'arn:aws:lambda:us-east-1:123456789012:function:bill';
export const deadLetterQueue = 'arn:aws:sqs:us-east-1:123456789012:dlq';
export const order = { source: 'com.shop', detailType: 'Order Placed', detail: { total: 120 } };

export interface World {
  readonly bridge: Bridge;
  readonly clock: VirtualClock;
}

/** A bridge on a virtual clock with a rule `all` and, if given, one target of Id 1. Retries wait as long as they may. */
export async function world(target?: Omit<Target, 'Id'>, options: BridgeOptions = {}): Promise<World> {
  const clock = virtualClock(start);
  const bridge = createBridge({ clock, random: () => 1, onFailedDelivery: 'ignore', ...options });
  await bridge.putRule({ Name: 'all', EventPattern: '{"source":["com.shop"]}' });
  if (target !== undefined) await bridge.putTargets({ Rule: 'all', Targets: [{ Id: '1', ...withRole(target) }] });
  return { bridge, clock };
}

/** Seconds since the start. */
export function secondsOf(clock: VirtualClock): number {
  return (clock.now() - start) / 1000;
}
