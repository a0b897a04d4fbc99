import { invalid, ServiceError } from '../base/service-error.js';
import { describeValue } from '../base/unknown-value.js';
import type { Bridge } from '../bridge/bridge.js';
import type { Envelope } from '../events/envelope.js';
import type { PartialEnvelope } from '../events/partial-envelope.js';
import { pageMayNotWrite } from './access.js';
import type { ClientSessions } from './client-sessions.js';
import type { EventFeed } from './event-feed.js';
import { eventStream, eventsResponse, readFeedQuery } from './events-resource.js';
import { HttpError, type HttpRequest, type HttpResponse, jsonResponse, wrongMethod } from './http-message.js';
import { parseBody } from './read-body.js';

/** What the resources below `/_footbridge/` work with. */
export interface ControlContext {
  readonly bridge: Bridge;
  readonly feed: EventFeed;
  readonly sessions: ClientSessions;
  /** Whether the sender may change state. */
  readonly canWrite: boolean;
  /** Reads the body, once. */
  readBody(): Promise<string>;
  /** Aborts when the server closes or the client is gone; to be aborted when a stream has ended. */
  readonly ending: AbortController;
}

interface Resource {
  readonly methods: readonly string[];
  readonly isWrite: boolean;
  readonly description: string;
  respond(context: ControlContext, request: HttpRequest): Promise<HttpResponse> | HttpResponse;
}

const resources: Readonly<Record<string, Resource>> = {
  health: {
    methods: ['GET', 'HEAD'],
    isWrite: false,
    description: 'whether the bridge is open, with its account and region',
    respond: async ({ bridge }) => {
      // Rejects once the bridge is closed.
      await bridge.describeEventBus();
      return jsonResponse(200, JSON.stringify({ status: 'ok', account: bridge.account, region: bridge.region }));
    },
  },
  events: {
    methods: ['GET', 'POST'],
    isWrite: false,
    description: 'what was accepted, delivered and so on: ?pattern=…&wait=2, as JSON or as server-sent events',
    respond: async (context, request) => {
      const query = readFeedQuery(await readInput(context, request));
      if (context.feed.isDisabled)
        throw invalid('events: the bridge keeps no history, because its option history is 0.');
      const accepted = request.header('accept') ?? '';
      if (!accepted.includes('text/event-stream')) return eventsResponse(context.feed, query, context.ending.signal);
      const after = request.header('last-event-id') ?? query.after;
      return eventStream(context.feed, { ...query, after }, context.ending);
    },
  },
  explain: {
    methods: ['GET', 'POST'],
    isWrite: false,
    description: 'why an event matches or not, rule by rule: ?eventId=…, or {"event":{…},"bus":"…"}',
    respond: async (context, request) => explainResponse(context, await readInput(context, request)),
  },
  reset: {
    methods: ['POST'],
    isWrite: true,
    description: 'resets the bridge to its initial state; connected processes stay connected',
    respond: ({ bridge }) => {
      bridge.reset();
      return jsonResponse(200, '{}');
    },
  },
  connections: {
    methods: ['POST'],
    isWrite: true,
    description: 'sessions of connectBridge',
    respond: async (context) => context.sessions.open(parseBody(await context.readBody()), context.ending),
  },
};

/** Responds to a request for `/_footbridge/<path>`. Throws an HttpError or a ServiceError. */
export async function handleControl(
  context: ControlContext,
  request: HttpRequest,
  path: string,
): Promise<HttpResponse> {
  const [name = '', ...rest] = path.split('/');
  if (path === '') return jsonResponse(200, JSON.stringify(index()));
  const resource = Object.hasOwn(resources, name) ? resources[name] : undefined;
  if (resource === undefined || (rest.length > 0 && name !== 'connections')) {
    const known = Object.keys(resources).join(', ');
    throw new HttpError(
      404,
      'UnknownOperationException',
      `/_footbridge/${path.slice(0, 100)} does not exist. Known: ${known}.`,
    );
  }
  if (!resource.methods.includes(request.method)) throw wrongMethod(request.method, resource.methods);
  if (resource.isWrite && !context.canWrite) throw pageMayNotWrite(`/_footbridge/${name}`, request.header('origin'));
  const [session, method] = rest;
  if (session === undefined) return resource.respond(context, request);
  const input = parseBody(await context.readBody());
  return context.sessions.respond(session, method ?? '', input, context.ending.signal);
}

/** Returns the body, or the query where there is no body. */
async function readInput({ readBody }: ControlContext, { method, query }: HttpRequest): Promise<unknown> {
  const body = method === 'POST' ? parseBody(await readBody()) : undefined;
  return body ?? Object.fromEntries(query);
}

function index(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(resources).map(([name, { methods, description }]) => [
      name,
      `${methods.join(', ')}: ${description}`,
    ]),
  );
}

function explainResponse({ bridge, feed }: ControlContext, input: unknown): HttpResponse {
  const { event, eventId, bus } = (input ?? {}) as { event?: unknown; eventId?: unknown; bus?: unknown };
  const recorded = eventId === undefined ? undefined : findEvent(feed, eventId);
  const options = bus === undefined ? undefined : { bus: bus as string };
  const explanation = bridge.explain(recorded ?? (event as PartialEnvelope), options);
  return jsonResponse(200, JSON.stringify({ ...explanation, text: explanation.toString() }));
}

function findEvent({ history }: EventFeed, id: unknown): Envelope {
  const event = history.accepted().find((accepted) => accepted.id === id);
  if (event !== undefined) return event.envelope;
  const shown = typeof id === 'string' ? id.slice(0, 100) : describeValue(id);
  throw new ServiceError('ResourceNotFoundException', `Event ${shown} is not in the history.`);
}
