import { isFunctionArn } from '../base/arn.js';
import type { Clock } from '../base/clock.js';
import { readTargetError } from '../base/target-error.js';
import { failedBy, makeFailure } from '../delivery/outcome.js';
import type { Receiver } from '../delivery/recipient.js';
import { callFunction } from './call-function.js';
import type { TargetAddress } from './target-context.js';
import type { HandledFunction } from './target-function.js';

/**
 * Delivers to whatever function stands behind the ARN at the time of the attempt. A Lambda function is invoked
 * asynchronously on AWS: once it is called the event is delivered, whatever it throws.
 */
export function functionReceiver(
  target: TargetAddress,
  functions: ReadonlyMap<string, HandledFunction>,
  clock: Clock,
): Receiver {
  const { arn } = target;
  const isFunction = isFunctionArn(arn);
  return {
    refuse: () =>
      functions.has(arn)
        ? undefined
        : makeFailure('unhandled', 'NO_RESOURCE', `Nothing handles ${arn}. A function is put there by bridge.handle.`),
    terms: () => functions.get(arn) ?? { timeout: Number.POSITIVE_INFINITY, gate: undefined },
    attempt: (attempt) => {
      const { call, timeout } = functions.get(arn) as HandledFunction;
      return callFunction(call, attempt, target, { clock, timeout });
    },
    judge: (error) =>
      isFunction && readTargetError(error) === undefined ? { kind: 'function-error', error } : failedBy(error),
  };
}
