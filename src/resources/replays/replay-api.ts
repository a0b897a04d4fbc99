import type { NamedPageRequest } from '../../core/pages.js';
import type { ReplayDestination, ReplayState } from './replay-record.js';

/** The input of StartReplay. */
export interface StartReplayRequest {
  /** 1 to 64 letters, digits, dots, dashes and underscores. Taken for 90 days. */
  readonly ReplayName: string | undefined;
  /** At most 512 characters, in one line. */
  readonly Description?: string | undefined;
  /** ARN of the archive. */
  readonly EventSourceArn: string | undefined;
  /**
   * Events of this time, and later ones, are replayed: a Date, epoch seconds, or an RFC 3339 text. What counts is the time in
   * the event, in whole seconds; a fraction given here is cut.
   */
  readonly EventStartTime: Date | number | string | undefined;
  /** Events before this time are. A fraction is rounded up, so that an event of the last second is among them. */
  readonly EventEndTime: Date | number | string | undefined;
  readonly Destination: ReplayDestination | undefined;
}

/** The output of StartReplay. */
export interface StartReplayResponse {
  ReplayArn: string;
  State: ReplayState;
  ReplayStartTime: Date;
}

/** A replay by its name. */
export interface ReplayByName {
  readonly ReplayName: string | undefined;
}

/** The output of CancelReplay. */
export interface CancelReplayResponse {
  ReplayArn: string;
  State: ReplayState;
}

/** A replay, as ListReplays lists it. All times are whole seconds. */
export interface Replay {
  ReplayName: string;
  EventSourceArn: string;
  State: ReplayState;
  /** Why it failed. */
  StateReason?: string;
  EventStartTime: Date;
  EventEndTime: Date;
  /**
   * The minute of the last event that was replayed. Once it is COMPLETED, the last minute of its window with an archived event, in the
   * window or not.
   */
  EventLastReplayedTime?: Date;
  ReplayStartTime: Date;
  /** There if, and only if, it has come to its end. */
  ReplayEndTime?: Date;
}

/** The output of DescribeReplay. */
export interface DescribeReplayResponse extends Replay {
  ReplayArn: string;
  Description?: string;
  Destination: { Arn: string; FilterArns?: string[] };
}

/** The input of ListReplays. At most one filter. */
export interface ListReplaysRequest extends NamedPageRequest {
  readonly State?: ReplayState | undefined;
  /** Only those of this archive. */
  readonly EventSourceArn?: string | undefined;
}

/** The output of ListReplays. */
export interface ListReplaysResponse {
  /** By name. */
  Replays: Replay[];
  /** There if, and only if, more replays follow. */
  NextToken?: string;
}

/** The operations on replays. */
export interface ReplayOperations {
  /**
   * Sends events of an archive to their bus again, each with a new id and the name of the replay.
   *
   * They come by the minutes of their times, and none is archived again. It is STARTING in the response, RUNNING from a later turn of
   * the event loop on, and COMPLETED when each event was handed to the rules; `idle`, `drain` and a virtual clock that is moved wait for
   * that. It takes no time of the clock but `limits.replayDelay`, for which it is STARTING: `idle` does not wait for that, and counts it
   * in `waiting` and `nextAt`. It replays what the archive stores at this call; it is FAILED if the archive or the bus is deleted
   * meanwhile.
   *
   * @throws {ResourceNotFoundException} when the bus does not exist.
   * @throws {ResourceAlreadyExistsException} when the replay exists.
   * @throws {LimitExceededException} above `limits.activeReplays`.
   * @throws {ValidationException} for an unknown archive, another bus than its own, a window that ends before it starts, and a
   * filter that is not a rule of the bus.
   */
  startReplay(input: StartReplayRequest): Promise<StartReplayResponse>;
  /**
   * Describes a replay.
   *
   * @throws {ResourceNotFoundException} when the replay does not exist, or ended 90 days ago.
   */
  describeReplay(input: ReplayByName): Promise<DescribeReplayResponse>;
  /**
   * Lists the replays by name, 100 at a time if `Limit` does not say less.
   *
   * @throws {ValidationException} for more than one filter.
   */
  listReplays(input?: ListReplaysRequest): Promise<ListReplaysResponse>;
  /**
   * Cancels a replay: CANCELLING in the response, soon after CANCELLED.
   *
   * @throws {ResourceNotFoundException} when the replay does not exist.
   * @throws {IllegalStatusException} for one that is neither starting nor running.
   */
  cancelReplay(input: ReplayByName): Promise<CancelReplayResponse>;
}
