import {
  type Bridge,
  type BridgeOptions,
  type BusHandle,
  createBridge,
  sequentialIds,
  type VirtualClock,
  virtualClock,
} from '../../src/index.js';

export const home = 'arn:aws:events:us-east-1:123456789012';
export const busArn = `${home}:event-bus/default`;
export const archiveArn = `${home}:archive/all`;
/** 2026-01-02T03:04:05Z */
export const start = new Date('2026-01-02T03:04:05Z');

/** An archive's name and source, as most tests want it. */
export const all = { ArchiveName: 'all', EventSourceArn: busArn } as const;

/** A replay of everything in the archive `all`. */
export const everything = {
  ReplayName: 'again',
  EventSourceArn: archiveArn,
  EventStartTime: new Date('2020-01-01T00:00:00Z'),
  EventEndTime: new Date('2030-01-01T00:00:00Z'),
  Destination: { Arn: busArn },
} as const;

/** A bridge on a virtual clock, with an archive `all` of its default bus. */
export async function archived(options: BridgeOptions = {}): Promise<{ bridge: Bridge; clock: VirtualClock }> {
  const clock = virtualClock(start);
  const bridge = createBridge({ clock, ids: sequentialIds(), ...options });
  await bridge.createArchive(all);
  return { bridge, clock };
}

/** Publishes one event for each number, which is its detail's `n`. */
export async function publishNumbers(
  bridge: Pick<BusHandle, 'publish'>,
  numbers: readonly number[],
  time?: Date,
): Promise<void> {
  await bridge.publish(numbers.map((n) => ({ source: 'com.shop', detailType: 'Order Placed', detail: { n }, time })));
}
