import { isBusArn, makeArn } from '../../base/arn.js';
import { maxInstant } from '../../base/clock/clock.js';
import { listShape, membersShape } from '../../base/json/json-shape.js';
import { invalid } from '../../base/service-error.js';
import { copyJson } from '../../base/unknown-value.js';
import { assertOneFilter, pageOfNamed } from '../../core/pages.js';
import { type Host, operationsOf, type Plugin, type ServiceKey } from '../../core/plugin.js';
import { alreadyExists, illegalStatus, limitExceeded, omitUndefined, resourceNotFound } from '../../core/responses.js';
import {
  type ArchivedEvent,
  archivedEventsShape,
  contentsOf,
  copyEvents,
  selectEvents,
} from '../archives/archive-contents.js';
import { type ArchiveRecord, archivesOf } from '../archives/archive-record.js';
import { busOfArn } from '../event-buses/event-bus-record.js';
import { ruleNameOf } from '../rules/rule-record.js';
import type {
  CancelReplayResponse,
  DescribeReplayResponse,
  ListReplaysRequest,
  ListReplaysResponse,
  Replay,
  ReplayByName,
  ReplayOperations,
  StartReplayRequest,
  StartReplayResponse,
} from './replay-api.js';
import { type ReplayRecord, replayShape, replayShapes, replaysOf } from './replay-record.js';
import { type RecordedReplay, recordedReplay } from './replay-recorded.js';
import { ReplayRunner } from './replay-runner.js';

/** In seconds. */
const retention = 90 * 86_400;
const latestSecond = Math.floor(maxInstant / 1000);

export function startReplay(host: Host, input: StartReplayRequest): StartReplayResponse {
  const { clock, home } = host;
  const { ReplayName: Name = '', Description } = input;
  const { Arn = '', FilterArns } = input.Destination ?? { Arn: undefined };
  const { archive, start, end } = checkRequest(host, input);
  evictOldReplays(host);
  if (replaysOf(host).get(Name) !== undefined) throw alreadyExists(`Replay ${Name}`);
  const active = Array.from(replaysOf(host).values()).filter(isActive);
  if (active.length >= host.limit('activeReplays')) throw limitExceeded();

  const now = clock.now();
  const delay = host.limit('replayDelay');
  const replay: ReplayRecord = {
    Name,
    Arn: makeArn(home, 'events', `replay/${Name}`),
    ...omitUndefined({ Description }),
    EventSourceArn: archive.Arn,
    // An empty list is as none, and not shown: captured.
    Destination: { Arn, ...(FilterArns === undefined || FilterArns.length === 0 ? {} : { FilterArns }) },
    EventStartTime: Math.floor(start),
    EventEndTime: Math.min(Math.ceil(end), latestSecond),
    State: 'STARTING',
    ReplayStartTime: Math.floor(now / 1000),
    ...(delay > 0 ? { BeginsAt: Math.min(now + delay, maxInstant) } : {}),
  };
  const events = selectEvents(contentsOf(host).events(archive.Name), replay.EventStartTime, replay.EventEndTime);
  replaysOf(host).put(replay);
  host.require(replayService, 'A replay').runner.start(Name, events);
  return { ReplayArn: replay.Arn, State: replay.State, ReplayStartTime: date(replay.ReplayStartTime) };
}

interface CheckedRequest {
  readonly archive: ArchiveRecord;
  /** The window in epoch seconds. */
  readonly start: number;
  readonly end: number;
}

