import { type Home, makeArn, parseArn } from '../base/arn.js';
import { symbolOf } from '../base/copies.js';
import { type Handle, makeHandle } from '../base/disposable.js';
import { invalid } from '../base/service-error.js';
import { isApiDestinationArn, longestAnswer } from './api-destination.js';
import { type HandlerOptions, readTerms } from './handler-options.js';
import type { HandledFunction, TargetFunction } from './target-function.js';

/** Stands for every Lambda function, of whatever account and region, that has no function of its own. */
export const everyFunction = '*';

const functionName = /^[a-zA-Z0-9-_]+(?::[a-zA-Z0-9-_$]+)?$/;

const isCovering = symbolOf('coveringHandler');

/** Marks a handler that takes the place of another for as long as it is registered; then that one handles again. */
export function covering<Handler extends TargetFunction>(handler: Handler): Handler {
  return Object.defineProperty(handler, isCovering, { value: true });
}

/** Registers a handler for an ARN; a bare name means a Lambda function of this account and region. The last one counts. */
export function handleArn(
  functions: Map<string, HandledFunction>,
  home: Home,
  arnOrName: string,
  target: TargetFunction,
  options: HandlerOptions,
): Handle {
  if (typeof target !== 'function') throw invalid('A handler must be a function.');
  const arn = arnOrName === everyFunction ? everyFunction : targetArn(home, arnOrName);
  const handled: HandledFunction = {
    call: target,
    ...readTerms(options, isApiDestinationArn(arn) ? longestAnswer : undefined),
    covered: isCovering in target ? functions.get(arn) : undefined,
    isDisposed: false,
  };
  functions.set(arn, handled);
  return makeHandle(() => {
    handled.isDisposed = true;
    if (functions.get(arn) !== handled) return;
    let next = handled.covered;
    while (next?.isDisposed) next = next.covered;
    if (next === undefined) functions.delete(arn);
    else functions.set(arn, next);
  });
}

export function targetArn(home: Home, arnOrName: string): string {
  if (typeof arnOrName === 'string') {
    if (functionName.test(arnOrName)) return makeArn(home, 'lambda', `function:${arnOrName}`);
    if (parseArn(arnOrName) !== undefined) return arnOrName;
  }
  throw invalid('A handler is for an ARN or for the name of a Lambda function, such as "bill".');
}
