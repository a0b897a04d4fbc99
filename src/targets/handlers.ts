import { type AccountRegion, isApiDestinationArn, makeArn, parseArn } from '../base/arn.js';
import { type Duration, readDuration } from '../base/clock/clock.js';
import { symbolOf } from '../base/copies.js';
import { createDisposable, type DisposableHandle } from '../base/disposable.js';
import { Semaphore } from '../base/semaphore.js';
import { invalid } from '../base/service-error.js';
import type { Anything } from '../base/unknown-value.js';
import type { AttemptOptions } from '../delivery/recipient.js';
import type { TargetCallback, TargetContext } from './handler-context.js';

/**
 * The function behind a target's ARN, shaped as a Lambda handler: a handler written for `@types/aws-lambda` fits. It
 * gets its own mutable copy of what the target receives, parsed; a body that is not JSON it gets as text. What it returns is
 * ignored, as by EventBridge; a promise is waited for.
 */
export type TargetFunction<Event = Anything> = (
  event: Event,
  context: TargetContext,
  callback: TargetCallback,
) => unknown;

/** Limits on the calls of a handler. */
export interface HandlerOptions {
  /** How many attempts may run at once; the others wait in their order. No limit by default. */
  readonly concurrency?: number | undefined;
  /**
   * How long an attempt may take on the bridge's clock until it fails with `TIMEOUT`. `'15m'` by default, as Lambda allows; for
   * the ARN of an API destination `'5s'`, as EventBridge allows an endpoint.
   */
  readonly timeout?: Duration | undefined;
}

/** A registered handler, and what applies to its attempts. */
export interface HandledFunction extends AttemptOptions {
  readonly call: TargetFunction;
  /** Handles again when this one is disposed. */
  readonly covered: HandledFunction | undefined;
  isDisposed: boolean;
}

/** Stands for every Lambda function, of any account and region, that has no handler of its own. */
export const anyFunction = '*';

const functionName = /^[a-zA-Z0-9-_]+(?::[a-zA-Z0-9-_$]+)?$/;
const maxFunctionTime = 900_000;
const maxEndpointTime = 5000;

/** The options must be valid. `maxTime` is the timeout in milliseconds if they name none. */
export function readAttemptOptions(
  { concurrency = Number.POSITIVE_INFINITY, timeout }: HandlerOptions,
  maxTime = maxFunctionTime,
): AttemptOptions {
  const semaphore = concurrency === Number.POSITIVE_INFINITY ? undefined : new Semaphore(concurrency);
  return { timeout: readDuration(timeout) ?? maxTime, semaphore };
}

const isCovering = symbolOf('coveringHandler');

/** Marks a handler that takes the place of an earlier one only until it is disposed. */
export function covering<Handler extends TargetFunction>(handler: Handler): Handler {
  return Object.defineProperty(handler, isCovering, { value: true });
}

/** Registers a handler for an ARN; a bare name means a Lambda function of this account and region. It replaces an earlier one. */
export function handleArn(
  functions: Map<string, HandledFunction>,
  home: AccountRegion,
  arnOrName: string,
  handler: TargetFunction,
  options: HandlerOptions,
): DisposableHandle {
  if (typeof handler !== 'function') throw invalid('A handler must be a function.');
  const arn = arnOrName === anyFunction ? anyFunction : targetArn(home, arnOrName);
  const maxTime = isApiDestinationArn(arn) ? maxEndpointTime : maxFunctionTime;
  const handled: HandledFunction = {
    call: handler,
    ...readAttemptOptions(options, maxTime),
    covered: isCovering in handler ? functions.get(arn) : undefined,
    isDisposed: false,
  };
  functions.set(arn, handled);
  return createDisposable(() => {
    handled.isDisposed = true;
    if (functions.get(arn) !== handled) return;
    let next = handled.covered;
    while (next?.isDisposed) next = next.covered;
    if (next === undefined) functions.delete(arn);
    else functions.set(arn, next);
  });
}

/** Throws a ValidationException for what is neither an ARN nor the name of a Lambda function. */
export function targetArn(home: AccountRegion, arnOrName: string): string {
  if (typeof arnOrName === 'string') {
    if (functionName.test(arnOrName)) return makeArn(home, 'lambda', `function:${arnOrName}`);
    if (parseArn(arnOrName) !== undefined) return arnOrName;
  }
  throw invalid('A handler is for an ARN or for the name of a Lambda function, such as "bill".');
}
