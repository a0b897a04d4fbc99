import { isFunctionArn, unqualifiedArn } from '../base/arn.js';
import type { Clock } from '../base/clock.js';
import { readTargetError } from '../base/target-error.js';
import type { Attempt } from '../delivery/attempt.js';
import { failedBy, makeFailure } from '../delivery/outcome.js';
import type { Receiver } from '../delivery/recipient.js';
import { unbounded } from './handler-options.js';
import { makeContext, type TargetAddress, type TargetCallback, type TargetContext } from './target-context.js';
import type { HandledFunction, TargetFunction } from './target-function.js';

/**
 * Delivers to whatever function stands behind the ARN at the time of the attempt; a version or alias of a Lambda function
 * behind which nothing stands is the function itself. A Lambda function is invoked
 * asynchronously on AWS: once it is called the event is delivered, whatever it throws.
 */
export function functionReceiver(
  target: TargetAddress,
  functions: ReadonlyMap<string, HandledFunction>,
  clock: Clock,
): Receiver {
  const { arn } = target;
  const isFunction = isFunctionArn(arn);
  const unqualified = unqualifiedArn(arn);
  const current = () => functions.get(arn) ?? functions.get(unqualified);
  return {
    refuse: () =>
      current() !== undefined
        ? undefined
        : makeFailure('unhandled', 'NO_RESOURCE', `Nothing handles ${arn}. A function is put there by bridge.handle.`),
    terms: () => current() ?? unbounded,
    attempt: (attempt) => {
      const { call, timeout } = current() as HandledFunction;
      return callFunction(call, attempt, (callback) => makeContext(attempt, target, { clock, timeout }, callback));
    },
    judge: (error) =>
      isFunction && readTargetError(error) === undefined ? { kind: 'function-error', error } : failedBy(error),
  };
}

function callFunction(
  target: TargetFunction,
  attempt: Attempt,
  contextWith: (callback: TargetCallback) => TargetContext,
): unknown {
  let answer: { readonly error: unknown } | undefined;
  let wake = () => {};
  const callback: TargetCallback = (error) => {
    answer ??= { error };
    wake();
  };
  const result = target(parse(attempt.body), contextWith(callback), callback);
  if ((typeof result === 'object' || typeof result === 'function') && result !== null) return result;
  if (answer === undefined && target.length < 3) return undefined;
  return new Promise<void>((resolve, reject) => {
    wake = () => {
      const error = answer?.error;
      if (error === undefined || error === null) resolve();
      else reject(error);
    };
    if (answer !== undefined) wake();
  });
}

/** A template of text makes a body that is none of JSON. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
