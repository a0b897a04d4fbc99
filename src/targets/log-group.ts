import type { Clock } from '../base/clock/clock.js';
import { counted, printable } from '../base/describe.js';
import { Fifo } from '../base/fifo.js';
import { compactJson } from '../base/json/json-text.js';
import { JsonPart } from '../inputs/json-part.js';

/**
 * One entry of a log group. Of a body `{"timestamp": …, "message": …}`, the form in which CloudWatch Logs takes an
 * entry, it is these two; of every other the whole body and the time of the delivery.
 */
export interface LogEvent {
  /** Epoch milliseconds, by the bridge's clock or by the body: a number of them, or an ISO 8601 text. */
  readonly timestamp: number;
  /** What the target received, or the `message` in it: a string as it is, anything else as its JSON text. */
  readonly message: string;
}

/** A log group of CloudWatch that rules write into. */
export interface LogGroup {
  readonly name: string;
  readonly arn: string;
  /** The last 10,000 entries, the oldest first. */
  readonly events: readonly LogEvent[];
}

/** A log group as a snapshot has it. */
export type SavedLogGroup = Pick<LogGroup, 'arn' | 'events'>;

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
    const { name } = this;
    const count = () => this.#events.size;
    printable(
      this,
      () => `Log group ${name}: ${counted(count(), 'event')}`,
      () => ({ name, arn, events: count() }),
    );
  }

  get events(): readonly LogEvent[] {
    return this.#events.items();
  }

  save(): SavedLogGroup {
    return { arn: this.arn, events: this.events };
  }

  /** Makes an empty log group what it was when it was saved. */
  load({ events }: SavedLogGroup): void {
    for (const event of events) this.#events.add(Object.freeze(event));
  }

  write(body: string): void {
    this.#events.add(Object.freeze(readEntry(body) ?? { timestamp: this.#clock.now(), message: body }));
    if (this.#events.size > mostKept) this.#events.take();
  }
}

const entryStart = /^\s*\{\s*"(?:timestamp|message)"/u;

/** What a body of the form of an entry says; `undefined` for every other body. */
function readEntry(body: string): LogEvent | undefined {
  if (!entryStart.test(body)) return undefined;
  const { members } = new JsonPart(compactJson(body));
  const [time, message] = [members.get('timestamp'), members.get('message')];
  if (members.size !== 2 || time === undefined || message === undefined) return undefined;
  const timestamp = /^["\d]/u.test(time.text) ? new Date(JSON.parse(time.text)).getTime() : Number.NaN;
  if (Number.isNaN(timestamp)) return undefined;
  return { timestamp, message: message.text.startsWith('"') ? JSON.parse(message.text) : message.text };
}
