import { startTimer } from '../../base/clock/real-timers.js';
import { isArray } from '../../base/unknown-value.js';
import { envelopeMembers } from '../../events/envelope.js';
import { anyEvent, type Wanted, wantedPattern, wantedValues } from '../expectations/expectation.js';
import { showValue } from '../expectations/plain-values.js';
import { count, paragraph } from '../layout.js';
import {
  type Call,
  failing,
  holding,
  type MatcherContext,
  type MatcherResult,
  makeCall,
  misuse,
  showArgument,
} from '../matcher-call.js';
import { type Received, readSubject, type Subject } from '../subject.js';
import { describeNearest, description } from './nearest-events.js';
import { counter, type EventuallyOptions, type ReceivedOptions, readTimeout } from './received-options.js';
import { notAnyMore, notYet, unrecorded } from './undecided.js';
import { unanswerable } from './unknown-recipient.js';

type Pattern = string | object;

export function toHaveReceivedEvent(
  this: MatcherContext,
  received: unknown,
  pattern?: Pattern,
  options?: ReceivedOptions,
): MatcherResult {
  const subject = readSubject('toHaveReceivedEvent', received);
  const shown = pattern === undefined ? '' : showPattern(pattern);
  const call = makeCall(this, 'toHaveReceivedEvent', subject.expression, shown);
  return some(call, subject, pattern === undefined ? anyEvent : wantedPattern(call, pattern), options);
}

export function toHaveReceivedEventWith(
  this: MatcherContext,
  received: unknown,
  values: object,
  options?: ReceivedOptions,
): MatcherResult {
  const subject = readSubject('toHaveReceivedEventWith', received);
  const call = makeCall(this, 'toHaveReceivedEventWith', subject.expression, showArgument(values, 'values'));
  return some(call, subject, wantedValues(call, values), options);
}

export function toHaveReceivedEventTimes(
  this: MatcherContext,
  received: unknown,
  ...args: readonly [number, ReceivedOptions?] | readonly [Pattern, number, ReceivedOptions?]
): MatcherResult {
  const [pattern, times, options] = typeof args[0] === 'number' ? [undefined, ...args] : args;
  const subject = readSubject('toHaveReceivedEventTimes', received);
  const shown =
    pattern === undefined ? String(times) : `${showPattern(pattern as Pattern)}, ${showArgument(times, 'n')}`;
  const call = makeCall(this, 'toHaveReceivedEventTimes', subject.expression, shown);
  if (pattern === undefined && isPattern(options)) {
    throw misuse(call, `The pattern comes first: toHaveReceivedEventTimes(pattern, ${times}).`);
  }
  if (!Number.isInteger(times) || (times as number) < 0) {
    throw misuse(
      call,
      paragraph(
        `This takes how often, alone or behind a pattern: a whole number, 0 or more, but was given ${showValue(times)}.`,
      ),
    );
  }
  const wanted = pattern === undefined ? anyEvent : wantedPattern(call, pattern as Pattern);
  return exactly(call, subject, wanted, times as number, options as ReceivedOptions | undefined);
}

export function toHaveReceivedEvents(
  this: MatcherContext,
  received: unknown,
  patterns: readonly Pattern[],
  options?: ReceivedOptions,
): MatcherResult {
  const subject = readSubject('toHaveReceivedEvents', received);
  const call = makeCall(this, 'toHaveReceivedEvents', subject.expression, showArgument(patterns, 'pattern'));
  if (!isArray(patterns)) throw misuse(call, 'This takes an array of event patterns. For one use toHaveReceivedEvent.');
  const all = patterns.map((pattern) => wantedPattern(call, pattern));
  const counted = counter(call, options)(subject);
  const unable = unanswerable(call, subject, all[0]);
  if (unable !== undefined) return unable;
  let from = 0;
  const found: Received[] = [];
  for (const wanted of all) {
    const at = counted.findIndex(({ event }, i) => i >= from && wanted.fits(event));
    if (at < 0) {
      if (call.isNot) return early(call, subject) ?? holding(call);
      return failing(call, ...describeGap(subject, all, found, counted));
    }
    found.push(counted[at] as Received);
    from = at + 1;
  }
  const places = found.map(({ index }) => `#${index + 1}`).join(', ');
  return call.isNot ? failing(call, paragraph(`These events matched, in this order: ${places}.`)) : holding(call);
}

