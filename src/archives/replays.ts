import type { Clock } from '../base/clock/clock.js';
import { fullTurn, nextTurn } from '../base/clock/real-timers.js';
import type { Dispatcher } from '../delivery/dispatcher.js';
import type { ReplayRecord } from '../state/replay-record.js';
import type { Store } from '../state/store.js';
import type { ArchivedEvent } from './archived-event.js';

/** What replays work with. */
export interface ReplaysContext {
  readonly clock: Clock;
  readonly store: Store;
  readonly inFlight: Dispatcher;
  /** What lets the events of a replay in once more. It throws nothing. */
  readonly entranceFor: (replay: ReplayRecord) => (event: ArchivedEvent) => void;
  /** Whether the bus that a replay goes to is there. */
  readonly isBus: (arn: string) => boolean;
}

interface Run {
  readonly events: readonly ArchivedEvent[];
  /** Where the next to be replayed stands. */
  next: number;
}

const eventsPerTurn = 100;

/**
 * The replays under way. One takes no time of the clock, but turns of the event loop: so many events a turn, and none while
 * deliveries are held back. What it replays was chosen when it was started; what becomes of the archive changes nothing.
 */
export class Replays {
  readonly #context: ReplaysContext;
  readonly #runs = new Map<string, Run>();

  constructor(context: ReplaysContext) {
    this.#context = context;
  }

  /** Starts the replay of this name on its way. */
  start(name: string, events: readonly ArchivedEvent[]): void {
    const run: Run = { events, next: 0 };
    this.#runs.set(name, run);
    void this.#carryOut(name, run);
  }

  /** What a replay that is under way has yet to replay. */
  remaining(name: string): readonly ArchivedEvent[] {
    const run = this.#runs.get(name);
    return run === undefined ? [] : run.events.slice(run.next);
  }

  async #carryOut(name: string, run: Run): Promise<void> {
    const { inFlight, store } = this.#context;
    const task = inFlight.tasks.start();
    // Whoever is answered STARTING, or CANCELLING, finds that state when he looks again at once.
    await fullTurn();
    for (;;) {
      const replay = store.replays.get(name);
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
      if (!this.#context.isBus(replay.Destination.Arn)) {
        this.#end(name, 'FAILED', 'The event bus was deleted.');
        break;
      }
      if (inFlight.nextDispatchTurn() === undefined) this.#replaySome(replay, run);
      await new Promise<void>(nextTurn);
    }
    this.#runs.delete(name);
    task.end();
  }

  #replaySome(replay: ReplayRecord, run: Run): void {
    const { inFlight, isBus, store, entranceFor } = this.#context;
    const enter = entranceFor(replay);
    store.replays.put({ ...replay, State: 'RUNNING' });
    const until = Math.min(run.next + eventsPerTurn, run.events.length);
    while (run.next < until && !inFlight.isClosed) {
      // Whoever hears of an event may cancel the replay, delete the bus, reset the bridge, or look how far this is.
      const current = store.replays.get(replay.Name);
      if (current?.State !== 'RUNNING' || !isBus(replay.Destination.Arn)) return;
      const event = run.events[run.next++] as ArchivedEvent;
      const { time } = event;
      if (time !== current.EventLastReplayedTime) store.replays.put({ ...current, EventLastReplayedTime: time });
      enter(event);
    }
  }

  #end(name: string, State: ReplayRecord['State'], reason?: string): void {
    const { clock, store } = this.#context;
    const replay = store.replays.get(name);
    if (replay === undefined) return;
    store.replays.put({
      ...replay,
      State,
      ...(reason === undefined ? {} : { StateReason: reason }),
      ReplayEndTime: Math.floor(clock.now() / 1000),
    });
  }
}
