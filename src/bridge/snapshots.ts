import type { BridgeAccess, Plugin } from '../core/plugin.js';
import { restoreHost } from './restore.js';
import { type Snapshot, takeSnapshot } from './snapshot.js';

/** Snapshots of a bridge. */
export interface SnapshotAccess {
  /**
   * Returns all that the bridge holds, as data that JSON can carry.
   *
   * Buses, rules, targets, tags, connections, API destinations, archives and what they store, replays, the messages of queues and
   * log groups, deliveries that have not ended, and the time. Not in it are what is code (the functions of `handle`, subscriptions,
   * observers, faults, the options) and the history. An observer of `accepted` or `matched` is called before there are deliveries:
   * a snapshot that it makes lacks those of its event.
   */
  snapshot(): Snapshot;
  /**
   * Makes the bridge hold what a snapshot holds, and nothing else.
   *
   * Its deliveries and replays go on where they stood: with their attempts and due times, and an attempt that ran is made again.
   * Functions of `handle` stay; so do subscriptions, on buses that the snapshot has; register both before, since deliveries go on at
   * once. A delivery to a subscription that does not exist, by its name, ends as failed (`UNSUBSCRIBED`). What the bridge had under
   * way ends as failed (`RESTORED`), faults end, the history begins anew, and what `queue` and `logs` returned before no longer
   * belongs to the bridge. A virtual clock is set to the time of the snapshot, and calls nothing for it; on any other clock, what
   * has become due is due at once. Ids go on as the bridge's `ids` makes them.
   *
   * @throws {ValidationException} for a snapshot that is damaged, of another version, account or region; then nothing has changed.
   */
  restore(snapshot: Snapshot): void;
}

/** `snapshot` and `restore`. */
export function snapshots(): Plugin<object, SnapshotAccess> {
  return {
    name: 'snapshots',
    members: ({ clock, openHost, replaceHost }: BridgeAccess): SnapshotAccess => ({
      snapshot: () => takeSnapshot(openHost()),
      restore: (snapshot) =>
        replaceHost('RESTORED', 'The bridge was restored.', (before, create) =>
          restoreHost(snapshot, clock, before, create),
        ),
    }),
  };
}
