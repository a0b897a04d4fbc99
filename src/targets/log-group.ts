import type { Clock } from '../base/clock.js';
import { Fifo } from '../base/fifo.js';

/** One entry of a log group. */
export interface LogEvent {
  /** Epoch milliseconds, by the bridge's clock. */
  readonly timestamp: number;
  /** What the target received. */
  readonly message: string;
}

/** A log group of CloudWatch that rules write into. */
export interface LogGroup {
  readonly name: string;
  readonly arn: string;
  /** The last 10,000 entries, the oldest first. */
  readonly events: readonly LogEvent[];
}

const mostKept = 10_000;

export class EventLog implements LogGroup {
  readonly name: string;
  readonly arn: string;
  readonly #clock: Clock;
  readonly #events = new Fifo<LogEvent>();

  constructor(arn: string, clock: Clock) {
    this.arn = arn;
    this.name = arn.split(':log-group:')[1] ?? arn;
    this.#clock = clock;
  }

  get events(): readonly LogEvent[] {
    return this.#events.items();
  }

  write(message: string): void {
    this.#events.add(Object.freeze({ timestamp: this.#clock.now(), message }));
    if (this.#events.size > mostKept) this.#events.take();
  }
}
