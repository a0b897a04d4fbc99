import {
  type JsonShape,
  listShape,
  membersShape as members,
  oneOfShape,
  textShape as text,
} from '../../base/json/json-shape.js';
import type { Collection, CollectionType } from '../../core/collections.js';
import type { Host } from '../../core/plugin.js';
import { instant, seconds } from '../../core/record-shapes.js';
import {
  arn,
  busOrArchiveArn,
  lineDescription,
  list,
  name64,
  oneOf,
  page,
  requests,
  structure,
  timestamp,
} from '../../model/shape.js';

/** Where a replay stands. */
export type ReplayState = 'STARTING' | 'RUNNING' | 'CANCELLING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';

/** Where replayed events go. */
export interface ReplayDestination {
  /** ARN of the bus that the archive is of. */
  readonly Arn: string | undefined;
  /** ARNs of the rules of this bus that get the events. If there are none, all rules do, and all subscriptions. */
  readonly FilterArns?: readonly string[] | undefined;
}

/** A replay of a part of an archive. Times are epoch seconds, as this part of the API knows whole seconds only. */
export interface ReplayRecord {
  readonly Name: string;
  readonly Arn: string;
  readonly Description?: string | undefined;
  /** ARN of the archive. */
  readonly EventSourceArn: string;
  readonly Destination: ReplayDestination & { readonly Arn: string };
  readonly EventStartTime: number;
  readonly EventEndTime: number;
  readonly State: ReplayState;
  readonly StateReason?: string | undefined;
  readonly ReplayStartTime: number;
  /** When it begins, in epoch milliseconds; absent if that is at once. */
  readonly BeginsAt?: number | undefined;
  /** There if, and only if, it has come to its end. */
  readonly ReplayEndTime?: number | undefined;
  /** The minute of the last event that was replayed; of one that is complete, see `ReplayRunner`. */
  readonly EventLastReplayedTime?: number | undefined;
}

const byName = { 'ReplayName!': name64 };

export const replayShapes = requests({
  StartReplay: {
    ...byName,
    Description: lineDescription,
    'EventSourceArn!': busOrArchiveArn,
    'EventStartTime!': timestamp,
    'EventEndTime!': timestamp,
    'Destination!': structure('ReplayDestination', { 'Arn!': arn, FilterArns: list(arn) }),
  },
  DescribeReplay: byName,
  CancelReplay: byName,
  ListReplays: {
    NamePrefix: name64,
    State: oneOf('STARTING', 'RUNNING', 'CANCELLING', 'COMPLETED', 'CANCELLED', 'FAILED'),
    EventSourceArn: busOrArchiveArn,
    ...page,
  },
});

/** The replays themselves; what they have yet to replay is beside it in a snapshot. */
export const replayRecords: CollectionType<ReplayRecord> = { name: 'replays' };

/** What one of a snapshot must be like. */
export const replayShape: JsonShape = members(
  {
    Name: text,
    Arn: text,
    EventSourceArn: text,
    Destination: members({ Arn: text }, { FilterArns: listShape(text) }),
    EventStartTime: seconds,
    EventEndTime: seconds,
    State: oneOfShape('STARTING', 'RUNNING', 'CANCELLING', 'COMPLETED', 'CANCELLED', 'FAILED'),
    ReplayStartTime: seconds,
  },
  { Description: text, StateReason: text, BeginsAt: instant, ReplayEndTime: seconds, EventLastReplayedTime: seconds },
);

export function replaysOf({ store }: Host): Collection<ReplayRecord> {
  return store.collection(replayRecords);
}
