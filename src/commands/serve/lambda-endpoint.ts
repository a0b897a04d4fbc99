import { TargetError } from '../../base/target-error.js';
import type { TargetContext } from '../../targets/handler-context.js';
import { readError, unreachableReason } from '../client/server-client.js';

/** How many invocations are under way at once at most. */
export const maxInvocations = 100;
/** Within which an invocation must be answered. */
export const maxInvocationTime = '5m';

const notImplemented = 501;

/** What the answer of an Invoke endpoint comes to, where it is no success; of every other status `otherwise`. */
const codes: Readonly<Record<number, string>> = {
  401: 'NO_PERMISSIONS',
  403: 'NO_PERMISSIONS',
  404: 'NO_RESOURCE',
  408: 'TIMEOUT',
  429: 'THROTTLING',
  504: 'TIMEOUT',
};

/**
 * A handler that sends each event to an Invoke endpoint of Lambda, as `sam local start-lambda` runs one. An endpoint that
 * cannot invoke asynchronously (501, as older ones of SAM) is asked to invoke and answer from then on. An answer with a
 * function error counts as a function that threw. One that cannot be reached is `CONNECTION_FAILURE`; 404 `NO_RESOURCE`,
 * 401 and 403 `NO_PERMISSIONS`, which are final; 429 `THROTTLING`, 408 and 504 `TIMEOUT`, and every other status from 500 on
 * `ERROR_FROM_TARGET`, which are tried again; what else is no success `SDK_CLIENT_ERROR`, which is final. The codes are those
 * of EventBridge's dead letters; which of them the service would give is not recorded.
 */
export function lambdaEndpoint(endpoint: string): (event: unknown, context: TargetContext) => Promise<void> {
  let invocationType = 'Event';
  return async (_event, context) => {
    let response = await invoke(endpoint, context, invocationType);
    if (response.status === notImplemented && invocationType === 'Event') {
      await response.body?.cancel();
      invocationType = 'RequestResponse';
      response = await invoke(endpoint, context, invocationType);
    }
    const { ok, status, headers } = response;
    if (ok && !headers.has('x-amz-function-error')) {
      await response.body?.cancel();
      return;
    }
    const text = await response.text();
    if (ok) throw functionError(text);
    const { name, message } = readError(status, text, headers.get('x-amzn-errortype'));
    const what = /^status /.test(name) ? `${name} ${message}`.trim() : `${status} ${name}: ${message}`;
    throw targetError(status, `The endpoint answered ${what}`);
  };
}

async function invoke(endpoint: string, context: TargetContext, invocationType: string): Promise<Response> {
  const { functionName, functionVersion, delivery } = context;
  const qualifier = functionVersion === '$LATEST' ? '' : `?Qualifier=${encodeURIComponent(functionVersion)}`;
  const trace = delivery.traceHeader === undefined ? {} : { 'x-amzn-trace-id': delivery.traceHeader };
  try {
    return await fetch(`${endpoint}/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations${qualifier}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-amz-invocation-type': invocationType, ...trace },
      body: delivery.body,
      redirect: 'manual',
      signal: delivery.signal,
    });
  } catch (error) {
    const why = unreachableReason(error);
    const code = /TIMEOUT/.test(why) ? 'TIMEOUT' : 'CONNECTION_FAILURE';
    throw new TargetError(code, { message: `The endpoint ${endpoint} cannot be reached: ${why}`, cause: error });
  }
}

function targetError(status: number, message: string): TargetError {
  const code = codes[status] ?? (status >= 500 ? 'ERROR_FROM_TARGET' : 'SDK_CLIENT_ERROR');
  return new TargetError(code, { message, retryable: status >= 500 || code === 'THROTTLING' || code === 'TIMEOUT' });
}

/** As Lambda writes what a function has thrown. */
function functionError(text: string): Error {
  const error = new Error(text.trim().slice(0, 200));
  try {
    const { errorType, errorMessage } = JSON.parse(text) as { errorType?: unknown; errorMessage?: unknown };
    if (typeof errorMessage === 'string') error.message = errorMessage;
    if (typeof errorType === 'string') error.name = errorType;
  } catch {
    // Its text says it.
  }
  return error;
}
