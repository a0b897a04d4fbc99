import { startTimer } from '../../base/clock/real-timers.js';
import { pluralize } from '../../base/describe.js';
import { isArray } from '../../base/unknown-value.js';
import { envelopeMembers } from '../../events/envelope.js';
import { anyEvent, type Expectation, expectPattern, expectValues } from '../expectations/expectation.js';
import { formatValue } from '../expectations/plain-values.js';
import { firstLines, paragraph, truncate, width } from '../layout.js';
import {
  createMatcherCall,
  fail,
  formatArgument,
  type MatcherCall,
  type MatcherContext,
  type MatcherResult,
  pass,
  usageError,
} from '../matcher-call.js';
import { type Received, readSubject, type Subject } from '../subject.js';
import { describeExpectation, describeNearest } from './nearest-events.js';
import { type EventuallyOptions, type ReceivedOptions, readTimeout, receivedFilter } from './received-options.js';
import { failIfEvicted, failIfInFlight, failWithoutHistory } from './undecided.js';
import { failIfUnanswerable } from './unknown-recipient.js';

type Pattern = string | object;

export function toHaveReceivedEvent(
  this: MatcherContext,
  received: unknown,
  pattern?: Pattern,
  options?: ReceivedOptions,
): MatcherResult {
  const subject = readSubject('toHaveReceivedEvent', received);
  const args = pattern === undefined ? '' : formatPattern(pattern);
  const call = createMatcherCall(this, 'toHaveReceivedEvent', subject.expression, args);
  return expectSome(call, subject, pattern === undefined ? anyEvent : expectPattern(call, pattern), options);
}

export function toHaveReceivedEventWith(
  this: MatcherContext,
  received: unknown,
  values: object,
  options?: ReceivedOptions,
): MatcherResult {
  const subject = readSubject('toHaveReceivedEventWith', received);
  const args = formatArgument(values, 'values');
  const call = createMatcherCall(this, 'toHaveReceivedEventWith', subject.expression, args);
  return expectSome(call, subject, expectValues(call, values), options);
}

export function toHaveReceivedEventTimes(
  this: MatcherContext,
  received: unknown,
  ...args: readonly [number, ReceivedOptions?] | readonly [Pattern, number, ReceivedOptions?]
): MatcherResult {
  const [pattern, times, options] = typeof args[0] === 'number' ? [undefined, ...args] : args;
  const subject = readSubject('toHaveReceivedEventTimes', received);
  const shown =
    pattern === undefined ? String(times) : `${formatPattern(pattern as Pattern)}, ${formatArgument(times, 'n')}`;
  const call = createMatcherCall(this, 'toHaveReceivedEventTimes', subject.expression, shown);
  if (pattern === undefined && isPattern(options)) {
    throw usageError(call, `The pattern comes first: toHaveReceivedEventTimes(pattern, ${times}).`);
  }
  if (!Number.isInteger(times) || (times as number) < 0) {
    throw usageError(
      call,
      paragraph(`The number of events must be a whole number, 0 or more, but is ${formatValue(times)}.`),
    );
  }
  const expectation = pattern === undefined ? anyEvent : expectPattern(call, pattern as Pattern);
  return expectExactly(call, subject, expectation, times as number, options as ReceivedOptions | undefined);
}

export function toHaveReceivedEvents(
  this: MatcherContext,
  received: unknown,
  patterns: readonly Pattern[],
  options?: ReceivedOptions,
): MatcherResult {
  const subject = readSubject('toHaveReceivedEvents', received);
  const args = formatArgument(patterns, 'pattern');
  const call = createMatcherCall(this, 'toHaveReceivedEvents', subject.expression, args);
  if (!isArray(patterns)) {
    throw usageError(call, 'This takes an array of event patterns. For one pattern use toHaveReceivedEvent.');
  }
  const expectations = patterns.map((pattern) => expectPattern(call, pattern));
  const events = receivedFilter(call, options)(subject);
  const unanswerable = failIfUnanswerable(call, subject, expectations[0]);
  if (unanswerable !== undefined) return unanswerable;
  let from = 0;
  const found: Received[] = [];
  for (const expectation of expectations) {
    const index = events.findIndex(({ event }, i) => i >= from && expectation.matches(event));
    if (index < 0) {
      if (call.isNot) return failIfUndecided(call, subject) ?? pass(call);
      return fail(call, ...describeMissingStep(subject, expectations, found, events));
    }
    found.push(events[index] as Received);
    from = index + 1;
  }
  const numbers = found.map(({ index }) => `#${index + 1}`).join(', ');
  return call.isNot ? fail(call, paragraph(`These events matched, in this order: ${numbers}.`)) : pass(call);
}

