import type { Ingest } from '../events/ingest.js';
import type { Call } from '../history/call-log.js';
import type { ArchiveContents } from '../resources/archives/archive-contents.js';
import type { ReplayRunner } from '../resources/replays/replay-runner.js';
import type { Store } from './old-store.js';
import type { PutEventsContext } from './put-events.js';

/** The quotas of a bridge. AWS's are the defaults; each can be raised or lowered. */
export interface Limits {
  /** The entries of one PutEvents request must be smaller in all. 1,048,576 bytes. */
  readonly requestBytes: number;
  /** Event buses, `default` among them. 100. */
  readonly buses: number;
  /** Rules on one bus. 300. */
  readonly rulesPerBus: number;
  /** Rules on one bus whose pattern has a wildcard. 30. */
  readonly wildcardRulesPerBus: number;
  /** Targets of one rule. 5. */
  readonly targetsPerRule: number;
  /** Tags of one bus or rule. 50. */
  readonly tagsPerResource: number;
  /** Length of the policy of a bus in characters. 10,240. */
  readonly policyCharacters: number;
  /** Connections. 3,000. */
  readonly connections: number;
  /** API destinations. 3,000. */
  readonly apiDestinations: number;
  /** Replays that are starting or running. 10. */
  readonly activeReplays: number;
  /** Length of an event pattern in characters. 2,048; the API never takes more than 4,096. */
  readonly patternCharacters: number;
  /**
   * Deliveries to one target that have not ended. 10,000. Above it PutEvents answers `ThrottlingException` for the
   * entries that match the target, and `publish` waits; what comes by a replay, a schedule, another bus or `inject` is taken
   * in all the same. Footbridge's own.
   */
  readonly pendingDeliveries: number;
}

/** What operations work with. */
export interface OperationContext extends PutEventsContext {
  readonly limits: Limits;
  readonly store: Store;
  readonly ingest: Ingest;
  /** Told of every call, once it is answered or refused. */
  readonly called: (call: Call) => void;
  readonly archives: ArchiveContents;
  readonly replays: ReplayRunner;
}
