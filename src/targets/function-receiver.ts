import { isFunctionArn, unqualifiedArn } from '../base/arn.js';
import type { Clock } from '../base/clock/clock.js';
import { readTargetError } from '../base/target-error.js';
import { failedBy, makeFailure } from '../delivery/outcome.js';
import type { Receiver } from '../delivery/recipient.js';
import { callFunction } from './call-function.js';
import type { Citation } from './citation.js';
import { everyFunction } from './handle-arn.js';
import { unbounded } from './handler-options.js';
import type { TargetAddress } from './target-context.js';
import type { HandledFunction } from './target-function.js';

/**
 * Delivers to whatever function stands behind the ARN at the time of the attempt; a version or alias of a Lambda function
 * behind which nothing stands is the function itself. A Lambda function is invoked
 * asynchronously on AWS: once it is called the event is delivered, whatever it throws.
 */
export function functionReceiver(
  target: TargetAddress,
  functions: ReadonlyMap<string, HandledFunction>,
  clock: Clock,
  targetNames: ReadonlyMap<string, Citation>,
): Receiver {
  const { arn } = target;
  const isFunction = isFunctionArn(arn);
  const unqualified = unqualifiedArn(arn);
  const current = () =>
    functions.get(arn) ?? functions.get(unqualified) ?? (isFunction ? functions.get(everyFunction) : undefined);
  const name = () =>
    (targetNames.get(arn) ?? targetNames.get(unqualified))?.words ??
    `${arn}. A function is put there by bridge.handle.`;
  return {
    refuse: () =>
      current() !== undefined ? undefined : makeFailure('unhandled', 'NO_RESOURCE', `Nothing handles ${name()}`),
    terms: () => current() ?? unbounded,
    attempt: (attempt) => {
      const { call, timeout } = current() as HandledFunction;
      return callFunction(call, attempt, target, { clock, timeout });
    },
    judge: (error) =>
      isFunction && readTargetError(error) === undefined ? { kind: 'function-error', error } : failedBy(error),
  };
}
