import type { Home } from '../../base/arn.js';
import { fullTurn, nextTurn } from '../../base/clock/real-timers.js';
import { busNameOf } from '../../core/bus-names.js';
import type { Host } from '../../core/plugin.js';

import type { ArchivedEvent } from '../archives/archive-contents.js';
import { replayedEvent } from '../archives/archive-contents.js';
import { busNamed } from '../event-buses/event-bus-record.js';
import { ruleNameOf } from '../rules/rule-record.js';
import type { ReplayRecord } from './replay-record.js';
import { replaysOf } from './replay-record.js';

interface ActiveReplay {
  readonly events: readonly ArchivedEvent[];
  /** Where the next to be replayed stands. */
  next: number;
}

const eventsPerTurn = 100;

/**
 * The replays under way. One takes no time of the clock, but turns of the event loop: so many events a turn, and none while
 * deliveries are held back. What it replays was chosen when it was started; what becomes of the archive changes nothing.
 */
export class ReplayRunner {
  readonly #host: Host;
  readonly #runs = new Map<string, ActiveReplay>();

  constructor(host: Host) {
    this.#host = host;
  }

  /** Starts the replay of this name on its way. */
  start(name: string, events: readonly ArchivedEvent[]): void {
    const run: ActiveReplay = { events, next: 0 };
    this.#runs.set(name, run);
    void this.#run(name, run);
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
    // Whoever is answered STARTING, or CANCELLING, finds that state when he looks again at once.
    await fullTurn();
    for (;;) {
      const replay = replays.get(name);
      if (replay === undefined || inFlight.isClosed) break;
      task.reportProgress();
      if (replay.State === 'CANCELLING') {
        await fullTurn();
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
      // Whoever hears of an event may cancel the replay, delete the bus, reset the bridge, or look how far this is.
      const current = replays.get(replay.Name);
      if (current?.State !== 'RUNNING' || !this.#isBus(replay)) return;
      const event = run.events[run.next++] as ArchivedEvent;
      const { time } = event;
      if (time !== current.EventLastReplayedTime) replays.put({ ...current, EventLastReplayedTime: time });
      enter(event);
    }
  }

  #ingesterFor(replay: ReplayRecord): (event: ArchivedEvent) => void {
    const { home, ids, ingestDeferred } = this.#host;
    const bus = busNameOf(home, replay.Destination.Arn) as string;
    const rules = selectedRules(home, replay);
    return (event) => ingestDeferred(() => replayedEvent(event, bus, replay.Name, ids()), 'replay', rules);
  }

  #isBus({ Destination }: ReplayRecord): boolean {
    return busNamed(this.#host, Destination.Arn) !== undefined;
  }

  #end(name: string, State: ReplayRecord['State'], reason?: string): void {
    const replays = replaysOf(this.#host);
    const replay = replays.get(name);
    if (replay === undefined) return;
    replays.put({
      ...replay,
      State,
      ...(reason === undefined ? {} : { StateReason: reason }),
      ReplayEndTime: Math.floor(this.#host.safeClock.now() / 1000),
    });
  }
}

/** The names of the rules that a replay is for; `undefined` if it is for all. */
function selectedRules(
  home: Home,
  { Destination: { Arn, FilterArns = [] } }: ReplayRecord,
): ReadonlySet<string> | undefined {
  if (FilterArns.length === 0) return undefined;
  const bus = busNameOf(home, Arn) ?? '';
  return new Set(FilterArns.flatMap((arn) => ruleNameOf(home, bus, arn) ?? []));
}
