import { describeError } from '../base/describe.js';
import { utf8Length } from '../base/json/json-text.js';
import { requestIds } from '../base/random.js';
import { isServiceError, ServiceError } from '../base/service-error.js';
import { isMalformedInput, MalformedInput } from '../model/malformed-input.js';

/** What a call over the wire needs of a bridge. */
export interface Invokable {
  invoke(name: never, input: never): Promise<unknown>;
}

/** An answer as HTTP carries it. */
export interface JsonResponse {
  readonly statusCode: number;
  /** Lower-case names: the SDK looks for no others. A new object each time: the SDK writes into it. */
  readonly headers: Record<string, string>;
  /** JSON text, or nothing. */
  readonly body: string;
}

/** The media type of AWS JSON 1.1. */
export const awsJson = 'application/x-amz-json-1.1';

/** What stands before an operation in the header `x-amz-target`. */
export const targetPrefix = 'AWSEvents.';

/**
 * Answers one AWS JSON 1.1 request: the `x-amz-target` header says the operation, the body its input. Never rejects:
 * every refusal is an answer `{"__type":"…","message":"…"}` of status 400, as recorded from the service; what is none, of
 * status 500. No `date` header: a clock that is not the caller's would make its SDK sign, and retry, by it.
 */
export async function handleAwsJson(
  bridge: Invokable,
  target: string | undefined,
  body: string,
): Promise<JsonResponse> {
  try {
    const output = await bridge.invoke(operationOf(target) as never, parse(body) as never);
    return respond(200, isEmpty(output) ? '' : JSON.stringify(output, inSeconds));
  } catch (error) {
    return respond(statusOf(error), JSON.stringify(refusal(error)));
  }
}

/** A fault may make an internal error, which is no fault of the caller's. */
function statusOf(error: unknown): number {
  return isServiceError(error) ? error.$metadata.httpStatusCode : 500;
}

/** What is no refusal, such as an error thrown by a function of the options, is the bridge's own failure. */
function refusal(error: unknown): { readonly __type: string; readonly message: string } {
  if (isMalformedInput(error)) return { __type: 'SerializationException', message: error.message };
  if (isServiceError(error)) return { __type: error.name, message: error.message };
  return { __type: 'InternalException', message: describeError(error) };
}

/** An operation of another service is one that no bridge has. */
function operationOf(target: string | undefined): string {
  if (target === undefined || target === '') {
    const message = 'The header x-amz-target is missing. It names the operation, such as AWSEvents.PutEvents.';
    throw new ServiceError('UnknownOperationException', message);
  }
  if (target.startsWith(targetPrefix)) return target.slice(targetPrefix.length);
  throw new ServiceError('UnknownOperationException', `EventBridge has no operation ${target.slice(0, 100)}.`);
}

function parse(body: string): unknown {
  if (body === '') return {};
  try {
    return JSON.parse(body);
  } catch {
    throw new MalformedInput('The request body is not JSON.');
  }
}

function isEmpty(output: unknown): boolean {
  return Object.keys(output as object).length === 0;
}

/** Timestamps are numbers of seconds. `this[key]`, because JSON.stringify has made a text of a Date before it asks. */
function inSeconds(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const original = this[key];
  return original instanceof Date ? original.getTime() / 1000 : value;
}

function respond(statusCode: number, body: string): JsonResponse {
  return { statusCode, headers: jsonHeaders(body, awsJson), body };
}

/** The headers of an answer of JSON text. */
export function jsonHeaders(body: string, contentType: string) {
  return {
    'x-amzn-requestid': requestIds(),
    'content-type': contentType,
    'content-length': String(utf8Length(body)),
  };
}
