import { describeValue, isArray } from '../base/describe-value.js';
import type { Origin } from '../events/ingest.js';
import { type Call, misuse } from './matcher.js';
import { acceptedOn, type Received, type Subject } from './subject.js';

/** Which events count as received. */
export interface ReceivedOptions {
  /**
   * Those that came in so. All of a publisher: by PutEvents or `inject`, but not from another bus (`bus`) and not by a replay
   * (`replay`).
   */
  readonly origins?: readonly Origin[] | undefined;
}

/** How long to wait for an event, and which count. */
export interface EventuallyOptions extends ReceivedOptions {
  /** Milliseconds of real time, whatever the clock of the bridge is and whether timers are faked. 1,000. */
  readonly timeout?: number | undefined;
}

/** An event that comes so was published before. */
const again: ReadonlySet<string> = new Set(['bus', 'replay']);

/** Throws an Error for options that are wrong. */
export function counter(call: Call, options: ReceivedOptions | undefined): (subject: Subject) => readonly Received[] {
  const { origins } = readOptions(call, options);
  if (origins !== undefined && !isArray(origins)) {
    throw misuse(call, `origins must be an array such as ['put-events', 'bus'], but is ${describeValue(origins)}.`);
  }
  const isCounted = ({ origin }: Received) => (origins === undefined ? !again.has(origin) : origins.includes(origin));
  return (subject) => acceptedOn(subject).filter(isCounted);
}

/** Throws an Error for options that are wrong. */
export function readTimeout(call: Call, options: EventuallyOptions | undefined): number {
  const { timeout = 1000 } = readOptions(call, options);
  if (typeof timeout === 'number' && timeout >= 0) return timeout;
  throw misuse(call, `timeout must be milliseconds, 0 or more, but is ${describeValue(timeout)}.`);
}

function readOptions<Options extends object>(call: Call, options: Options | undefined): Partial<Options> {
  if (options === undefined) return {};
  if (typeof options === 'object' && options !== null) return options;
  throw misuse(call, `The options must be an object, but are ${describeValue(options)}.`);
}
