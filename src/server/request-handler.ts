import { describeError } from '../base/describe.js';
import type { Bridge } from '../bridge/bridge.js';
import { assertBridge } from '../sdk/client-config.js';
import { awsJson, handleAwsJson } from '../wire/json-protocol.js';
import { type AccessRules, checkAccess, checkOperation, corsHeaders, preflightHeaders } from './access.js';
import { ClientSessions } from './client-sessions.js';
import { handleControl } from './control.js';
import { EventFeed } from './event-feed.js';
import {
  errorResponse,
  HttpError,
  type HttpRequest,
  type HttpResponse,
  jsonResponse,
  wrongMethod,
} from './http-message.js';
import { readBody } from './read-body.js';
import type { HandlerSettings, RejectedRequest } from './server-options.js';

/** Responds to requests for a bridge: AWS's API, and control below `/_footbridge/`. */
export interface RequestHandler {
  /** Never rejects. */
  respond(request: HttpRequest): Promise<HttpResponse>;
  /**
   * Ends requests that wait: polls and event streams return what there is, and connected processes disconnect once they have
   * reported on what they were sent, or when the signal aborts.
   */
  end(signal: AbortSignal): Promise<void>;
}

const controlPrefix = '/_footbridge/';

export function createRequestHandler(
  caller: string,
  bridge: Bridge,
  { origins, hosts, bodyLimit, onRejectedRequest }: HandlerSettings,
  names: AccessRules['names'],
): RequestHandler {
  assertBridge(bridge, caller);
  const rules = { origins: origins.map(lowerCase), hosts: hosts.map(lowerCase), names };
  const feed = new EventFeed(bridge);
  const sessions = new ClientSessions(bridge);
  /** One for each request for control that has not ended. */
  const endings = new Set<AbortController>();
  let isClosing = false;

  const control = async (request: HttpRequest, canWrite: boolean): Promise<HttpResponse> => {
    const ending = new AbortController();
    const end = () => ending.abort();
    const remove = () => {
      endings.delete(ending);
      request.signal.removeEventListener('abort', end);
    };
    endings.add(ending);
    ending.signal.addEventListener('abort', remove, { once: true });
    if (request.signal.aborted || isClosing) end();
    else request.signal.addEventListener('abort', end, { once: true });
    const context = { bridge, feed, sessions, ending, canWrite, readBody: () => readBody(request, bodyLimit) };
    try {
      const response = await handleControl(context, request, request.path.slice(controlPrefix.length));
      if (typeof response.body === 'string') remove();
      return response;
    } catch (error) {
      remove();
      throw error;
    }
  };
  const respond = async (request: HttpRequest): Promise<HttpResponse> => {
    const isControl = request.path.startsWith(controlPrefix);
    let origin: string | undefined;
    try {
      const sender = checkAccess(request, rules, isControl);
      origin = sender.origin;
      if (request.method === 'OPTIONS') return preflight(request, origin);
      if (isControl) return withHeaders(await control(request, sender.canWrite), corsHeaders(origin));
      checkOperation(sender, request.header('x-amz-target'));
      return withHeaders(await handleAwsRequest(bridge, request, bodyLimit), corsHeaders(origin));
    } catch (error) {
      return withHeaders(errorResponse(error, isControl ? undefined : awsJson), corsHeaders(origin));
    }
  };
  return {
    respond: async (request) => {
      const response = await respond(request);
      if (response.status >= 400 && onRejectedRequest !== undefined)
        reportRejected(onRejectedRequest, request, response);
      return response;
    },
    end: async (signal) => {
      isClosing = true;
      for (const ending of [...endings]) if (!sessions.owns(ending)) ending.abort();
      await sessions.end(signal);
    },
  };
}

/** Browsers send names and origins in lower case, however the options spell them. */
function lowerCase(text: string): string {
  return text.toLowerCase();
}

/** Whatever the path is: endpoints of SDKs may have one. */
async function handleAwsRequest(bridge: Bridge, request: HttpRequest, bodyLimit: number): Promise<HttpResponse> {
  const protocol = request.header('smithy-protocol');
  if (protocol !== undefined) {
    const found = JSON.stringify(protocol.slice(0, 40));
    throw new HttpError(404, 'UnknownOperationException', `Unsupported protocol ${found}; expected AWS JSON 1.1.`);
  }
  if (request.method !== 'POST') throw wrongMethod(request.method, ['POST']);
  const body = await readBody(request, bodyLimit);
  const { statusCode, headers, body: json } = await handleAwsJson(bridge, request.header('x-amz-target'), body);
  return { status: statusCode, headers, body: json };
}

/** The body of an error response is always JSON text. */
function reportRejected(
  report: (rejected: RejectedRequest) => void,
  request: HttpRequest,
  { status, body }: HttpResponse,
): void {
  try {
    const { method, path } = request;
    const operation = request.header('x-amz-target')?.replace(/^AWSEvents\./, '');
    const { __type: name, message } = JSON.parse(body as string) as { __type: string; message: string };
    report({ method, path, operation, status, name, message });
  } catch (error) {
    console.warn(`footbridge: onRejectedRequest failed: ${describeError(error)}`);
  }
}

function preflight(request: HttpRequest, origin: string | undefined): HttpResponse {
  const { headers } = jsonResponse(204, '');
  const { 'content-type': _, 'content-length': __, ...rest } = headers;
  return {
    status: 204,
    headers: { ...rest, allow: 'GET, HEAD, POST, OPTIONS', ...corsHeaders(origin), ...preflightHeaders(request) },
    body: '',
  };
}

function withHeaders(response: HttpResponse, headers: Readonly<Record<string, string>>): HttpResponse {
  return { ...response, headers: { ...response.headers, ...headers } };
}
