import { nextTurn } from '../base/clock/real-timers.js';
import type { Dispatcher } from '../delivery/dispatcher.js';

/** In characters of events: a millisecond or two of work. */
const budget = 250_000;
/** What work on an event costs beside its text. */
const costPerEvent = 1000;

/**
 * Divides a call that has much to do among turns of the event loop. While it waits for its turn the bridge is not at rest, as
 * during a replay: `idle` and a virtual clock wait for it.
 */
export class YieldBudget {
  #left = budget;

  /** Counts work on an event with a text of this length. */
  spend(length: number): void {
    this.#left -= length + costPerEvent;
  }

  /** Begins a new budget. */
  refill(): void {
    this.#left = budget;
  }

  /** Resolves in the next turn, if the budget is used up. */
  turn({ tasks }: Dispatcher): Promise<void> | undefined {
    if (this.#left > 0) return undefined;
    this.refill();
    const task = tasks.start();
    return new Promise<void>((resolve) => nextTurn(resolve)).then(task.end);
  }
}
