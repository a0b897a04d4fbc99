import type { AccountRegion } from '../../base/arn.js';
import { nextFullTurn, nextTurn } from '../../base/clock/real-timers.js';
import { busNameOf } from '../../core/bus-names.js';
import type { Host } from '../../core/plugin.js';
import { type ArchivedEvent, contentsOf, replayedEvent } from '../archives/archive-contents.js';
import { archivesOf } from '../archives/archive-record.js';
import { busNamed } from '../event-buses/event-bus-record.js';
import { ruleNameOf } from '../rules/rule-record.js';
import { type ReplayRecord, replaysOf } from './replay-record.js';

interface ActiveReplay {
  readonly events: readonly ArchivedEvent[];
  /** Where the next to be replayed stands. */
  next: number;
}

const eventsPerTurn = 100;

/**
 * The replays under way. Once one has begun it takes no time of the clock, but turns of the event loop: so many events a turn, and none
 * while deliveries are held back. What it replays was chosen when it was started; it fails if the archive is deleted meanwhile.
 */
export class ReplayRunner {
  readonly #host: Host;
  readonly #runs = new Map<string, ActiveReplay>();

  constructor(host: Host) {
    this.#host = host;
  }

  /** Starts the replay of this name, which begins when its time has come. */
  start(name: string, events: readonly ArchivedEvent[]): void {
    const run: ActiveReplay = { events, next: 0 };
    this.#runs.set(name, run);
    const { inFlight, safeClock } = this.#host;
    const { BeginsAt } = replaysOf(this.#host).get(name) ?? {};
    if (BeginsAt === undefined || BeginsAt <= safeClock.now()) void this.#run(name, run);
    else inFlight.tasks.startAt(safeClock, BeginsAt, () => void this.#run(name, run));
  }

  /** What a replay that is under way has yet to replay. */
  remaining(name: string): readonly ArchivedEvent[] {
    const run = this.#runs.get(name);
    return run === undefined ? [] : run.events.slice(run.next);
  }

  async #run(name: string, run: ActiveReplay): Promise<void> {
    const { inFlight } = this.#host;
    const replays = replaysOf(this.#host);
    const task = inFlight.tasks.start();
    // A caller that was answered STARTING, or CANCELLING, finds that state when it looks again at once.
    await nextFullTurn();
    for (;;) {
      const replay = replays.get(name);
      if (replay === undefined || inFlight.isClosed) break;
      task.reportProgress();
      if (replay.State === 'CANCELLING') {
        await nextFullTurn();
        this.#end(name, 'CANCELLED');
        break;
      }
      if (run.next === run.events.length && replay.State === 'RUNNING') {
        this.#end(name, 'COMPLETED');
        break;
      }
      if (!this.#isBus(replay)) {
        this.#end(name, 'FAILED', 'The event bus was deleted.');
        break;
      }
      if (!this.#hasArchive(replay)) {
        this.#end(name, 'FAILED', 'Archive resource not found.');
        break;
      }
      if (inFlight.nextDispatchTurn() === undefined) this.#replayBatch(replay, run);
      await new Promise<void>(nextTurn);
    }
    this.#runs.delete(name);
    task.end();
  }

  #replayBatch(replay: ReplayRecord, run: ActiveReplay): void {
    const { inFlight } = this.#host;
    const replays = replaysOf(this.#host);
    const enter = this.#ingesterFor(replay);
    replays.put({ ...replay, State: 'RUNNING' });
    const until = Math.min(run.next + eventsPerTurn, run.events.length);
    while (run.next < until && !inFlight.isClosed) {
      // What receives an event may cancel the replay, delete the bus, reset the bridge, or look how far this is.
      const current = replays.get(replay.Name);
      if (current?.State !== 'RUNNING' || !this.#isBus(replay)) return;
      const event = run.events[run.next++] as ArchivedEvent;
      const minute = minuteOf(event);
      if (minute !== current.EventLastReplayedTime) replays.put({ ...current, EventLastReplayedTime: minute });
      enter(event);
    }
  }

  #ingesterFor(replay: ReplayRecord): (event: ArchivedEvent) => void {
    const { home, ids, ingestDeferred } = this.#host;
    const bus = busNameOf(home, replay.Destination.Arn) as string;
    const rules = selectedRules(home, replay);
    return (event) => ingestDeferred(() => replayedEvent(event, bus, replay.Name, ids()), 'replay', rules);
  }

  /**
   * What AWS shows of a replay that is complete: the last minute with an archived event among those that its window touches, whether
   * or not the event lies in the window. The captures fit that, and the minute of the window's end as well.
   */
  #lastMinute({ EventSourceArn, EventStartTime, EventEndTime }: ReplayRecord): number | undefined {
    const archived = contentsOf(this.#host).events(EventSourceArn.slice(EventSourceArn.lastIndexOf('/') + 1));
    let last: number | undefined;
    for (const event of archived) {
      const minute = minuteOf(event);
      const isTouched = minute + 60 > EventStartTime && minute < EventEndTime;
      if (isTouched && (last === undefined || minute > last)) last = minute;
    }
    return last;
  }

  #isBus({ Destination }: ReplayRecord): boolean {
    return busNamed(this.#host, Destination.Arn) !== undefined;
  }

  #hasArchive({ EventSourceArn }: ReplayRecord): boolean {
    return archivesOf(this.#host).get(EventSourceArn.slice(EventSourceArn.lastIndexOf('/') + 1)) !== undefined;
  }

  #end(name: string, State: ReplayRecord['State'], reason?: string): void {
    const replays = replaysOf(this.#host);
    const replay = replays.get(name);
    if (replay === undefined) return;
    replays.put({
      ...replay,
      State,
      ...(reason === undefined ? {} : { StateReason: reason }),
      ...(State === 'COMPLETED' ? { EventLastReplayedTime: this.#lastMinute(replay) } : {}),
      ReplayEndTime: Math.floor(this.#host.safeClock.now() / 1000),
    });
  }
}

/** The beginning of the minute of an event, in epoch seconds. */
function minuteOf({ time }: ArchivedEvent): number {
  return Math.floor(time / 60) * 60;
}

/** The names of the rules that a replay is for; `undefined` if it is for all. */
function selectedRules(
  home: AccountRegion,
  { Destination: { Arn, FilterArns = [] } }: ReplayRecord,
): ReadonlySet<string> | undefined {
  if (FilterArns.length === 0) return undefined;
  const bus = busNameOf(home, Arn) ?? '';
  return new Set(FilterArns.flatMap((arn) => ruleNameOf(home, bus, arn) ?? []));
}
