import { describeError } from '../base/describe.js';
import { utf8Length } from '../base/json/json-text.js';
import { requestIds } from '../base/random.js';
import { isServiceError, ServiceError } from '../base/service-error.js';
import { isMalformedInputError, MalformedInputError } from '../model/read-input.js';

/** The part of a bridge that the protocol uses. */
export interface Invokable {
  invoke(name: never, input: never): Promise<unknown>;
}

/** A response of AWS JSON 1.1. */
export interface JsonResponse {
  readonly statusCode: number;
  /** With lower-case names, which the SDK expects. A new object each time, because the SDK changes it. */
  readonly headers: Record<string, string>;
  /** JSON text, or empty. */
  readonly body: string;
}

/** The media type of AWS JSON 1.1. */
export const awsJson = 'application/x-amz-json-1.1';

/** The prefix of an operation in the header `x-amz-target`. */
export const targetPrefix = 'AWSEvents.';

/**
 * Responds to one AWS JSON 1.1 request: the `x-amz-target` header names the operation, the body is its input. Never rejects:
 * a ServiceError becomes `{"__type":"…","message":"…"}` with status 400, as recorded from the service; any other error, status 500.
 * There is no `date` header, because an SDK would sign, and retry, by a clock that is not its own.
 */
export async function handleAwsJson(
  bridge: Invokable,
  target: string | undefined,
  body: string,
): Promise<JsonResponse> {
  try {
    const output = await bridge.invoke(operationOf(target) as never, parse(body) as never);
    return respond(200, isEmpty(output) ? '' : JSON.stringify(output, toEpochSeconds));
  } catch (error) {
    return respond(statusOf(error), JSON.stringify(errorBody(error)));
  }
}

/** An injected fault may be an internal error, with status 500. */
function statusOf(error: unknown): number {
  return isServiceError(error) ? error.$metadata.httpStatusCode : 500;
}

/** An error that is not a ServiceError, such as one thrown by a function of the options, is the bridge's own failure. */
function errorBody(error: unknown): { readonly __type: string; readonly message: string } {
  if (isMalformedInputError(error)) return { __type: 'SerializationException', message: error.message };
  if (isServiceError(error)) return { __type: error.name, message: error.message };
  return { __type: 'InternalException', message: describeError(error) };
}

/** Throws an UnknownOperationException for an operation of another service. */
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
    throw new MalformedInputError('The request body is not JSON.');
  }
}

function isEmpty(output: unknown): boolean {
  return Object.keys(output as object).length === 0;
}

/** Timestamps are numbers of seconds. `this[key]`, because JSON.stringify passes a Date as a string. */
function toEpochSeconds(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const original = this[key];
  return original instanceof Date ? original.getTime() / 1000 : value;
}

function respond(statusCode: number, body: string): JsonResponse {
  return { statusCode, headers: jsonHeaders(body, awsJson), body };
}

/** Returns the headers of a response of JSON text. */
export function jsonHeaders(body: string, contentType: string) {
  return {
    'x-amzn-requestid': requestIds(),
    'content-type': contentType,
    'content-length': String(utf8Length(body)),
  };
}
