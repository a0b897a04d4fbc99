import { describeError } from '../base/describe.js';
import { isServiceError } from '../base/service-error.js';
import { jsonHeaders } from '../wire/json-protocol.js';
import type { HttpAnswer } from './http-exchange.js';

/** What a request is refused for before any operation hears of it. */
export class HttpRefusal extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, name: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = name;
    this.status = status;
    this.headers = headers;
  }
}

/** An answer of JSON text. */
export function jsonAnswer(status: number, body: string, contentType = 'application/json'): HttpAnswer {
  return { status, headers: jsonHeaders(body, contentType), body };
}

/** Any error in the form in which AWS answers errors. */
export function refusalAnswer(error: unknown, contentType?: string): HttpAnswer {
  if (error instanceof HttpRefusal) {
    const answer = jsonAnswer(error.status, errorText(error.name, error.message), contentType);
    return { ...answer, headers: { ...answer.headers, ...error.headers } };
  }
  if (isServiceError(error)) {
    return jsonAnswer(error.$metadata.httpStatusCode, errorText(error.name, error.message), contentType);
  }
  return jsonAnswer(500, errorText('InternalException', describeError(error)), contentType);
}

function errorText(name: string, message: string): string {
  return JSON.stringify({ __type: name, message });
}
