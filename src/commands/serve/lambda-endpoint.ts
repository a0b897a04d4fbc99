import { TargetError } from '../../base/target-error.js';
import type { TargetContext } from '../../targets/handler-context.js';
import { readError, unreachableReason } from '../client/server-client.js';

/** Invocations at the same time. */
export const maxInvocations = 100;
/** The timeout of an invocation. */
export const maxInvocationTime = '5m';

const notImplemented = 501;

/** The error code for a status of an Invoke endpoint. */
const codes: Readonly<Record<number, string>> = {
  401: 'NO_PERMISSIONS',
  403: 'NO_PERMISSIONS',
  404: 'NO_RESOURCE',
  408: 'TIMEOUT',
  429: 'THROTTLING',
  504: 'TIMEOUT',
};

/**
 * Returns a handler that sends each event to a Lambda Invoke endpoint, such as that of `sam local start-lambda`. An endpoint that
 * does not support asynchronous invocation (501, as older versions of SAM) is invoked synchronously from then on.
 *
 * A response with a function error counts as a function that threw. An endpoint that cannot be reached is `CONNECTION_FAILURE`; 404
 * is `NO_RESOURCE`, 401 and 403 are `NO_PERMISSIONS`; none of the last two is retried. 429 is `THROTTLING`, 408 and 504 are
 * `TIMEOUT`, any other status from 500 is `ERROR_FROM_TARGET`; these are retried. Any other status is `SDK_CLIENT_ERROR`, which
 * is not. The codes are those of EventBridge's dead letters; which of them AWS would use is not recorded.
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
    throw targetError(status, `The endpoint returned ${what}`);
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

/** Reads a function's error from Lambda's response. */
function functionError(text: string): Error {
  const error = new Error(text.trim().slice(0, 200));
  try {
    const { errorType, errorMessage } = JSON.parse(text) as { errorType?: unknown; errorMessage?: unknown };
    if (typeof errorMessage === 'string') error.message = errorMessage;
    if (typeof errorType === 'string') error.name = errorType;
  } catch {
    // Not JSON: the message is the text.
  }
  return error;
}
