import { chooseEvents } from '../archives/archived-event.js';
import { type Home, isBusArn, makeArn } from '../base/arn.js';
import { latestInstant } from '../base/clock/clock.js';
import { invalid } from '../base/service-error.js';
import { copyJson } from '../base/unknown-value.js';
import type { ArchiveRecord } from '../state/archive-record.js';
import { busNameOf } from '../state/bus-name.js';
import type { ReplayDestination, ReplayRecord, ReplayState } from '../state/replay-record.js';
import { ruleNameOf } from '../state/rule-name.js';
import { defined } from './defined.js';
import { busOfArn } from './find-record.js';
import type { OperationContext } from './operation-context.js';
import { type NamedPageRequest, pageOfNamed, refuseFilters } from './page.js';
import { alreadyExists, illegalStatus, limitExceeded, notFound } from './refusals.js';

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
  /** The time in the last event that was replayed, if one was. */
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

/** In seconds. */
const kept = 90 * 86_400;
const latestSecond = Math.floor(latestInstant / 1000);

export function startReplay(context: OperationContext, input: StartReplayRequest): StartReplayResponse {
  const { archives, clock, home, limits, replays, store } = context;
  const { ReplayName: Name = '', Description } = input;
  const { Arn = '', FilterArns } = input.Destination ?? { Arn: undefined };
  const { archive, start, end } = checkRequest(context, input);
  forgetOld(context);
  if (store.replays.get(Name) !== undefined) throw alreadyExists(`Replay ${Name}`);
  const active = Array.from(store.replays.values()).filter(isActive);
  if (active.length >= limits.activeReplays) throw limitExceeded();

  const replay: ReplayRecord = {
    Name,
    Arn: makeArn(home, 'events', `replay/${Name}`),
    ...defined({ Description }),
    EventSourceArn: archive.Arn,
    Destination: { Arn, ...defined({ FilterArns }) },
    EventStartTime: Math.floor(start),
    EventEndTime: Math.min(Math.ceil(end), latestSecond),
    State: 'STARTING',
    ReplayStartTime: Math.floor(clock.now() / 1000),
  };
  const events = chooseEvents(archives.events(archive.Name), replay.EventStartTime, replay.EventEndTime);
  store.replays.put(replay);
  replays.start(Name, events);
  return { ReplayArn: replay.Arn, State: replay.State, ReplayStartTime: date(replay.ReplayStartTime) };
}

interface CheckedRequest {
  readonly archive: ArchiveRecord;
  /** The window in epoch seconds. */
  readonly start: number;
  readonly end: number;
}

/** Throws for what a replay must not be asked to do. */
function checkRequest(context: OperationContext, input: StartReplayRequest): CheckedRequest {
  const { home, store } = context;
  const { EventSourceArn = '' } = input;
  const { Arn = '', FilterArns } = input.Destination ?? { Arn: undefined };
  // Timestamps were read as epoch seconds.
  const [start, end] = [input.EventStartTime as number, input.EventEndTime as number];
  if (!isBusArn(Arn)) {
    throw invalid('Parameter Destination.Arn is not valid. Reason: Must contain an event bus ARN.');
  }
  const bus = busOfArn(context, Arn);
  const archive = store.archives.get(EventSourceArn.slice(EventSourceArn.lastIndexOf('/') + 1));
  if (archive?.Arn !== EventSourceArn) throw noSuchArchive(EventSourceArn);
  if (start >= end) {
    throw invalid('Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.');
  }
  if (archive.EventSourceArn !== bus.Arn) {
    throw invalid('Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.');
  }
  for (const arn of FilterArns ?? []) {
    if (ruleNameOf(home, bus.Name, arn) === undefined) throw noRuleOfBus(arn, bus.Name);
  }
  return { archive, start, end };
}

export function describeReplay(context: OperationContext, input: ReplayByName): DescribeReplayResponse {
  const replay = findReplay(context, input.ReplayName);
  const { Arn: ReplayArn, Description, Destination } = replay;
  const copy = copyJson(Destination) as DescribeReplayResponse['Destination'];
  return { ReplayArn, ...listed(replay), ...defined({ Description }), Destination: copy };
}

export function listReplays(context: OperationContext, input: ListReplaysRequest): ListReplaysResponse {
  const { NamePrefix, EventSourceArn, State } = input;
  refuseFilters('ListReplays', NamePrefix, EventSourceArn, State);
  forgetOld(context);
  const wanted = Array.from(context.store.replays.values()).filter(
    (replay) =>
      (EventSourceArn === undefined || replay.EventSourceArn === EventSourceArn) &&
      (State === undefined || replay.State === State),
  );
  const { page, next } = pageOfNamed(wanted, input);
  return { Replays: page.map(listed), ...next };
}

export function cancelReplay(context: OperationContext, input: ReplayByName): CancelReplayResponse {
  const replay = findReplay(context, input.ReplayName);
  if (!isActive(replay)) throw illegalStatus(`Replay ${replay.Name} is not in a valid state for this operation.`);
  context.store.replays.put({ ...replay, State: 'CANCELLING' });
  return { ReplayArn: replay.Arn, State: 'CANCELLING' };
}

/** The names of the rules that a replay is for; `undefined` if it is for all. */
export function chosenRules(
  home: Home,
  { Destination: { Arn, FilterArns = [] } }: ReplayRecord,
): ReadonlySet<string> | undefined {
  if (FilterArns.length === 0) return undefined;
  const bus = busNameOf(home, Arn) ?? '';
  return new Set(FilterArns.flatMap((arn) => ruleNameOf(home, bus, arn) ?? []));
}

function isActive({ State }: ReplayRecord): boolean {
  return State === 'STARTING' || State === 'RUNNING';
}

function findReplay(context: OperationContext, name = ''): ReplayRecord {
  forgetOld(context);
  const replay = context.store.replays.get(name);
  if (replay === undefined) throw notFound(`Replay ${name} does not exist.`);
  return replay;
}

/** Ninety days after its end nothing is known of a replay; whoever asks for one asks when that has been seen to. */
function forgetOld({ clock, store }: OperationContext): void {
  const last = clock.now() / 1000 - kept;
  for (const { Name, ReplayEndTime } of store.replays.values()) {
    if (ReplayEndTime !== undefined && ReplayEndTime <= last) store.replays.delete(Name);
  }
}

function listed(replay: ReplayRecord): Replay {
  const { Name, EventSourceArn, State, StateReason, EventLastReplayedTime: last, ReplayEndTime: end } = replay;
  return {
    ReplayName: Name,
    EventSourceArn,
    State,
    ...defined({ StateReason }),
    EventStartTime: date(replay.EventStartTime),
    EventEndTime: date(replay.EventEndTime),
    ...(last === undefined ? {} : { EventLastReplayedTime: date(last) }),
    ReplayStartTime: date(replay.ReplayStartTime),
    ...(end === undefined ? {} : { ReplayEndTime: date(end) }),
  };
}

function date(seconds: number): Date {
  return new Date(seconds * 1000);
}

function noSuchArchive(arn: string): Error {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  return invalid(`Parameter EventSourceArn is not valid. Reason: Archive ${name} does not exist.`);
}

/** Footbridge's sentence: nobody recorded the service's. */
function noRuleOfBus(arn: string, bus: string): Error {
  return invalid(`Parameter Destination.FilterArns is not valid. Reason: ${arn} is not the ARN of a rule on ${bus}.`);
}
