import { describeError } from '../base/describe.js';
import { describeValue } from '../base/unknown-value.js';
import { inspect } from '../bridge/internals.js';
import { explainPattern } from '../patterns/explain/explain-pattern.js';
import { parsePattern } from '../patterns/language/parse-pattern.js';
import { testPattern } from '../patterns/reference/compile-pattern.js';
import { cut, labelled, paragraph } from './layout.js';
import { type Call, failing, holding, type MatcherContext, type MatcherResult, makeCall, misuse } from './matcher.js';
import { description } from './nearest-events.js';
import { describeMistake } from './pattern-mistake.js';
import { wantedPattern } from './wanted-pattern.js';

const mostShown = 10;

export function toMatchEventPattern(
  this: MatcherContext,
  received: string | object,
  pattern: string | object,
): MatcherResult {
  const call = makeCall(this, 'toMatchEventPattern', 'event', 'pattern');
  const wanted = wantedPattern(call, pattern);
  if (isFitting(call, pattern, received)) {
    return call.isNot ? failing(call, 'The event matches.', ...description(wanted)) : holding(call);
  }
  if (call.isNot) return holding(call);
  const { differences } = explainPattern(pattern, received);
  const lines = differences.slice(0, mostShown).map(({ message }) => labelled('  ', cut(message, 400)));
  const more = differences.length > mostShown ? [`  and ${differences.length - mostShown} more`] : [];
  return failing(call, 'The event does not match.', ...description(wanted), [...lines, ...more].join('\n'));
}

/** Throws an Error, in words for whoever wrote the test, for what is no event. */
function isFitting(call: Call, pattern: string | object, received: string | object): boolean {
  if (inspect(received) !== undefined) {
    const advice = 'This takes an event, but was given a bridge or a bus: what came there is asked with';
    throw misuse(call, paragraph(`${advice} toHaveReceivedEvent(pattern).`));
  }
  try {
    return testPattern(pattern, received);
  } catch (error) {
    throw misuse(call, paragraph(`${cut(describeError(error), 400)}, but was given ${describeValue(received)}.`));
  }
}

export function toBeValidEventPattern(this: MatcherContext, received: string | object): MatcherResult {
  const call = makeCall(this, 'toBeValidEventPattern', 'pattern', '');
  const parsed = parsePattern(received);
  if (parsed.ok !== call.isNot) return holding(call);
  if (parsed.ok) return failing(call, paragraph('It is a valid event pattern.'));
  return failing(call, describeMistake(received, parsed.issues[0]));
}

/** For `expect.eventMatching(pattern)`, which equals each event that matches. What is no event equals nothing. */
export function eventMatching(this: MatcherContext, received: unknown, pattern: string | object): MatcherResult {
  const call = makeCall(this, 'eventMatching', 'event', 'pattern');
  const wanted = wantedPattern(call, pattern);
  const isEvent = typeof received === 'string' || (typeof received === 'object' && received !== null);
  const pass = isEvent && isMatch(pattern, received as string | object);
  return { pass, message: () => [call.title, ...description(wanted)].join('\n\n') };
}

function isMatch(pattern: string | object, event: string | object): boolean {
  try {
    return testPattern(pattern, event);
  } catch {
    return false;
  }
}
