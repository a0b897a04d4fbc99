import { type Home, makeArn, parseArn } from '../base/arn.js';
import { type Handle, makeHandle } from '../base/disposable.js';
import { invalid } from '../base/service-error.js';
import { type HandlerOptions, readTerms } from './handler-options.js';
import type { HandledFunction, TargetFunction } from './target-function.js';

/** Stands for every Lambda function, of whatever account and region, that has no function of its own. */
export const everyFunction = '*';

const functionName = /^[a-zA-Z0-9-_]+(?::[a-zA-Z0-9-_$]+)?$/;

/** Puts a function behind an ARN; a bare name means a Lambda function at home. The last one put there counts. */
export function handleArn(
  functions: Map<string, HandledFunction>,
  home: Home,
  arnOrName: string,
  target: TargetFunction,
  options: HandlerOptions,
  timeoutOf: (arn: string) => number | undefined,
): Handle {
  if (typeof target !== 'function') throw invalid('A handler must be a function.');
  const arn = arnOrName === everyFunction ? everyFunction : targetArn(home, arnOrName);
  const handled: HandledFunction = {
    call: target,
    ...readTerms(options, timeoutOf(arn)),
  };
  functions.set(arn, handled);
  return makeHandle(() => {
    if (functions.get(arn) === handled) functions.delete(arn);
  });
}

export function targetArn(home: Home, arnOrName: string): string {
  if (typeof arnOrName === 'string') {
    if (functionName.test(arnOrName)) return makeArn(home, 'lambda', `function:${arnOrName}`);
    if (parseArn(arnOrName) !== undefined) return arnOrName;
  }
  throw invalid('A handler is for an ARN or for the name of a Lambda function, such as "bill".');
}
