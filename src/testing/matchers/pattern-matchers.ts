import { describeError } from '../../base/describe.js';
import { describeValue } from '../../base/unknown-value.js';
import { inspect } from '../../bridge/internals.js';

import { explainPattern } from '../../patterns/explain/explain-pattern.js';
import { parsePattern } from '../../patterns/language/parse-pattern.js';
import { testPattern } from '../../patterns/reference/compile-pattern.js';
import { expectPattern } from '../expectations/expectation.js';
import { describeMistake } from '../expectations/pattern-mistake.js';
import { firstLines, labelled, paragraph, truncate } from '../layout.js';
import {
  createMatcherCall,
  fail,
  type MatcherCall,
  type MatcherContext,
  type MatcherResult,
  pass,
  usageError,
} from '../matcher-call.js';
import { describeExpectation } from './nearest-events.js';

const maxShown = 10;

export function toMatchEventPattern(
  this: MatcherContext,
  received: string | object,
  pattern: string | object,
): MatcherResult {
  const call = createMatcherCall(this, 'toMatchEventPattern', 'event', 'pattern');
  const expectation = expectPattern(call, pattern);
  if (testEvent(call, pattern, received)) {
    return call.isNot ? fail(call, 'The event matches.', ...describeExpectation(expectation)) : pass(call);
  }
  if (call.isNot) return pass(call);
  const { differences } = explainPattern(pattern, received);
  const lines = differences.map(({ message }) => labelled('  ', truncate(message, 400)));
  return fail(
    call,
    'The event does not match.',
    ...describeExpectation(expectation),
    firstLines(lines, maxShown).join('\n'),
  );
}

/** Throws an Error for what is not an event. */
function testEvent(call: MatcherCall, pattern: string | object, received: string | object): boolean {
  if (inspect(received) !== undefined) {
    throw usageError(
      call,
      paragraph('This takes an event, but was given a bridge or a bus: use toHaveReceivedEvent(pattern) for those.'),
    );
  }
  try {
    return testPattern(pattern, received);
  } catch (error) {
    throw usageError(
      call,
      paragraph(`${truncate(describeError(error), 400)}, but was given ${describeValue(received)}.`),
    );
  }
}

export function toBeValidEventPattern(this: MatcherContext, received: string | object): MatcherResult {
  const call = createMatcherCall(this, 'toBeValidEventPattern', 'pattern', '');
  const parsed = parsePattern(received);
  if (parsed.ok !== call.isNot) return pass(call);
  if (parsed.ok) return fail(call, paragraph('It is a valid event pattern.'));
  return fail(call, describeMistake(received, parsed.issues[0]));
}

/** `expect.eventMatching(pattern)`. What is not an event does not match. */
export function eventMatching(this: MatcherContext, received: unknown, pattern: string | object): MatcherResult {
  const call = createMatcherCall(this, 'eventMatching', 'event', 'pattern');
  const expectation = expectPattern(call, pattern);
  const canBeEvent = typeof received === 'string' || (typeof received === 'object' && received !== null);
  return {
    pass: canBeEvent && isMatch(pattern, received as string | object),
    message: () => [call.title, ...describeExpectation(expectation)].join('\n\n'),
  };
}

function isMatch(pattern: string | object, event: string | object): boolean {
  try {
    return testPattern(pattern, event);
  } catch {
    return false;
  }
}
