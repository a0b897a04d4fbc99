import type { Clock } from '../base/clock/clock.js';
import { type FunctionCall, makeContext, type TargetAddress, type TargetCallback } from './target-context.js';
import type { TargetFunction } from './target-function.js';

/**
 * Calls a function as Lambda does, and answers what to wait for. One that declares a callback and answers nothing ends by
 * it.
 */
export function callFunction(
  target: TargetFunction,
  call: FunctionCall,
  address: TargetAddress,
  terms: { readonly clock: Clock; readonly timeout: number },
): unknown {
  let answer: { readonly error: unknown } | undefined;
  let wake = () => {};
  const callback: TargetCallback = (error) => {
    answer ??= { error };
    wake();
  };
  const result = target(parse(call.body), makeContext(call, address, terms, callback), callback);
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
