import { describeError } from '../base/describe.js';
import type { Bridge } from '../bridge/bridge.js';
import { isBridge } from '../bridge/internals.js';
import { awsJson, handleAwsJson } from '../wire/json-protocol.js';
import { type AccessRules, checkAccess, corsHeaders, preflightHeaders } from './access.js';
import { ClientSessions } from './client-sessions.js';
import { handleControl, wrongMethod } from './control.js';
import { EventFeed } from './event-feed.js';
import { errorResponse, HttpError, type HttpRequest, type HttpResponse, jsonResponse } from './http-message.js';
import { readBody } from './read-body.js';
import type { HandlerSettings, RejectedRequest } from './server-options.js';

/** Answers requests for a bridge, AWS's own and those below `/_footbridge/`. */
export interface RequestHandler {
  /** Never rejects. */
  answer(request: HttpRequest): Promise<HttpResponse>;
  /**
   * Ends what waits: polls and event streams are answered with what there is, connected processes are let go once they have
   * said what became of what they were sent, or when the signal aborts.
   */
  end(signal: AbortSignal): Promise<void>;
}

const controlPath = /\/_footbridge(?:\/(.*))?$/s;

export function createRequestHandler(
  bridge: Bridge,
  { origins, hosts, bodyLimit, onRefusal }: HandlerSettings,
  names: AccessRules['names'],
): RequestHandler {
  if (!isBridge(bridge)) throw new Error('A bridge is needed, made by createBridge or sharedBridge.');
  const rules = { origins: origins.map(lowerCase), hosts: hosts.map(lowerCase), names };
  const feed = new EventFeed(bridge);
  const connections = new ClientSessions(bridge);
  /** Of each request for control that is under way. */
  const endings = new Set<AbortController>();
  let isClosing = false;

  const dispatch = async (request: HttpRequest, mayChange: boolean): Promise<HttpResponse> => {
    const control = controlPath.exec(request.path);
    if (control === null) return handleAwsRequest(bridge, request, bodyLimit);
    const ending = new AbortController();
    const end = () => ending.abort();
    const forget = () => {
      endings.delete(ending);
      request.signal.removeEventListener('abort', end);
    };
    endings.add(ending);
    ending.signal.addEventListener('abort', forget, { once: true });
    if (request.signal.aborted || isClosing) end();
    else request.signal.addEventListener('abort', end, { once: true });
    const context = { bridge, feed, connections, ending, readBody: () => readBody(request, bodyLimit) };
    try {
      const answer = await handleControl(context, request, control[1] ?? '', mayChange);
      if (typeof answer.body === 'string') forget();
      return answer;
    } catch (error) {
      forget();
      throw error;
    }
  };
  const answer = async (request: HttpRequest): Promise<HttpResponse> => {
    const isControl = controlPath.test(request.path);
    const contentType = isControl ? undefined : awsJson;
    let origin: string | undefined;
    try {
      const asker = checkAccess(request, rules, isControl);
      origin = asker.origin;
      if (request.method === 'OPTIONS') return preflight(request, origin);
      return withHeaders(await dispatch(request, asker.mayChange), corsHeaders(origin));
    } catch (error) {
      return withHeaders(errorResponse(error, contentType), corsHeaders(origin));
    }
  };
  return {
    answer: async (request) => {
      const given = await answer(request);
      if (given.status >= 400 && onRefusal !== undefined) reportRejected(onRefusal, request, given);
      return given;
    },
    end: async (signal) => {
      isClosing = true;
      for (const ending of [...endings]) if (!connections.holds(ending)) ending.abort();
      await connections.end(signal);
    },
  };
}

/** Browsers say names and origins in lower case, whoever wrote them. */
function lowerCase(text: string): string {
  return text.toLowerCase();
}

/** A path before the operation's `/` is the endpoint's, whatever it is: SDKs keep it. */
async function handleAwsRequest(bridge: Bridge, request: HttpRequest, bodyLimit: number): Promise<HttpResponse> {
  const protocol = request.header('smithy-protocol');
  if (protocol !== undefined) {
    const found = JSON.stringify(protocol.slice(0, 40));
    throw new HttpError(404, 'UnknownOperationException', `AWS JSON 1.1 is spoken here, not ${found}.`);
  }
  if (request.method !== 'POST') throw wrongMethod(request.method, ['POST']);
  const body = await readBody(request, bodyLimit);
  const { statusCode, headers, body: text } = await handleAwsJson(bridge, request.header('x-amz-target'), body);
  return { status: statusCode, headers, body: text };
}

/** The body of a refusal is always the text of an error. */
function reportRejected(
  tell: (refusal: RejectedRequest) => void,
  request: HttpRequest,
  { status, body }: HttpResponse,
): void {
  try {
    const { method, path } = request;
    const operation = request.header('x-amz-target')?.replace(/^AWSEvents\./, '');
    const { __type: name, message } = JSON.parse(body as string) as { __type: string; message: string };
    tell({ method, path, operation, status, name, message });
  } catch (error) {
    console.warn(`footbridge: onRefusal failed: ${describeError(error)}`);
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

function withHeaders(answer: HttpResponse, headers: Readonly<Record<string, string>>): HttpResponse {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
