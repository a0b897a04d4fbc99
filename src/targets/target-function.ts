import type { Anything } from '../base/anything.js';
import { isFunctionArn } from '../base/arn.js';
import type { Clock } from '../base/clock.js';
import { targetErrorCode } from '../base/target-error.js';
import type { Delivery } from '../delivery/delivery.js';
import { failedBefore, failedBy } from '../delivery/outcome.js';
import type { Receiver } from '../delivery/recipient.js';
import { makeContext, type TargetCallback, type TargetContext } from './target-context.js';

/**
 * The function behind a target's ARN, shaped as a Lambda handler: a handler written for `@types/aws-lambda` fits. It
 * gets its own mutable copy of the event. What it answers is ignored, as by EventBridge; a promise is waited for.
 */
export type TargetFunction<Event = Anything> = (
  event: Event,
  context: TargetContext,
  callback: TargetCallback,
) => unknown;

/**
 * Delivers to whatever function stands behind the ARN at the time of the attempt. A Lambda function is invoked
 * asynchronously on AWS: once it is called the event is delivered, whatever it throws.
 */
export function functionReceiver(
  target: { readonly rule: string; readonly targetId: string; readonly arn: string },
  functions: ReadonlyMap<string, TargetFunction>,
  clock: Clock,
): Receiver {
  const isFunction = isFunctionArn(target.arn);
  return {
    refuse: () =>
      functions.has(target.arn)
        ? undefined
        : failedBefore(
            'unhandled',
            'NO_RESOURCE',
            `Nothing handles ${target.arn}. A function is put there by bridge.handle.`,
          ),
    attempt: (delivery) =>
      call(functions.get(target.arn) as TargetFunction, delivery, (callback) =>
        makeContext(delivery, target, clock, callback),
      ),
    judge: (error) =>
      isFunction && targetErrorCode(error) === undefined
        ? { kind: 'delivered', functionError: { error } }
        : failedBy(error),
  };
}

function call(
  target: TargetFunction,
  delivery: Delivery,
  contextWith: (callback: TargetCallback) => TargetContext,
): unknown {
  let answer: { readonly error: unknown } | undefined;
  let wake = () => {};
  const callback: TargetCallback = (error) => {
    answer ??= { error };
    wake();
  };
  const result = target(JSON.parse(delivery.event.text), contextWith(callback), callback);
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