/** Some event that counts fits. */
export function some(
  call: Call,
  subject: Subject,
  wanted: Wanted,
  options: ReceivedOptions | undefined,
): MatcherResult {
  const counted = counter(call, options)(subject);
  const unable = unanswerable(call, subject, wanted);
  if (unable !== undefined) return unable;
  const fitting = counted.filter(({ event }) => wanted.fits(event));
  if (fitting.length === 0) {
    if (call.isNot) return early(call, subject) ?? holding(call);
    return failing(call, ...describeNearest(subject, wanted, counted));
  }
  return call.isNot ? failing(call, ...describeFitting(fitting, wanted)) : holding(call);
}

function exactly(
  call: Call,
  subject: Subject,
  wanted: Wanted,
  times: number,
  options: ReceivedOptions | undefined,
): MatcherResult {
  const counted = counter(call, options)(subject);
  const unable = unanswerable(call, subject, wanted);
  if (unable !== undefined) return unable;
  const fitting = counted.filter(({ event }) => wanted.fits(event));
  const isWanted = fitting.length === times;
  if (isWanted !== call.isNot) {
    // The number only grows: more may come while something is in flight, and what was forgotten would count too.
    if (call.isNot && fitting.length > times) return holding(call);
    const unsure = call.isNot || times === 0 ? notYet(call, subject) : undefined;
    return unsure ?? notAnyMore(call, subject) ?? holding(call);
  }
  if (fitting.length === 0) return failing(call, ...describeNearest(subject, wanted, counted));
  const number = call.isNot ? `${times}, and they were not to be so many` : `${fitting.length}, wanted ${times}`;
  return failing(call, paragraph(`The number of events is ${number}.`), ...describeFitting(fitting, wanted));
}

/** `.not` is not to hold only because it came too early, or too late. */
function early(call: Call, subject: Subject): MatcherResult | undefined {
  return notYet(call, subject) ?? notAnyMore(call, subject);
}

const mostShown = 5;

function describeFitting(fitting: readonly Received[], wanted: Wanted): string[] {
  const lines = fitting.slice(0, mostShown).map(({ event, index }) => {
    return `  #${index + 1}  ${event.head.source}  ${event.head['detail-type']}`.slice(0, 80);
  });
  const more = fitting.length > mostShown ? [`  and ${fitting.length - mostShown} more`] : [];
  const what = wanted.label === '' ? 'received' : 'that matched';
  return [...description(wanted), [`${count(fitting.length, 'event')} ${what}:`, ...lines, ...more].join('\n')];
}

/** The first of several patterns that nothing matched behind the events which matched those before it. */
function describeGap(
  subject: Subject,
  all: readonly Wanted[],
  found: readonly Received[],
  counted: readonly Received[],
): string[] {
  const wanted = all[found.length] as Wanted;
  const last = found.at(-1);
  const where = last === undefined ? '' : ` behind #${last.index + 1}`;
  const earlier = counted.find(({ event }) => wanted.fits(event));
  const place = `Pattern ${found.length + 1} of ${all.length} matched no event${where}`;
  if (earlier !== undefined) {
    return [paragraph(`${place}: #${earlier.index + 1} would match, but is too early.`), ...description(wanted)];
  }
  return [paragraph(`${place}.`), ...describeNearest(subject, wanted, counted)];
}

function showPattern(pattern: Pattern): string {
  return typeof pattern === 'string' ? 'pattern' : showArgument(pattern, 'pattern');
}

/** As options it would be wrong all the same. */
function isPattern(options: unknown): boolean {
  return (
    typeof options === 'object' && options !== null && envelopeMembers.some((name) => Object.hasOwn(options, name))
  );
}

/** With `.not` it waits for the whole time. */
export async function toEventuallyReceiveEvent(
  this: MatcherContext,
  received: unknown,
  pattern?: string | object,
  options?: EventuallyOptions,
): Promise<MatcherResult> {
  const subject = readSubject('toEventuallyReceiveEvent', received);
  const shown = pattern === undefined ? '' : 'pattern';
  const call = makeCall(this, 'toEventuallyReceiveEvent', subject.expression, shown);
  const wanted = pattern === undefined ? anyEvent : wantedPattern(call, pattern);
  const timeout = readTimeout(call, options);
  const counted = counter(call, options);
  if (!subject.isRecorded) return unrecorded(call);
  const hasCome = () => counted(subject).some(({ event }) => wanted.fits(event));
  if (!hasCome()) {
    await new Promise<void>((resolve) => {
      const stop = () => {
        stopTimer();
        observer.dispose();
        resolve();
      };
      const stopTimer = startTimer(timeout, stop);
      const observer = subject.observers.observeAccepted((event) => {
        if (wanted.fits(event) && hasCome()) stop();
      });
    });
  }
  const result = some(call, readSubject(call.matcher, received), wanted, options);
  return {
    ...result,
    message: () => result.message().replace(/ (matched|was received) \(/, ` $1 within ${timeout} ms (`),
  };
}
