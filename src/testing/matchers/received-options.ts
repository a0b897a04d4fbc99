import { describeValue, isArray } from '../../base/unknown-value.js';
import type { Origin } from '../../events/ingest.js';
import { formatValue } from '../expectations/plain-values.js';
import { paragraph, truncate } from '../layout.js';
import { type MatcherCall, usageError } from '../matcher-call.js';
import { acceptedOn, type Received, type Subject } from '../subject.js';

/** Which events count as received. */
export interface ReceivedOptions {
  /**
   * Counts only events of these origins.
   *
   * @defaultValue all but `bus` and `replay`: events that another bus forwarded or a replay sent again.
   */
  readonly origins?: readonly Origin[] | undefined;
}

/** How long to wait for an event, and which events count. */
export interface EventuallyOptions extends ReceivedOptions {
  /**
   * Milliseconds of real time, even if timers are faked and whatever clock the bridge has.
   *
   * @defaultValue 1000
   */
  readonly timeout?: number | undefined;
}

const defaultTimeout = 1000;

/** Events of these origins were published before. */
const repeatedOrigins: ReadonlySet<string> = new Set(['bus', 'replay']);

const knownOrigins: Readonly<Record<Origin, true>> = {
  'put-events': true,
  inject: true,
  bus: true,
  schedule: true,
  replay: true,
  restore: true,
};

/** Returns a function that lists the events that count. Throws an Error for wrong options. */
export function receivedFilter(
  call: MatcherCall,
  options: ReceivedOptions | undefined,
): (subject: Subject) => readonly Received[] {
  const { origins } = readOptions(call, options);
  if (origins !== undefined && !isArray(origins)) {
    throw usageError(call, `origins must be an array such as ['put-events', 'bus'], but is ${describeValue(origins)}.`);
  }
  const unknown: unknown = origins?.find((origin) => !Object.hasOwn(knownOrigins, origin));
  if (unknown !== undefined) {
    const allowed = Object.keys(knownOrigins).join(', ');
    throw usageError(
      call,
      paragraph(`${truncate(formatValue(unknown), 40)} is not an origin. The origins are ${allowed}.`),
    );
  }
  const isCounted = ({ origin }: Received) =>
    origins === undefined ? !repeatedOrigins.has(origin) : origins.includes(origin);
  return (subject) => acceptedOn(subject).filter(isCounted);
}

/** Throws an Error for wrong options. */
export function readTimeout(call: MatcherCall, options: EventuallyOptions | undefined): number {
  const { timeout = defaultTimeout } = readOptions(call, options);
  if (typeof timeout === 'number' && timeout >= 0) return timeout;
  throw usageError(call, `timeout must be milliseconds, 0 or more, but is ${describeValue(timeout)}.`);
}

function readOptions<Options extends object>(call: MatcherCall, options: Options | undefined): Partial<Options> {
  if (options === undefined) return {};
  const isEventually = call.matcher === 'toEventuallyReceiveEvent';
  if (typeof options !== 'object' || options === null || isArray(options)) {
    const example = isEventually && typeof options === 'number' ? ` Did you mean \`{ timeout: ${options} }\`?` : '';
    throw usageError(call, `The options must be an object, but are ${describeValue(options)}.${example}`);
  }
  const allowed = isEventually ? ['timeout', 'origins'] : ['origins'];
  const unknown = Object.keys(options).find((name) => !allowed.includes(name));
  if (unknown === undefined) return options;
  const times = unknown === 'times' ? ' To count events use toHaveReceivedEventTimes(pattern, n).' : '';
  throw usageError(call, unknownOption(unknown, allowed, times));
}

/** Returns the sentence for an option that a matcher does not have. */
export function unknownOption(name: string, allowed: readonly string[], advice = ''): string {
  const list = allowed.length === 1 ? `The only option is ${allowed[0]}.` : `The options are ${allowed.join(', ')}.`;
  return paragraph(`There is no option ${truncate(name, 40)}. ${list}${advice}`);
}
