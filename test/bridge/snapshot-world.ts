import { type Bridge, type BridgeOptions, createBridge, type VirtualClock, virtualClock } from '../../src/index.js';
import { withRole } from '../role.js';

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
  await bridge.putTargets({ Rule: 'r', Targets: [{ Id: '1', ...withRole({ Arn, ...more }) }] });
}

/** Puts a connection `shop`, an API destination `orders` that uses it, and an archive `all` of the default bus. */
export async function putResources(bridge: Bridge): Promise<void> {
  const { ConnectionArn } = await bridge.createConnection({
    Name: 'shop',
    AuthorizationType: 'API_KEY',
    AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'X-Key', ApiKeyValue: 'secret' } },
  });
  const InvocationEndpoint = 'https://shop.example';
  await bridge.createApiDestination({ Name: 'orders', ConnectionArn, InvocationEndpoint, HttpMethod: 'POST' });
  await bridge.createArchive({ ArchiveName: 'all', EventSourceArn: `${home}:event-bus/default`, RetentionDays: 9 });
}

/** Starts the replay `again` of everything in the archive `all`. */
export async function replayAll(bridge: Bridge): Promise<void> {
  await bridge.startReplay({
    ReplayName: 'again',
    EventSourceArn: `${home}:archive/all`,
    EventStartTime: 0,
    EventEndTime: new Date('2030-01-01'),
    Destination: { Arn: `${home}:event-bus/default` },
  });
}