export async function toEventuallyReceiveEvent(
  this: MatcherContext,
  received: unknown,
  pattern?: Pattern,
  options?: EventuallyOptions,
): Promise<MatcherResult> {
  const subject = readSubject('toEventuallyReceiveEvent', received);
  const args = pattern === undefined ? '' : 'pattern';
  const call = createMatcherCall(this, 'toEventuallyReceiveEvent', subject.expression, args);
  const expectation = pattern === undefined ? anyEvent : expectPattern(call, pattern);
  const timeout = readTimeout(call, options);
  const eventsOf = receivedFilter(call, options);
  if (!subject.isRecorded) return failWithoutHistory(call);
  const isReceived = () => eventsOf(subject).some(({ event }) => expectation.matches(event));
  if (!isReceived()) {
    await new Promise<void>((resolve) => {
      const stop = () => {
        cancelTimer();
        observer.dispose();
        resolve();
      };
      const cancelTimer = startTimer(timeout, stop);
      const observer = subject.observers.onAccepted((event) => {
        if (expectation.matches(event) && isReceived()) stop();
      });
    });
  }
  const result = expectSome(call, readSubject(call.matcher, received), expectation, options);
  return {
    ...result,
    message: () => result.message().replace(/ (matched|was received) \(/, ` $1 within ${timeout} ms (`),
  };
}

function expectSome(
  call: MatcherCall,
  subject: Subject,
  expectation: Expectation,
  options: ReceivedOptions | undefined,
): MatcherResult {
  const events = receivedFilter(call, options)(subject);
  const unanswerable = failIfUnanswerable(call, subject, expectation);
  if (unanswerable !== undefined) return unanswerable;
  const matching = events.filter(({ event }) => expectation.matches(event));
  if (matching.length === 0) {
    if (call.isNot) return failIfUndecided(call, subject) ?? pass(call);
    return fail(call, ...describeNearest(subject, expectation, events));
  }
  return call.isNot ? fail(call, ...describeMatching(matching, expectation)) : pass(call);
}

function expectExactly(
  call: MatcherCall,
  subject: Subject,
  expectation: Expectation,
  times: number,
  options: ReceivedOptions | undefined,
): MatcherResult {
  const events = receivedFilter(call, options)(subject);
  const unanswerable = failIfUnanswerable(call, subject, expectation);
  if (unanswerable !== undefined) return unanswerable;
  const matching = events.filter(({ event }) => expectation.matches(event));
  const isExpected = matching.length === times;
  if (isExpected !== call.isNot) {
    // The number only grows: by what is in flight, and by what has left the history.
    if (call.isNot && matching.length > times) return pass(call);
    const undecided = call.isNot || times === 0 ? failIfInFlight(call, subject) : undefined;
    return undecided ?? failIfEvicted(call, subject) ?? pass(call);
  }
  if (matching.length === 0) return fail(call, ...describeNearest(subject, expectation, events));
  const number = call.isNot ? `${times}, wanted another number` : `${matching.length}, wanted ${times}`;
  return fail(call, paragraph(`The number of events is ${number}.`), ...describeMatching(matching, expectation));
}

/** Keeps `.not` from passing only because it comes too early or too late. */
function failIfUndecided(call: MatcherCall, subject: Subject): MatcherResult | undefined {
  return failIfInFlight(call, subject) ?? failIfEvicted(call, subject);
}

const maxShown = 5;

function describeMatching(matching: readonly Received[], expectation: Expectation): string[] {
  const lines = matching.map(({ event, index }) =>
    `  #${index + 1}  ${truncate(event.fields.source, width)}  ${truncate(event.fields['detail-type'], width)}`.slice(
      0,
      width,
    ),
  );
  const title = `${pluralize(matching.length, 'event')} ${expectation.label === '' ? 'received' : 'that matched'}:`;
  return [...describeExpectation(expectation), [title, ...firstLines(lines, maxShown)].join('\n')];
}

/** Describes the first pattern that matches no event behind those that matched the patterns before it. */
function describeMissingStep(
  subject: Subject,
  expectations: readonly Expectation[],
  found: readonly Received[],
  events: readonly Received[],
): readonly string[] {
  const expectation = expectations[found.length] as Expectation;
  const last = found.at(-1);
  const where = last === undefined ? '' : ` after #${last.index + 1}`;
  const earlier = events.find(({ event }) => expectation.matches(event));
  const step = `Pattern ${found.length + 1} of ${expectations.length} matched no event${where}`;
  if (earlier !== undefined) {
    return [
      paragraph(`${step}: #${earlier.index + 1} would match, but came earlier.`),
      ...describeExpectation(expectation),
    ];
  }
  return [paragraph(`${step}.`), ...describeNearest(subject, expectation, events)];
}

function formatPattern(pattern: Pattern): string {
  return typeof pattern === 'string' ? 'pattern' : formatArgument(pattern, 'pattern');
}

/** Whether a pattern was given where options belong. */
function isPattern(options: unknown): boolean {
  return (
    typeof options === 'object' && options !== null && envelopeMembers.some((name) => Object.hasOwn(options, name))
  );
}
