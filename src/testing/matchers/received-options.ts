import { describeValue, isArray } from '../../base/unknown-value.js';
import type { Origin } from '../../events/ingest.js';
import { showValue } from '../expectations/plain-values.js';
import { cut, paragraph } from '../layout.js';
import { type Call, misuse } from '../matcher-call.js';
import { acceptedOn, type Received, type Subject } from '../subject.js';

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

/** Every origin there is. */
const known: Readonly<Record<Origin, true>> = {
  'put-events': true,
  inject: true,
  bus: true,
  schedule: true,
  replay: true,
  restore: true,
};

/** Throws an Error for options that are wrong. */
export function counter(call: Call, options: ReceivedOptions | undefined): (subject: Subject) => readonly Received[] {
  const { origins } = readOptions(call, options);
  if (origins !== undefined && !isArray(origins)) {
    throw misuse(call, `origins must be an array such as ['put-events', 'bus'], but is ${describeValue(origins)}.`);
  }
  const stranger: unknown = origins?.find((origin) => !Object.hasOwn(known, origin));
  if (stranger !== undefined) {
    const there = Object.keys(known).join(', ');
    throw misuse(call, paragraph(`There is no origin ${cut(showValue(stranger), 40)}; there are ${there}.`));
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
  const isEventually = call.matcher === 'toEventuallyReceiveEvent';
  if (typeof options !== 'object' || options === null || isArray(options)) {
    const example = isEventually && typeof options === 'number' ? ` To wait so long: \`{ timeout: ${options} }\`.` : '';
    throw misuse(call, `The options must be an object, but are ${describeValue(options)}.${example}`);
  }
  const allowed = isEventually ? ['timeout', 'origins'] : ['origins'];
  const unknown = Object.keys(options).find((name) => !allowed.includes(name));
  if (unknown === undefined) return options;
  const there = allowed.length > 1 ? `there are ${allowed.join(', ')}` : `there is ${allowed.join()}`;
  const often = unknown === 'times' ? ' How often is for toHaveReceivedEventTimes(pattern, n).' : '';
  throw misuse(call, paragraph(`There is no option ${cut(unknown, 40)}; ${there}.${often}`));
}