/** Throws for what a replay must not be asked to do. */
function checkRequest(host: Host, input: StartReplayRequest): CheckedRequest {
  const { home } = host;
  const { EventSourceArn = '' } = input;
  const { Arn = '', FilterArns } = input.Destination ?? { Arn: undefined };
  // Timestamps were read as epoch seconds.
  const [start, end] = [input.EventStartTime as number, input.EventEndTime as number];
  if (!isBusArn(Arn)) {
    throw invalid('Parameter Destination.Arn is not valid. Reason: Must contain an event bus ARN.');
  }
  const bus = busOfArn(host, Arn);
  const archive = archivesOf(host).get(EventSourceArn.slice(EventSourceArn.lastIndexOf('/') + 1));
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

export function describeReplay(host: Host, input: ReplayByName): DescribeReplayResponse {
  const replay = findReplay(host, input.ReplayName);
  const { Arn: ReplayArn, Description, Destination } = replay;
  const copy = copyJson(Destination) as DescribeReplayResponse['Destination'];
  return { ReplayArn, ...listed(replay), ...omitUndefined({ Description }), Destination: copy };
}

export function listReplays(host: Host, input: ListReplaysRequest): ListReplaysResponse {
  const { NamePrefix, EventSourceArn, State } = input;
  assertOneFilter('ListReplays', NamePrefix, EventSourceArn, State);
  evictOldReplays(host);
  const wanted = Array.from(replaysOf(host).values()).filter(
    (replay) =>
      (EventSourceArn === undefined || replay.EventSourceArn === EventSourceArn) &&
      (State === undefined || replay.State === State),
  );
  const { page, next } = pageOfNamed(wanted, input);
  return { Replays: page.map(listed), ...next };
}

export function cancelReplay(host: Host, input: ReplayByName): CancelReplayResponse {
  const replay = findReplay(host, input.ReplayName);
  if (!isActive(replay)) throw illegalStatus(`Replay ${replay.Name} is not in a valid state for this operation.`);
  replaysOf(host).put({ ...replay, State: 'CANCELLING' });
  return { ReplayArn: replay.Arn, State: 'CANCELLING' };
}

function isActive({ State }: ReplayRecord): boolean {
  return State === 'STARTING' || State === 'RUNNING';
}

function findReplay(host: Host, name = ''): ReplayRecord {
  evictOldReplays(host);
  const replay = replaysOf(host).get(name);
  if (replay === undefined) throw resourceNotFound(`Replay ${name} does not exist.`);
  return replay;
}

/** Removes the replays that ended ninety days ago: no timer does. */
function evictOldReplays(host: Host): void {
  const last = host.clock.now() / 1000 - retention;
  for (const { Name, ReplayEndTime } of replaysOf(host).values()) {
    if (ReplayEndTime !== undefined && ReplayEndTime <= last) replaysOf(host).delete(Name);
  }
}

function listed(replay: ReplayRecord): Replay {
  const { Name, EventSourceArn, State, StateReason, EventLastReplayedTime: last, ReplayEndTime: end } = replay;
  return {
    ReplayName: Name,
    EventSourceArn,
    State,
    ...omitUndefined({ StateReason }),
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

const operations = operationsOf<ReplayOperations>(replayShapes, {
  StartReplay: startReplay,
  DescribeReplay: describeReplay,
  ListReplays: listReplays,
  CancelReplay: cancelReplay,
});

const replayService: ServiceKey<{ readonly runner: ReplayRunner }> = { plugin: 'replays' };

interface SavedReplay {
  readonly record: ReplayRecord;
  /** What it has yet to replay. */
  readonly events: readonly ArchivedEvent[];
}

/** Replays of archives, and of recorded events. Needs `archives()`. */
export function replays(): Plugin<ReplayOperations, RecordedReplay> {
  return {
    name: 'replays',
    requires: ['archives'],
    operations,
    limits: { activeReplays: 10, replayDelay: 0 },
    state: { replays: listShape(membersShape({ record: replayShape, events: archivedEventsShape })) },
    members: recordedReplay,
    install: (host) => {
      const runner = new ReplayRunner(host);
      let loaded: readonly SavedReplay[] = [];
      return {
        service: { runner },
        save: () => ({
          replays: Array.from(replaysOf(host).values(), (record): SavedReplay => {
            return { record, events: copyEvents(runner.remaining(record.Name)) };
          }),
        }),
        load: ({ replays }: { readonly replays: readonly SavedReplay[] }) => {
          loaded = replays;
          for (const { record } of replays) replaysOf(host).put(record);
        },
        resume: () => {
          for (const { record, events } of loaded) {
            if (record.ReplayEndTime === undefined) runner.start(record.Name, events);
          }
        },
      };
    },
  };
}
