import { isFunctionArn, unqualifiedArn } from '../base/arn.js';
import { readTargetError } from '../base/target-error.js';
import { type AttemptResult, attemptResult, createFailure, resultOfError } from '../delivery/outcome.js';
import { type AttemptRequest, type Receiver, unlimited } from '../delivery/recipient.js';
import { functionTraceHeader } from '../events/trace-header.js';
import {
  type CallSettings,
  type HandlerCall,
  makeContext,
  type TargetAddress,
  type TargetCallback,
} from './handler-context.js';
import { anyFunction, type HandledFunction, type TargetFunction } from './handlers.js';
import type { TargetHost, TargetKind } from './target-kind.js';

/** Lambda functions. AWS invokes them asynchronously: once called, the event is delivered, whatever the function throws. */
export const functionTargets: TargetKind = {
  accepts: isFunctionArn,
  receiver: (target, host) =>
    handlerReceiver(target, host, {
      toResult: resultOfFunctionError,
      settings: () => ({ traceHeader: functionTraceHeader }),
    }),
};

/** Targets that nothing else accepts. What their handlers throw fails the attempt. */
export const otherTargets: TargetKind = {
  accepts: () => true,
  receiver: (target, host) => handlerReceiver(target, host),
};

/** What a kind of target adds to the calls of handlers. */
export interface HandlerCalls {
  /** Makes a result of what the handler throws. */
  readonly toResult?: (error: unknown) => AttemptResult;
  /** May throw for what the handler returns. */
  readonly check?: (returned: unknown) => unknown;
  readonly settings?: (request: AttemptRequest) => Omit<CallSettings, 'clock' | 'timeout'>;
}

/** Calls the handler that is registered for the target's ARN at the time of the attempt. */
export function handlerReceiver(target: TargetAddress, host: TargetHost, calls: HandlerCalls = {}): Receiver {
  const { toResult = resultOfError, check = (returned) => returned, settings } = calls;
  const find = () => findHandler(target.arn, host);
  return {
    get attemptOptions() {
      return find() ?? unlimited;
    },
    attempt: (request) => {
      const handler = find();
      if (handler === undefined) return { kind: 'failure', failure: unhandled(target.arn, host) };
      const { call, timeout } = handler;
      return attemptResult(() => {
        return check(callFunction(call, request, target, { clock: host.clock, timeout, ...settings?.(request) }));
      }, toResult);
    },
  };
}

/** Lets a handler that is registered for the ARN take the place of a built-in receiver. */
export function preferHandler(builtIn: Receiver, target: TargetAddress, host: TargetHost): Receiver {
  const handled = handlerReceiver(target, host);
  const current = () => (host.functions.has(target.arn) ? handled : builtIn);
  return {
    get attemptOptions() {
      return current().attemptOptions;
    },
    attempt: (request) => current().attempt(request),
  };
}

/** A version or alias without a handler of its own is the function itself. */
function findHandler(arn: string, { functions }: TargetHost): HandledFunction | undefined {
  const handler = functions.get(arn) ?? functions.get(unqualifiedArn(arn));
  return handler === undefined && isFunctionArn(arn) ? functions.get(anyFunction) : handler;
}

function unhandled(arn: string, { targetNames }: TargetHost) {
  const name =
    (targetNames.get(arn) ?? targetNames.get(unqualifiedArn(arn)))?.words ??
    `${arn}. A function is put there by bridge.handle.`;
  return createFailure('unhandled', 'NO_RESOURCE', `Nothing handles ${name}`);
}

function resultOfFunctionError(error: unknown): AttemptResult {
  return readTargetError(error) === undefined ? { kind: 'function-error', error } : resultOfError(error);
}

/**
 * Calls a function as Lambda does, and returns what to wait for. A function that declares a callback and returns nothing ends
 * by calling it.
 */
export function callFunction(
  handler: TargetFunction,
  call: HandlerCall,
  address: TargetAddress,
  settings: CallSettings,
): unknown {
  let called: { readonly error: unknown } | undefined;
  let onCall = () => {};
  const callback: TargetCallback = (error) => {
    called ??= { error };
    onCall();
  };
  const result = handler(
    parseBody(settings.body ?? call.body),
    makeContext(call, address, settings, callback),
    callback,
  );
  if ((typeof result === 'object' || typeof result === 'function') && result !== null) return result;
  if (called === undefined && handler.length < 3) return undefined;
  return new Promise<void>((resolve, reject) => {
    onCall = () => {
      const error = called?.error;
      if (error === undefined || error === null) resolve();
      else reject(error);
    };
    if (called !== undefined) onCall();
  });
}

/** A template of text makes a body that is not JSON. */
function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
